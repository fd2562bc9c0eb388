package org.hikae.shell.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.node.Node;

/** The demonstration's own folder, disk, medium and nodes: set before, and cleared after, also what a kill left. */
final class DemoStage implements AutoCloseable {

    static final String DISK = "demo-disk";
    static final String MEDIUM = "demo-medium";
    static final List<String> NODES = List.of("demo-n1", "demo-n2");

    private static final String FOLDER_PREFIX = "hikae-demo-";

    /** How many bytes of files go into the image. */
    private static final long FILES_BYTES = 160L << 20;

    private final Demo.Services services;
    private final Path folder;

    private DemoStage(Demo.Services services, Path folder) {
        this.services = services;
        this.folder = folder;
    }

    /** @throws IOException if the names are taken by somebody else's things, or the files cannot be made */
    static DemoStage set(Demo.Services services, Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            throw new IOException("there is no folder " + parent + " to work in: create it, or give another one");
        }
        for (Path left : leftovers(services)) {
            new DemoStage(services, left).close();
        }
        Path folder = Files.createTempDirectory(parent, FOLDER_PREFIX);
        DemoStage stage = new DemoStage(services, folder);
        try {
            Files.createDirectories(stage.files());
            stage.copyJava();
            return stage;
        } catch (IOException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** The folders of demonstrations that were killed. */
    private static Set<Path> leftovers(Demo.Services services) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (DiskStatus disk : services.disks().list()) {
            if (disk.name().equals(DISK)) {
                folders.add(own("disk", DISK, disk.path()));
            }
        }
        for (MediumStatus medium : services.media().list()) {
            if (medium.name().equals(MEDIUM)) {
                folders.add(own("medium", MEDIUM, Path.of(medium.location())));
            }
        }
        return folders;
    }

    private static Path own(String noun, String name, Path path) throws IOException {
        Path folder = path == null ? null : path.getParent();
        if (folder == null
                || folder.getFileName() == null
                || !folder.getFileName().toString().startsWith(FOLDER_PREFIX)) {
            throw new IOException(
                    "there is a " + noun + " '" + name + "' that is not the demonstration's: remove it, or "
                            + "run the demonstration on another home with --home");
        }
        return folder;
    }

    Path image() {
        return folder.resolve("disk.img");
    }

    Path restored() {
        return folder.resolve("restored.img");
    }

    Path files() {
        return folder.resolve("files");
    }

    private Path medium() {
        return folder.resolve("medium");
    }

    /** The files have gone into the image: room for the rest. */
    void addThings() throws IOException {
        delete(files());
        services.disks().add(DISK, image(), null, 4096);
        services.media().add(MEDIUM, "directory", medium().toString(), true);
        for (String node : NODES) {
            services.nodes().add(node);
        }
    }

    private void copyJava() throws IOException {
        Path from = Path.of(System.getProperty("java.home"));
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            private long left = FILES_BYTES;

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && Files.isReadable(file) && attributes.size() <= left) {
                    Path target = files().resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                    left -= attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() throws IOException {
        Disks disks = services.disks();
        for (GenerationInfo generation : services.generations().list()) {
            if (MEDIUM.equals(generation.medium())) {
                services.generations().remove(generation.id());
            }
        }
        if (services.media().list().stream().anyMatch(medium -> medium.name().equals(MEDIUM))) {
            services.media().remove(MEDIUM);
        }
        if (disks.list().stream().anyMatch(disk -> disk.name().equals(DISK))) {
            disks.remove(DISK);
        }
        for (Node node : services.nodes().list()) {
            if (NODES.contains(node.name())) {
                services.nodes().remove(node.name());
            }
        }
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

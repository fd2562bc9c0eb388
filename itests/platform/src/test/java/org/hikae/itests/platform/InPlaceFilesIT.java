package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.Test;

/** Disks with file systems, whose place a generation takes. */
public class InPlaceFilesIT extends InPlaceLab {

    /** A disk that was raw, and one of our own format, are the image's while it stands in, and after. */
    @Test
    public void anExtImageOnDisksOfOtherFormats() throws Exception {
        Path image = ext4();
        String source = "ext-source";
        lab.disks().add(source, image, null, 0);
        String generation = backUp(source, false);
        SortedMap<String, String> files = tree(lab.disks().get(source));
        lab.disks().remove(source);
        byte[] expected = Files.readAllBytes(image);

        String raw = disk(expected.length).name();
        mount(generation, raw, false);
        assertThat(lab.disks().get(raw).format()).isEqualTo("ext4");
        assertThat(tree(lab.disks().get(raw))).isEqualTo(files);
        GenerationInfo copy = info(backUp(raw, true));
        assertThat(copy.format()).isEqualTo("ext4");
        assertThat(copy.kind()).isEqualTo("full");
        awaitDone(mount(generation, raw, true));
        assertThat(lab.disks().get(raw).format()).isEqualTo("ext4");
        assertSame(Files.readAllBytes(lab.disks().get(raw).path()), expected, "the file");

        String shared = shared(64 << 20);
        try (FileSystem mine = lab.node("n1").fileSystem(shared)) {
            Files.writeString(mine.getPath("/mine"), "mine");
        }
        SortedMap<String, String> before = tree("n2", shared);
        mount(generation, shared, false);
        assertThat(tree(lab.disks().get(shared))).isEqualTo(files);
        assertThatThrownBy(() -> lab.node("n1").fileSystem(shared)).isInstanceOf(IOException.class);
        mounts().undo(shared);
        assertThat(tree("n3", shared)).as("what was on it").isEqualTo(before);
        awaitDone(mount(generation, shared, true));
        assertThat(tree(lab.disks().get(shared))).isEqualTo(files);
    }

    private Path ext4() throws Exception {
        Path source = Files.createTempDirectory(lab.folder, "in-place");
        for (int i = 0; i < 30; i++) {
            byte[] bytes = new byte[random.nextInt(100_000)];
            random.nextBytes(bytes);
            Files.write(Files.createDirectories(source.resolve("d" + i % 3)).resolve("f" + i), bytes);
        }
        Path image = lab.folder.resolve("in-place-ext.img");
        Files.deleteIfExists(image);
        Path mkfs = Path.of("/usr/sbin/mkfs.ext4");
        Process process = new ProcessBuilder(
                        Files.isExecutable(mkfs) ? mkfs.toString() : "mkfs.ext4",
                        "-q",
                        "-F",
                        "-b",
                        "4096",
                        "-d",
                        source.toString(),
                        image.toString(),
                        "16M")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        return image;
    }

    private static SortedMap<String, String> tree(Disk disk) throws IOException {
        try (org.hikae.api.fs.FileSystem files = disk.openFileSystem()) {
            return Tree.of(files);
        }
    }

    private SortedMap<String, String> tree(String node, String disk) throws IOException {
        try (FileSystem files = lab.node(node).fileSystem(disk)) {
            return Tree.of(files.getPath("/"));
        }
    }

    private String shared(long size) throws IOException {
        String disk = disk(size).name();
        services.get(FileSystems.class)
                .format(disk, "shared", new FormatOptions(new UUID(seed, 1), "", 32 << 20, 0, 0), true);
        return disk;
    }

    @Test
    public void filesOfTwoNodesWhileBlocksComeBackAndOneIsKilled() throws Exception {
        String disk = shared(64 << 20);
        change(disk, 300);
        SortedMap<String, String> expected = tree("n1", disk);
        String mounted = backUp(disk, false);
        change(disk, 100);
        mount(mounted, disk, false);
        assertThat(tree("n1", disk)).isEqualTo(expected);
        assertThat(tree("n2", disk)).isEqualTo(expected);

        List<String> generations = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (FileGuests guests = new FileGuests(disk)) {
                generations.add(backUp(disk, true));
                lab.nodes().kill("n4");
                lab.nodes().start("n4");
                if (i == 1) {
                    awaitDone(mount(mounted, disk, true));
                }
            }
            assertOneTree(disk);
        }
        SortedMap<String, String> last = assertOneTree(disk);
        generations.add(backUp(disk, true));
        assertThat(info(generations.get(0)).parent()).isEqualTo(mounted);
        for (String generation : generations) {
            try (GenerationReader reader = lab.generations().open(generation)) {
                assertThat(lab.disks().get(disk).check(reader).findings())
                        .as(generation)
                        .isEmpty();
            }
        }
        assertThat(files(generations.get(2))).isEqualTo(last);
        assertThat(files(mounted)).isEqualTo(expected);
    }

    private SortedMap<String, String> files(String generation) throws IOException {
        try (GenerationReader reader = lab.generations().open(generation);
                org.hikae.api.fs.FileSystem files = lab.disks().openFileSystem("shared", reader)) {
            return Tree.of(files);
        }
    }

    private void change(String disk, int steps) throws IOException {
        try (FileSystem fileSystem = lab.node("n1").fileSystem(disk)) {
            FileGuest guest = new FileGuest(fileSystem, random.split());
            for (int i = 0; i < steps; i++) {
                guest.step();
            }
        }
        lab.node("n1").flush();
    }

    private SortedMap<String, String> assertOneTree(String disk) throws IOException {
        SortedMap<String, String> tree = tree("n1", disk);
        for (int i = 2; i <= 4; i++) {
            assertThat(tree("n" + i, disk)).as("n%d", i).isEqualTo(tree);
        }
        assertThat(services.get(FileSystems.class).check(disk).findings()).isEmpty();
        return tree;
    }

    /** Guests on two nodes that stay, and on one that is killed. */
    private final class FileGuests implements AutoCloseable {
        private final List<Task> tasks = new ArrayList<>();
        private volatile boolean over;

        FileGuests(String disk) throws Exception {
            for (String node : List.of("n1", "n2", "n4")) {
                SplittableRandom own = random.split();
                FileSystem files = lab.node(node).fileSystem(disk);
                tasks.add(Task.start(() -> run(new FileGuest(files, own), files, node.equals("n4"))));
            }
        }

        private void run(FileGuest guest, FileSystem files, boolean killed) throws IOException {
            try (files) {
                while (!over) {
                    guest.step();
                    LockSupport.parkNanos(100_000);
                }
            } catch (IOException | java.nio.file.ClosedFileSystemException e) {
                if (!killed) {
                    throw e;
                }
            }
        }

        @Override
        public void close() throws Exception {
            over = true;
            for (Task task : tasks) {
                task.join();
            }
        }
    }
}

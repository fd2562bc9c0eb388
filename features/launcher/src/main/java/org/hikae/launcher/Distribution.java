package org.hikae.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The files that travel inside the executable jar: bundles as {@code bundles/LEVEL/NAME.jar}, configuration as
 * {@code conf/NAME}; a {@code conf/platform.properties} among them has properties for the framework. The entry {@code index} has a checksum of all their content in its first line and their names in
 * the others.
 */
final class Distribution {
    private static final String INDEX = "index";
    private static final String PROPERTIES = "conf/platform.properties";
    private static final int NAME_LENGTH = 20;

    private final Path jar;

    private Distribution(Path jar) {
        this.jar = jar;
    }

    static Distribution ofThisJar() throws IOException {
        try {
            return new Distribution(Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /**
     * Unpacks what has not been unpacked yet into a folder of {@code cache} named after the content. The folder appears
     * by one rename, so an unpacking that is cut off leaves nothing that could be taken for a whole one; sizes are
     * compared all the same, because a power failure may lose the bytes of files whose names are there.
     */
    Unpacked unpackInto(Path cache) throws IOException {
        try (JarFile archive = new JarFile(jar.toFile(), false)) {
            List<String> lines = indexOf(archive);
            List<String> names = lines.subList(1, lines.size());
            Path folder = cache.resolve(lines.get(0).substring(0, NAME_LENGTH));
            if (!isWhole(folder, names, archive)) {
                unpackOrSay(archive, names, folder);
            }
            return new Unpacked(folder, names);
        }
    }

    private List<String> indexOf(JarFile archive) throws IOException {
        ZipEntry index = archive.getEntry(INDEX);
        if (index == null) {
            throw new IOException(jar + " carries no bundles");
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(archive.getInputStream(index), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    private static boolean isWhole(Path folder, List<String> names, JarFile archive) {
        return names.stream()
                .allMatch(name -> folder.resolve(name).toFile().length()
                        == archive.getEntry(name).getSize());
    }

    private static void unpackOrSay(JarFile archive, List<String> names, Path folder) throws IOException {
        try {
            unpack(archive, names, folder);
        } catch (IOException e) {
            throw new IOException(
                    "The bundles cannot be unpacked into " + folder.getParent() + ": " + Reason.of(e)
                            + "; make room or give it back its permissions, or choose another home by --home",
                    e);
        }
    }

    private static void unpack(JarFile archive, List<String> names, Path folder) throws IOException {
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        delete(unfinished);
        delete(folder);
        for (String name : names) {
            Path file = unfinished.resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream content = archive.getInputStream(archive.getEntry(name))) {
                Files.copy(content, file);
            }
        }
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A bundle file and the start level it belongs to. */
    record BundleFile(Path path, int level) {}

    /** An unpacked distribution. */
    record Unpacked(Path folder, List<String> names) {
        List<BundleFile> bundles() {
            List<BundleFile> bundles = new ArrayList<>();
            for (String name : names) {
                String[] parts = name.split("/", -1);
                if (parts.length == 3 && parts[0].equals("bundles")) {
                    bundles.add(new BundleFile(folder.resolve(name), Integer.parseInt(parts[1])));
                }
            }
            return bundles;
        }

        /** What a distribution that carries a part of the platform alone says of itself; else nothing. */
        Map<String, String> properties() throws IOException {
            Map<String, String> found = new HashMap<>();
            if (names.contains(PROPERTIES)) {
                Properties properties = new Properties();
                try (Reader reader = Files.newBufferedReader(folder.resolve(PROPERTIES))) {
                    properties.load(reader);
                }
                properties.stringPropertyNames().forEach(name -> found.put(name, properties.getProperty(name)));
            }
            return found;
        }

        Path conf(String name) {
            return folder.resolve("conf").resolve(name);
        }

        /** Removes what other versions unpacked; for when the framework refers to it no more. */
        void deleteOthers() throws IOException {
            try (Stream<Path> siblings = Files.list(folder.getParent())) {
                for (Path sibling : siblings.toList()) {
                    if (!sibling.equals(folder)) {
                        delete(sibling);
                    }
                }
            }
        }
    }
}

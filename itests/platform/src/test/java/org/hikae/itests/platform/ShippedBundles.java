package org.hikae.itests.platform;

import static org.ops4j.pax.exam.CoreOptions.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.ops4j.pax.exam.Option;

/**
 * The bundles that the executable jar carries, byte for byte and with its start levels: what ships is what is tested. As the jar itself
 * does it, they are unpacked once into a folder that is named after what they hold, and frameworks refer to them there.
 */
final class ShippedBundles {
    private static final Path FOLDER = Path.of("target", "shipped").toAbsolutePath();

    private ShippedBundles() {}

    static Option[] options() {
        try (ZipFile jar = new ZipFile(System.getProperty("hikae.jar"))) {
            List<String> index = new String(read(jar, "index"), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> entries =
                    index.stream().filter(line -> line.startsWith("bundles/")).toList();
            Path folder = FOLDER.resolve(index.get(0));
            if (!Files.isDirectory(folder)) {
                unpack(jar, entries, folder);
            }
            List<Option> options = new ArrayList<>();
            for (String entry : entries) {
                int level = Integer.parseInt(entry.split("/", -1)[1]);
                options.add(bundle("reference:" + file(folder, entry).toUri()).startLevel(level));
            }
            return options.toArray(Option[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path folder, String entry) {
        return folder.resolve(Path.of(entry).getFileName());
    }

    private static byte[] read(ZipFile jar, String entry) throws IOException {
        try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
            return content.readAllBytes();
        }
    }

    /** Another process may do the same: the folder is whole as soon as it is there, whoever made it. */
    private static void unpack(ZipFile jar, List<String> entries, Path folder) throws IOException {
        Files.createDirectories(FOLDER);
        Path own = Files.createTempDirectory(FOLDER, "unfinished-");
        for (String entry : entries) {
            try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
                Files.copy(content, file(own, entry));
            }
        }
        try {
            Files.move(own, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Homes.delete(own);
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }
}

package org.hikae.itests.platform;

import static org.ops4j.pax.exam.CoreOptions.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.ops4j.pax.exam.Option;

/** The bundles that the executable jar carries, byte for byte and with its start levels: what ships is what is tested. */
final class ShippedBundles {
    private static final Path FOLDER = Path.of("target", "shipped").toAbsolutePath();

    private ShippedBundles() {}

    static Option[] options() {
        try (ZipFile jar = new ZipFile(System.getProperty("hikae.jar"))) {
            List<Option> options = new ArrayList<>();
            for (String entry : entries(jar)) {
                int level = Integer.parseInt(entry.split("/", -1)[1]);
                options.add(bundle(unpack(jar, entry).toUri().toString()).startLevel(level));
            }
            return options.toArray(Option[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> entries(ZipFile jar) throws IOException {
        String index = new String(read(jar, "index"), StandardCharsets.UTF_8);
        return index.lines().filter(line -> line.startsWith("bundles/")).toList();
    }

    private static byte[] read(ZipFile jar, String entry) throws IOException {
        try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
            return content.readAllBytes();
        }
    }

    private static Path unpack(ZipFile jar, String entry) throws IOException {
        Files.createDirectories(FOLDER);
        Path file = FOLDER.resolve(Path.of(entry).getFileName());
        try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}

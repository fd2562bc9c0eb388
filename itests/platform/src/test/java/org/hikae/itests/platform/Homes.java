package org.hikae.itests.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders for homes, disks and media: in memory where there is enough of it, since tests force a lot of files. */
final class Homes {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH = 2L << 30;

    private Homes() {}

    static Path create(String name) {
        try {
            Path parent = inMemory() ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
            Path folder = Files.createTempDirectory(parent, "hikae-" + name + "-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean inMemory() throws IOException {
        if (!Files.isWritable(MEMORY)) {
            return false;
        }
        FileStore store = Files.getFileStore(MEMORY);
        return store.type().equals("tmpfs") && store.getUsableSpace() > ENOUGH;
    }

    static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.hikae.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Opens files past the page cache (O_DIRECT), where JDK, platform and file system allow it. */
final class DirectIo {

    /**
     * The JDK's own option. It is in no package of the Java platform's standard, so it is looked up instead of
     * imported: a bundle that imports {@code com.sun.*} does not resolve everywhere.
     */
    private static final Optional<OpenOption> DIRECT = find();

    private DirectIo() {}

    /** The file, open past the page cache; empty where that is not possible. */
    static Optional<FileChannel> open(Path path, OpenOption... options) throws IOException {
        if (DIRECT.isEmpty() || !alignmentFits(path)) {
            return Optional.empty();
        }
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.add(DIRECT.get());
        try {
            return Optional.of(FileChannel.open(path, all));
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            // EINVAL: not on this file system. Whatever else it is, opening without the option will say it again.
            return Optional.empty();
        }
    }

    /** The JDK demands multiples of the file system's block size, which network file systems report in megabytes. */
    private static boolean alignmentFits(Path path) {
        try {
            long needed = Files.getFileStore(path).getBlockSize();
            return needed > 0 && Buffers.ALIGNMENT % needed == 0;
        } catch (UnsupportedOperationException | IOException e) {
            // Not every container lets one see what is mounted where.
            return false;
        }
    }

    private static Optional<OpenOption> find() {
        try {
            Class<?> type =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption", true, ClassLoader.getPlatformClassLoader());
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals("DIRECT")) {
                    return Optional.of((OpenOption) constant);
                }
            }
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}

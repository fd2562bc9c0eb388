package org.hikae.shell.tree;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.hikae.api.fs.FileType;
import org.hikae.io.ExactPaths;
import org.hikae.io.UnixFiles;

/** Trees that have all that a copy can get wrong, and what is in a tree. */
final class Trees {

    private static final Instant TIME = Instant.parse("2001-02-03T04:05:06.123456789Z");

    private Trees() {}

    /** Contents, holes, links, symlinks, a FIFO, odd names, modes, times to the nanosecond, and a closed folder. */
    static Path make(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("dir/deep"));
        Files.writeString(folder.resolve("dir/text"), "text");
        Files.createFile(folder.resolve("empty"));
        Files.createLink(folder.resolve("dir/deep/other name"), folder.resolve("dir/text"));
        Files.createSymbolicLink(folder.resolve("symlink"), Path.of("dir/text"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("/nowhere/データ"));
        Files.createDirectory(folder.resolve("closed"));
        Files.writeString(folder.resolve("closed/日本.txt"), "x".repeat(5000));
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            sparse.seek(100_000_001);
            sparse.write("in the middle".getBytes(StandardCharsets.UTF_8));
            sparse.setLength(200_000_002);
        }
        mode(folder.resolve("dir/text"), "rwsr-x--x".replace('s', 'x'));
        Files.setAttribute(folder.resolve("empty"), "unix:mode", 04711);
        mode(folder.resolve("closed"), "r-xr-xr-x");
        for (String each : new String[] {"dir/text", "sparse", "closed", "dir/deep", "symlink", "empty"}) {
            UnixFiles.setTimes(folder.resolve(each), TIME.minusSeconds(1), TIME);
        }
        return folder;
    }

    /** What only the machine's own file system has. */
    static void addOddities(Path folder) throws IOException {
        Path odd = ExactPaths.child(folder, new byte[] {'c', 'a', 'f', (byte) 0xe9});
        Files.writeString(odd, "latin");
        UnixFiles.createSymlink(folder.resolve("odd symlink"), new byte[] {(byte) 0xff, '/', 'a', '/'});
        UnixFiles.createSpecial(folder.resolve("fifo"), UnixFiles.FIFO, 0, 0);
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** A line for each file of a tree, by its path: all that a copy has to keep. */
    static Map<String, String> describe(Path root) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        Map<Object, String> names = new TreeMap<>(Comparator.comparing(Object::toString));
        try (Stream<Path> files = Files.walk(root).sorted()) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String path = root.relativize(file).toString();
                lines.put(
                        path,
                        describe(file, names.computeIfAbsent(FileFacts.of(file).key(), key -> path)));
            }
        }
        return lines;
    }

    private static String describe(Path file, String firstName) throws IOException {
        FileFacts facts = FileFacts.of(file);
        String content =
                switch (facts.type()) {
                    case REGULAR -> facts.size() + " bytes, " + hash(file);
                    case SYMLINK -> "to " + Files.readSymbolicLink(file);
                    default -> "";
                };
        FileTime modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
        String links = facts.isDirectory() ? "" : facts.links() + " of " + firstName;
        return facts.type() + " " + Integer.toOctalString(facts.mode()) + " " + facts.uid() + ":" + facts.gid() + " "
                + modified + " " + links + " " + content;
    }

    private static String hash(Path file) throws IOException {
        CRC32 crc = new CRC32();
        try (var in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 20];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                crc.update(piece, 0, read);
            }
        }
        return Long.toHexString(crc.getValue());
    }

    /** Bytes that a file has on disk. */
    static long allocated(Path file) throws IOException, InterruptedException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return 512 * Long.parseLong(new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    static boolean isFifo(Path file) throws IOException {
        return FileFacts.of(file).type() == FileType.FIFO;
    }
}

package org.hikae.fsext.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hikae.fsext.checksum.Crc32c;

/** A folder with files of all kinds, to be copied into images by {@code mkfs.ext4 -d}; and what is in it. */
public final class SourceTree {

    /** A content of so many bytes lies in the inode, if the file system has inline data. */
    private static final int SMALL = 50;

    private final Path root;
    private final SplittableRandom random = new SplittableRandom(20261126);
    private final TreeMap<String, Integer> contents = new TreeMap<>();

    private SourceTree(Path root) {
        this.root = root;
    }

    public static SourceTree create(Path root) throws IOException {
        SourceTree tree = new SourceTree(root);
        tree.fill();
        return tree;
    }

    public Path root() {
        return root;
    }

    /** Checksums of the contents of regular files, by path; see {@link Tree#content}. */
    public TreeMap<String, Integer> contents() {
        return contents;
    }

    private void fill() throws IOException {
        for (int size : new int[] {0, 1, SMALL, 120, 1024, 4097, 70_000, 900_000}) {
            file("size-" + size, size);
        }
        folder("deep/deeper/deepest");
        file("deep/deeper/deepest/file", 10);
        folder("many");
        for (int i = 0; i < 400; i++) {
            file("many/a name that is somewhat longer than most names are, so that blocks fill " + i, 0);
        }
        folder("ü/データ");
        file("ü/データ/controle de qualité\n", 300);
        sparse("holes", 500, 2);
        sparse("far", 3, 40_000);
        Files.createLink(root.resolve("second name"), root.resolve("size-120"));
        Files.createSymbolicLink(root.resolve("short link"), Path.of("size-1"));
        Files.createSymbolicLink(root.resolve("long link"), Path.of("x".repeat(200)));
        // Names and kinds that Java does not make.
        Programs.ok(
                "bash",
                "-c",
                "cd '" + root + "' && mkfifo fifo && printf latin1 > $'caf\\xe9'"
                        + " && { mknod tty c 5 300 && mknod disk b 4000 70000 && chown 70000:80000 size-1 || true; }"
                        + " && chmod 4751 size-1");
        contents.put("/caf\\xe9", Crc32c.update(-1, ByteBuffer.wrap("latin1".getBytes("US-ASCII"))));
        contents.put("/second name", contents.get("/size-120"));
        attribute("size-120", "comment", 30);
        attribute("size-1024", "long", 600);
    }

    private void folder(String path) throws IOException {
        Files.createDirectories(root.resolve(path));
    }

    private void file(String path, int size) throws IOException {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Files.write(root.resolve(path), bytes);
        contents.put("/" + path, Crc32c.update(-1, ByteBuffer.wrap(bytes)));
    }

    /** A file with data at every so many blocks of 4 KiB, in the order of a map's worst case. */
    private void sparse(String path, int pieces, int distance) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(root.resolve(path).toFile(), "rw")) {
            for (int i = 0; i < pieces; i++) {
                file.seek(4096L * distance * i);
                file.writeInt(i);
            }
            file.seek(0);
            int sum = -1;
            byte[] part = new byte[1 << 16];
            for (int n = file.read(part); n > 0; n = file.read(part)) {
                sum = Crc32c.update(sum, ByteBuffer.wrap(part, 0, n));
            }
            contents.put("/" + path, sum);
        }
    }

    private void attribute(String path, String name, int size) throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(root.resolve(path), UserDefinedFileAttributeView.class);
        view.write(name, ByteBuffer.wrap("v".repeat(size).getBytes("US-ASCII")));
    }
}

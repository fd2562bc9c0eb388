package org.hikae.itests.app;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.hikae.files.transfer.run.ContentHash;

/** A folder with files of all kinds, changed by chance. What it is made of says {@link TreeText}. Names may have any bytes. */
final class FileTree {

    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "c",
            "d",
            "A%20b",
            "%C3%A4%E6%BC%A2",
            "-n",
            "q'%22",
            "a%5Cx41",
            "%FF%01%0A",
            "%80",
            "...",
            "%7E$%7Bx%7D");

    private static final int LARGE = 700_000;
    private static final int SMALL = 5000;
    private static final long HOLE = 3L << 20;

    private final Path root;
    private final Random random;

    FileTree(Path root, Random random) throws IOException {
        this.root = Files.createDirectories(root);
        this.random = random;
    }

    Path root() {
        return root;
    }

    /** A path below it, from its bytes in the escapes of URIs. */
    private static Path child(Path folder, String escaped) {
        return folder.resolve(Path.of(URI.create("file:///" + escaped)).getFileName());
    }

    void change(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            change();
        }
    }

    private void change() throws IOException, InterruptedException {
        List<Path> all = all(root);
        Path any = all.get(random.nextInt(all.size()));
        Path folder = isFolder(any) ? any : any.getParent();
        Path fresh = child(folder, NAMES.get(random.nextInt(NAMES.size())));
        if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
            alter(any, fresh);
        } else {
            make(any, fresh);
        }
    }

    private void make(Path any, Path fresh) throws IOException, InterruptedException {
        switch (random.nextInt(10)) {
            case 0, 1 -> Files.createDirectory(fresh);
            case 2 -> Files.createSymbolicLink(fresh, child(Path.of(".."), NAMES.get(random.nextInt(NAMES.size()))));
            case 3 -> {
                if (isFile(any)) {
                    Files.createLink(fresh, any);
                }
            }
            case 4 -> special(fresh);
            case 5 -> {
                if (!any.equals(root) && !fresh.startsWith(any)) {
                    Files.move(any, fresh);
                }
            }
            default -> write(fresh);
        }
    }

    private void alter(Path any, Path there) throws IOException {
        switch (random.nextInt(7)) {
            case 0 -> {
                if (!any.equals(root)) {
                    delete(any);
                }
            }
            case 1 -> {
                if (!Files.isSymbolicLink(any)) {
                    Files.setAttribute(
                            any, "unix:mode", List.of(0700, 0751, 02775, 01777).get(random.nextInt(4)));
                }
            }
            case 2 -> {
                // Java opens what it sets times of: a pipe would wait for its other end.
                if (isFile(any) || isFolder(any)) {
                    FileTime time = FileTime.from(Instant.ofEpochSecond(random.nextInt(1 << 30), 123_456_789));
                    Files.getFileAttributeView(any, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .setTimes(time, null, null);
                }
            }
            case 3 -> {
                if (isFile(any) || isFolder(any)) {
                    byte[] value = new byte[random.nextInt(600)];
                    random.nextBytes(value);
                    Files.getFileAttributeView(any, UserDefinedFileAttributeView.class)
                            .write("x" + random.nextInt(3), ByteBuffer.wrap(value));
                }
            }
            case 4 -> Files.setAttribute(any, "unix:uid", random.nextInt(3000), LinkOption.NOFOLLOW_LINKS);
            default -> {
                if (isFile(there)) {
                    overwrite(there);
                }
            }
        }
    }

    private void special(Path fresh) throws IOException, InterruptedException {
        // Made beside the tree, and moved: a command cannot be given names that are no UTF-8.
        Path pipe = root.resolveSibling(root.getFileName() + ".pipe");
        new ProcessBuilder("mkfifo", pipe.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        Files.move(pipe, fresh);
    }

    private void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(LARGE) : random.nextInt(SMALL)];
            random.nextBytes(bytes);
            long at = random.nextInt(4) == 0 ? HOLE : 0;
            channel.write(ByteBuffer.wrap(bytes), at);
            if (random.nextInt(4) == 0) {
                channel.write(ByteBuffer.wrap(new byte[] {0}), at + bytes.length + HOLE);
            }
        }
    }

    private void overwrite(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] bytes = new byte[1 + random.nextInt(SMALL)];
            random.nextBytes(bytes);
            channel.write(ByteBuffer.wrap(bytes), random.nextInt(SMALL));
        }
    }

    static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** A folder and all in it, each before what is in it. */
    static List<Path> all(Path top) throws IOException {
        List<Path> all = new ArrayList<>(List.of(top));
        if (isFolder(top)) {
            List<Path> children = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(top)) {
                stream.forEach(children::add);
            }
            children.sort(null);
            for (Path child : children) {
                all.addAll(all(child));
            }
        }
        return all;
    }

    static void delete(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** As {@code sha256sum} shows it. */
    static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As centers list it: zeros of a whole block are told by their place. */
    static String contentHash(Path file) throws IOException {
        ContentHash hash = new ContentHash();
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            long at = 0;
            while (channel.read(buffer.clear()) > 0) {
                hash.add(at, buffer.flip());
                at += buffer.remaining();
            }
            return HexFormat.of().formatHex(hash.finish(at));
        }
    }

    static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

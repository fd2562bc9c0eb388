package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SplittableRandom;

/**
 * Changes files of a shared disk through one node, of few names, so that guests get into each other's way. What must fail, since
 * another was faster, fails with the exceptions that any file system has for it.
 */
final class FileGuest {
    private static final int DIRECTORIES = 3;
    private static final int NAMES = 6;
    private static final int LARGEST = 200_000;

    private final FileSystem fileSystem;
    private final SplittableRandom random;
    private long changes;

    FileGuest(FileSystem fileSystem, SplittableRandom random) {
        this.fileSystem = fileSystem;
        this.random = random;
    }

    long changes() {
        return changes;
    }

    /** @throws IOException if it failed as it must not */
    void step() throws IOException {
        try {
            change();
            changes++;
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            // somebody else was there first
        } catch (FileSystemException e) {
            if (!isOfTheGame(e)) {
                throw e;
            }
        }
    }

    /** A directory where a file was, one that is not empty, or one that would come to lie in itself. */
    private static boolean isOfTheGame(FileSystemException e) {
        String text = String.valueOf(e.getMessage()) + e.getClass().getSimpleName();
        return text.matches("(?is).*(director|itself|below|loop|symbolic).*");
    }

    private Path directory() {
        int number = random.nextInt(DIRECTORIES + 1);
        return number == DIRECTORIES ? fileSystem.getPath("/") : fileSystem.getPath("/d" + number);
    }

    private Path name() {
        return directory().resolve("f" + random.nextInt(NAMES));
    }

    private void change() throws IOException {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> write(name());
            case 4, 5 -> append(name());
            case 6 -> truncate(name());
            case 7 -> Files.createFile(name());
            case 8 -> Files.createDirectory(fileSystem.getPath("/d" + random.nextInt(DIRECTORIES)));
            case 9 ->
                Files.delete(random.nextInt(4) == 0 ? fileSystem.getPath("/d" + random.nextInt(DIRECTORIES)) : name());
            case 10 -> Files.move(name(), name(), StandardCopyOption.ATOMIC_MOVE);
            case 11 -> Files.createLink(name(), name());
            case 12 -> Files.createSymbolicLink(name(), fileSystem.getPath("f" + random.nextInt(NAMES)));
            case 13 ->
                Files.setPosixFilePermissions(
                        existing(), PosixFilePermissions.fromString(random.nextBoolean() ? "rw-r--r--" : "rwx------"));
            case 14 -> Files.readAllBytes(existing());
            default -> keepOpen(name());
        }
    }

    private Path existing() throws IOException {
        Path path = name();
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        return path;
    }

    private ByteBuffer data() {
        byte[] bytes = new byte[1 + random.nextInt(random.nextInt(4) == 0 ? 70_000 : 6_000)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private void write(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            long offset = random.nextInt(LARGEST);
            for (ByteBuffer data = data(); data.hasRemaining(); ) {
                offset += channel.write(data, offset);
            }
            if (random.nextInt(5) == 0) {
                channel.force(random.nextBoolean());
            }
        }
    }

    private void append(Path path) throws IOException {
        if (Files.exists(path) && Files.size(path) > LARGEST) {
            Files.deleteIfExists(path);
        }
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
            channel.write(data());
        }
    }

    private void truncate(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(random.nextInt(LARGEST));
        }
    }

    /** A file that loses its name while it is open goes on. */
    private void keepOpen(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
            channel.write(data(), random.nextInt(LARGEST));
            channel.read(ByteBuffer.allocate(5000), random.nextInt(LARGEST));
        }
    }
}

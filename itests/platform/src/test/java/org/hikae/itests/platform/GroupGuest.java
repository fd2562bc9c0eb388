package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;

/** Changes files of few names in few directories, alone: what it tries may be impossible, and then nothing happens. */
record GroupGuest(SplittableRandom random) {
    private static final List<String> DIRECTORIES = List.of("", "a", "a/b", "a/b/c", "b", "b/a");
    private static final int NAMES = 6;
    private static final int LONGEST = 60_000;

    /** Changes something. */
    void change(Path root) throws IOException {
        for (String directory : DIRECTORIES) {
            Files.createDirectories(root.resolve(directory));
        }
        for (int left = 2 + random.nextInt(8); left > 0; left--) {
            try {
                step(root);
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                // then not
            } catch (FileSystemException e) {
                if (!isOfTheGame(e)) {
                    throw e;
                }
            }
        }
    }

    /** A directory where a file was, one that is not empty, or one that would come to lie in itself. */
    private static boolean isOfTheGame(FileSystemException e) {
        String text = String.valueOf(e.getMessage()) + e.getClass().getSimpleName();
        return text.matches("(?is).*(director|itself|below|loop|invalid argument|symbolic).*");
    }

    private void step(Path root) throws IOException {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> Files.write(file(root), data());
            case 3, 4 -> overwrite(file(root));
            case 5 -> truncate(file(root));
            case 6, 7 -> Files.delete(file(root));
            case 8 -> Files.move(file(root), file(root), StandardCopyOption.ATOMIC_MOVE);
            case 9 -> Files.createLink(file(root), file(root));
            case 10 -> Files.createSymbolicLink(file(root), root.getFileSystem().getPath("f1"));
            default -> Files.move(directory(root), directory(root).resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path directory(Path root) {
        return root.resolve(DIRECTORIES.get(1 + random.nextInt(DIRECTORIES.size() - 1)));
    }

    private Path file(Path root) {
        return root.resolve(DIRECTORIES.get(random.nextInt(DIRECTORIES.size()))).resolve("f" + random.nextInt(NAMES));
    }

    private byte[] data() {
        byte[] data = new byte[random.nextInt(5) == 0 ? 0 : random.nextInt(LONGEST)];
        random.nextBytes(data);
        return data;
    }

    /** Of a link, which is not followed, the machine's own file systems say so without a type of exception for it. */
    private static FileChannel open(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new FileSystemException(file.toString(), null, "is a symbolic link");
        }
        return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private void overwrite(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            channel.write(ByteBuffer.wrap(data()), random.nextInt(LONGEST));
        }
    }

    private void truncate(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            channel.truncate(random.nextInt(LONGEST));
        }
    }
}

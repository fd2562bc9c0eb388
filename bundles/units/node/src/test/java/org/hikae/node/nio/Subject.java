package org.hikae.node.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A file system on which a history of calls happens: a folder of it, and the channels that are open. */
final class Subject implements AutoCloseable {

    private static final String[] NAMES = {"a", "b", "c", "d", "\u00e4 \u5b57", ".h", "a.txt", "..", "."};

    final Path root;
    final List<FileChannel> channels = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    Subject(Path root) {
        this.root = root;
    }

    /** A path of one to four names below the folder, with dots in between that do not lead out of it. */
    Path path(Random random) {
        Path path = root;
        int depth = 0;
        for (int names = 1 + Math.min(random.nextInt(4), random.nextInt(4)); names > 0; names--) {
            String name = NAMES[random.nextInt(depth > 0 && names > 1 ? NAMES.length : NAMES.length - 2)];
            depth += name.equals("..") ? -1 : name.equals(".") ? 0 : 1;
            path = path.resolve(name);
        }
        asked.add(told(path.toString()));
        return path;
    }

    /** The paths of the last call. */
    List<String> asked() {
        return asked;
    }

    /** A target for a symlink: of its own folder, or absolute. */
    Path target(Random random) {
        Path target = path(random);
        return random.nextInt(3) == 0
                ? target
                : root.getFileSystem().getPath(target.getFileName().toString());
    }

    /** What came of a call, in words that do not tell which file system it was. */
    String outcome(Call call, Random random) {
        asked.clear();
        try {
            return told(String.valueOf(call.make(this, random)));
        } catch (UncheckedIOException | DirectoryIteratorException e) {
            return failure(e.getCause());
        } catch (Exception e) {
            return failure(e);
        }
    }

    private String failure(Throwable failure) {
        // For this failure the platform sometimes forgets the path.
        if (String.valueOf(failure.getMessage()).matches("(?s).*(NOFOLLOW_LINKS|Too many levels).*")) {
            return "symlink";
        }
        String file = failure instanceof FileSystemException known ? " " + known.getFile() : "";
        return told(failure.getClass().getSimpleName() + file);
    }

    private String told(String text) {
        return text.replace(root.toString(), "ROOT");
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }

    /** A call of which two file systems must make the same. */
    @FunctionalInterface
    interface Call {
        Object make(Subject subject, Random random) throws Exception;
    }
}

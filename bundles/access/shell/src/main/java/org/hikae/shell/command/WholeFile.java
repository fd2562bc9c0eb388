package org.hikae.shell.command;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.hikae.api.job.Reason;
import org.hikae.io.PrivateFiles;

/**
 * A file that is there whole or not at all: written beside its place, and moved there when complete. What is no regular
 * file, such as a pipe or a device, is written to directly.
 */
final class WholeFile implements Closeable {

    private final Path target;
    private final Path written;
    private final OutputStream stream;

    WholeFile(Path path) throws IOException {
        target = Files.exists(path) ? path.toRealPath() : path;
        if (Files.isDirectory(target)) {
            throw new IOException(path + " is a folder");
        }
        boolean direct = Files.exists(target) && !Files.isRegularFile(target);
        written = direct ? target : beside(target);
        stream = new Named(
                direct
                        ? Files.newOutputStream(target, StandardOpenOption.WRITE)
                        : Channels.newOutputStream(PrivateFiles.create(written)));
    }

    private static Path beside(Path target) throws IOException {
        for (int number = 1; number < 10_000; number++) {
            Path candidate = target.resolveSibling(target.getFileName() + ".part" + number);
            if (!Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new FileAlreadyExistsException(target + ".part1");
    }

    /** Says which file cannot be written: the system's message does not. */
    private final class Named extends FilterOutputStream {

        Named(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new IOException(
                        target + " cannot be written: " + Reason.of(e) + "; make room, or choose another place", e);
            }
        }
    }

    OutputStream stream() {
        return stream;
    }

    /** Moves the file to its place. */
    void complete() throws IOException {
        stream.close();
        if (!written.equals(target)) {
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
        if (!written.equals(target)) {
            Files.deleteIfExists(written);
        }
    }
}

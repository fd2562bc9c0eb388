package org.hikae.media.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hikae.api.job.Reason;
import org.hikae.io.Buffers;
import org.hikae.io.FileDevice;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.ObjectHeader;

/**
 * One object of a log, as a file. It is opened for each pass anew, for a log may have more parts than a process may have
 * files.
 *
 * @param key which file it is, whatever its path; null where the platform has no such thing
 * @param length bytes
 */
record LogPart(Path path, Object key, long length, ObjectHeader header) {

    /** Of a disk that Hikae has: a power of two from 512 to 65536. */
    private static final int MIN_BLOCK = 512;

    private static final int MAX_BLOCK = 1 << 16;

    /** @throws IOException if the file is not the beginning of a log's object; the message says what it is */
    static LogPart of(Path path) throws IOException {
        try (FileDevice file = open(path, FileDevice.Mode.READ)) {
            ByteBuffer bytes = Buffers.allocate((int) Math.min(ObjectHeader.LENGTH, file.size()));
            file.read(bytes, 0);
            return new LogPart(path, file.key(), file.size(), header(path, bytes.flip()));
        }
    }

    private static ObjectHeader header(Path path, ByteBuffer bytes) throws DamagedException {
        ObjectHeader header;
        try {
            header = ObjectHeader.decode(bytes);
        } catch (DamagedException e) {
            throw new DamagedException(
                    path + " is no log, or is damaged: " + e.getMessage() + "; give the log.* files of one generation",
                    e);
        }
        if (header.kind() != ObjectHeader.Kind.LOG) {
            throw new DamagedException(
                    path + " holds copied blocks and is no log; give the log.* files of the generation");
        }
        int block = header.blockSize();
        if (block < MIN_BLOCK || block > MAX_BLOCK || Integer.bitCount(block) != 1 || header.sequence() < 0) {
            throw new DamagedException(path + " is no log: its header makes no sense");
        }
        return header;
    }

    /** @throws IOException if the path leads to another file by now, or one of another length */
    FileDevice open() throws IOException {
        FileDevice file = open(path, FileDevice.Mode.READ_DIRECT);
        if (file.size() != length || (key != null && !key.equals(file.key()))) {
            file.close();
            throw new IOException(path + " was changed while the log was read; try again when nobody writes to it");
        }
        return file;
    }

    /** Whoever opens a FIFO waits, and devices may do anything: only what is known to be a file is opened. */
    private static FileDevice open(Path path, FileDevice.Mode mode) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a folder; give the log.* files in it, one by one");
        } else if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such log; give the path of its file");
        } else if (!Files.isRegularFile(path)) {
            throw new IOException(path + " is no regular file; copy the log into one first");
        }
        try {
            return FileDevice.open(path, 4096, mode);
        } catch (IOException e) {
            throw new IOException("the log " + path + " cannot be read: " + Reason.of(e), e);
        }
    }

    /** What is wrong with this part, as an exception. */
    DamagedException damaged(String what, DamagedException cause) {
        return new DamagedException(
                path + " is damaged: " + what
                        + "; take the log from where it is whole, or do without its before-images",
                cause);
    }
}

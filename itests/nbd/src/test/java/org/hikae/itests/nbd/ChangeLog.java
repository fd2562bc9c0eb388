package org.hikae.itests.nbd;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** All changes that clients made to a disk, with their bytes, and with what the disk held before. Thread-safe. */
final class ChangeLog implements Closeable {

    /** What the disk held at first, and then what was written, one after another. */
    private final FileChannel bytes;
    /** In the order in which they began; guarded by this. */
    private final List<Change> changes = new ArrayList<>();

    /**
     * @param disk what it holds at first
     * @param file where to keep all bytes; is made
     */
    ChangeLog(Path disk, Path file) throws IOException {
        Files.copy(disk, file);
        bytes = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        bytes.position(bytes.size());
        changes.add(new Change(0, bytes.size(), 0, Long.MIN_VALUE, Long.MIN_VALUE));
    }

    /** To be called before the server learns of it. */
    synchronized Change data(long offset, ByteBuffer data) throws IOException {
        long place = bytes.position();
        int length = data.remaining();
        while (data.hasRemaining()) {
            bytes.write(data);
        }
        return add(offset, length, place);
    }

    /** To be called before the server learns of it. */
    synchronized Change zeros(long offset, long length) {
        return add(offset, length, -1);
    }

    private Change add(long offset, long length, long place) {
        Change change = new Change(offset, length, place, System.nanoTime(), Long.MAX_VALUE);
        changes.add(change);
        return change;
    }

    synchronized List<Change> changes() {
        return new ArrayList<>(changes);
    }

    /** What a change made of a part of the disk. */
    ByteBuffer content(Change change, long offset, int length) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(length);
        long place = change.recorded(offset);
        while (!change.zeros() && content.hasRemaining()) {
            if (bytes.read(content, place + content.position()) < 0) {
                throw new EOFException("byte " + place + " was not recorded");
            }
        }
        return content.clear();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}

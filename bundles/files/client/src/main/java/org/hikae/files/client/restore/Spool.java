package org.hikae.files.client.restore;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.hikae.io.DurableFiles;

/**
 * A file for what is too much for memory, without a name: it is gone when nobody has it open any more, whatever ends the platform. Written from
 * its beginning on; what was written can be read. Not thread-safe.
 */
final class Spool implements Closeable {

    private static final int BUFFER = 1 << 16;

    private static final Set<StandardOpenOption> NEW = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final FileChannel channel;
    private final DataOutputStream out;

    /** @param folder in which there is room; it is made if it is not there */
    Spool(Path folder) throws IOException {
        DurableFiles.createFolders(folder);
        channel = open(folder.resolve(".spool." + UUID.randomUUID()));
        out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    }

    private static FileChannel open(Path file) throws IOException {
        FileAttribute<?> own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            return FileChannel.open(file, NEW, own);
        } catch (UnsupportedOperationException e) {
            // A file system without such permissions.
            return FileChannel.open(file, NEW);
        }
    }

    DataOutputStream out() {
        return out;
    }

    /** Bytes that were written; they can be read from now on. */
    long written() throws IOException {
        out.flush();
        return channel.position();
    }

    /**
     * Room for bytes that are read and written anywhere, all zeros, beside the heap; the file is for them alone.
     *
     * @throws IOException if the disk has no room for them: later it would be too late to say so
     */
    ByteBuffer map(long length) throws IOException {
        for (long left = length; left > 0; left -= BUFFER) {
            out.write(new byte[(int) Math.min(BUFFER, left)]);
        }
        out.flush();
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
    }

    /** @param buffer bytes that are read at once */
    DataInputStream read(long from, long to, int buffer) {
        return new DataInputStream(new BufferedInputStream(new Section(from, to), buffer));
    }

    /** What was written from somewhere to somewhere. */
    private final class Section extends InputStream {

        private long at;
        private final long end;

        Section(long from, long to) {
            at = from;
            end = to;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - at);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            int count = channel.read(ByteBuffer.wrap(to, offset, (int) Math.min(length, end - at)), at);
            if (count < 0) {
                throw new EOFException("what was put aside is not there any more");
            }
            at += count;
            return count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package org.hikae.files.client.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Reads what {@link CheckedOutput} has written, having checked all of it first. */
public final class CheckedInput {

    private static final int HEAD = 6;
    private static final int CRC = 4;

    private CheckedInput() {}

    /**
     * @return between the version and the checksum
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it is another one, of a version not known here, or damaged; says which
     */
    public static DataInputStream open(Path file, int magic) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long content = channel.size() - HEAD - CRC;
            check(file, magic, channel, content);
            channel.position(HEAD);
            InputStream stream = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
            return new DataInputStream(new Limited(stream, content));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void check(Path file, int magic, FileChannel channel, long content) throws IOException {
        if (content < 0) {
            throw new IOException(file + " is cut off");
        }
        // Not closed: that would close the channel.
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
        CRC32C crc = new CRC32C();
        byte[] bytes = new byte[1 << 16];
        for (long left = HEAD + content; left > 0; ) {
            int count = in.read(bytes, 0, (int) Math.min(left, bytes.length));
            if (count < 0) {
                throw new IOException(file + " is cut off");
            }
            crc.update(bytes, 0, count);
            left -= count;
        }
        if (in.readInt() != (int) crc.getValue()) {
            throw new IOException(file + " is damaged");
        }
        channel.position(0);
        DataInputStream head = new DataInputStream(Channels.newInputStream(channel));
        if (head.readInt() != magic) {
            throw new IOException(file + " is a file of another kind");
        }
        int version = head.readShort();
        if (version != CheckedOutput.VERSION) {
            throw new IOException(file + " is of version " + version + ", which is not known here");
        }
    }

    private static final class Limited extends FilterInputStream {

        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? super.read() : -1;
            left -= read >= 0 ? 1 : 0;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = left > 0 ? super.read(bytes, offset, (int) Math.min(length, left)) : -1;
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }
    }
}

package org.hikae.files.client.store;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.hikae.io.BufferedIo;
import org.hikae.io.PrivateFiles;

/**
 * Writes a new file that only its owner can read: magic (4 bytes), version (2), what is written, CRC32C of all before (4); big-endian.
 * {@link CheckedInput} reads it. Not thread-safe.
 */
public final class CheckedOutput extends DataOutputStream {

    static final short VERSION = 1;

    private final FileChannel channel;
    private final CRC32C crc;

    private CheckedOutput(FileChannel channel, CRC32C crc, OutputStream out) {
        super(out);
        this.channel = channel;
        this.crc = crc;
    }

    /** @throws java.nio.file.FileAlreadyExistsException if there is such a file */
    public static CheckedOutput create(Path file, int magic) throws IOException {
        FileChannel channel = PrivateFiles.create(file);
        CRC32C crc = new CRC32C();
        // The checksum sees what the buffer hands on, in large pieces.
        OutputStream checked = new CheckedOutputStream(new ToChannel(channel), crc);
        CheckedOutput out = new CheckedOutput(channel, crc, new BufferedOutputStream(checked, 1 << 16));
        out.writeInt(magic);
        out.writeShort(VERSION);
        return out;
    }

    /** Writes the checksum; the file is durable when this returns, its name is not. Nothing can be written any more. */
    public void finish() throws IOException {
        flush();
        writeInt((int) crc.getValue());
        flush();
        channel.force(true);
        close();
    }

    /** Bytes given to the file so far, without what is still to be written out. */
    public long length() throws IOException {
        return channel.position();
    }

    private static final class ToChannel extends OutputStream {

        private final FileChannel channel;

        ToChannel(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            BufferedIo.write(channel, ByteBuffer.wrap(bytes, offset, length), channel.position());
            channel.position(channel.position() + length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package org.hikae.media.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.io.Buffers;
import org.hikae.io.FileDevice;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.read.Scratch;

/** The frames of a part, one after the other, with nothing but the part to say where they are. Not thread-safe. */
final class FrameFile implements Closeable {

    private final FileDevice file;
    private final Scratch scratch;
    /** What is in {@link Scratch#stored}: the bytes of the file from here on, up to the buffer's limit. */
    private long windowAt;

    private long next = ObjectHeader.LENGTH;

    FrameFile(LogPart part, Scratch scratch) throws IOException {
        this.file = part.open();
        this.scratch = scratch;
        scratch.stored.clear().limit(0);
    }

    /** Where the next frame begins, in bytes. */
    long position() {
        return next;
    }

    /**
     * The next frame's bytes, from position to limit; valid until the next call. Null at the end of the file.
     *
     * @throws DamagedException if there is none, though the file goes on, or it does not match its checksum
     */
    ByteBuffer next() throws IOException {
        if (next == file.size()) {
            return null;
        }
        FrameHeader header = FrameHeader.decode(bytes(Math.min(FrameHeader.LENGTH, file.size() - next)));
        if (header.kind() != FrameHeader.LOG) {
            throw new DamagedException("it holds copied blocks, which do not belong into a log");
        } else if (header.length() > file.size() - next) {
            throw new DamagedException("it is cut off");
        }
        ByteBuffer frame = bytes(header.length());
        ByteBuffer nothing = frame.duplicate().position(frame.limit());
        if (FrameHeader.checksum(scratch.crc, frame, nothing) != header.crc()) {
            throw new DamagedException("it does not match its checksum");
        }
        next += header.length();
        return frame;
    }

    /** Bytes from the next frame on, in the window; read in long pieces of whole pages. */
    private ByteBuffer bytes(long length) throws IOException {
        ByteBuffer window = scratch.stored;
        if (next + length > windowAt + window.limit()) {
            windowAt = next & -Buffers.ALIGNMENT;
            file.read(window.clear().limit((int) Math.min(window.capacity(), file.size() - windowAt)), windowAt);
            window.flip();
        }
        int from = (int) (next - windowAt);
        return window.duplicate().limit((int) (from + length)).position(from);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

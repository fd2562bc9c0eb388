package org.hikae.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.job.Reason;

/**
 * A regular file or a block device of the operating system as a {@link BlockDevice}, whose size is the one it had when it
 * was opened. A file that has become shorter fails; one that has grown is read and written up to the old size. A thread that
 * is interrupted ends what it does, and stays interrupted.
 */
public final class FileDevice implements BlockDevice {

    /** How a file is opened. */
    public enum Mode {
        /** For reading and writing, through the page cache. */
        READ_WRITE,
        /** For reading, through the page cache. */
        READ,
        /**
         * For reading past the page cache, where the platform allows: {@link FileDevice#direct} tells. Reads go straight
         * into buffers from {@link Buffers} at multiples of {@link Buffers#ALIGNMENT}; others are right, but slower.
         */
        READ_DIRECT,
        /**
         * For reading and writing; long writes go past the page cache where the platform allows, straight from buffers
         * from {@link Buffers} to multiples of {@link Buffers#ALIGNMENT}.
         */
        WRITE_DIRECT
    }

    private final Path path;
    /** Whatever can be done through the page cache; reads alone may go past it ({@link #direct}). */
    private final SteadyChannel channel;
    /** Where long writes go past the page cache; null: nowhere. */
    private final SteadyChannel past;

    private final boolean direct;
    private final boolean writable;
    /** Which file this is, whatever its name; null where the platform has no such thing. */
    private final Object key;

    private final long size;
    private final int blockSize;
    private final Holes holes;

    private FileDevice(
            Path path, Object key, SteadyChannel channel, SteadyChannel past, boolean writable, int blockSize)
            throws IOException {
        this.path = path;
        this.direct = past != null && !writable;
        this.channel = direct ? past : channel;
        this.past = past;
        this.writable = writable;
        this.size = this.channel.use(FileChannel::size);
        this.blockSize = blockSize;
        this.key = key;
        if (!Objects.equals(key, keyOf(path))) {
            throw new IOException(path + " was replaced by another file while it was being opened; try again");
        }
        this.holes = new Holes(path, key, writable);
    }

    /**
     * Opens a file that exists.
     *
     * @throws IOException if there is none, it is a folder, or it cannot be opened that way
     */
    public static FileDevice open(Path path, int blockSize, Mode mode) throws IOException {
        if (blockSize < 512 || blockSize > 65536 || Integer.bitCount(blockSize) != 1) {
            throw new IllegalArgumentException("not a block size: " + blockSize);
        }
        Path absolute = path.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            throw new IOException(absolute + " is a folder, not a file or block device");
        }
        boolean writable = mode == Mode.READ_WRITE || mode == Mode.WRITE_DIRECT;
        Object key = keyOf(absolute);
        SteadyChannel past =
                mode == Mode.READ_DIRECT || mode == Mode.WRITE_DIRECT ? openPast(absolute, key, writable) : null;
        SteadyChannel channel = null;
        try {
            channel = past != null && !writable ? null : openThrough(absolute, key, writable);
            return new FileDevice(absolute, key, channel, past, writable, blockSize);
        } catch (IOException | RuntimeException e) {
            closeAll(channel, past);
            throw e;
        }
    }

    private static SteadyChannel openThrough(Path path, Object key, boolean writable) throws IOException {
        SteadyChannel.Opener opener = () -> FileChannel.open(path, options(writable));
        return new SteadyChannel(path, key, opener.open(), opener);
    }

    /** Null where the platform has no way past the page cache. */
    private static SteadyChannel openPast(Path path, Object key, boolean writable) throws IOException {
        FileChannel past = DirectIo.open(path, options(writable)).orElse(null);
        SteadyChannel.Opener opener = () -> DirectIo.open(path, options(writable))
                .orElseThrow(() -> new IOException(path + " cannot be opened past the page cache any more"));
        return past == null ? null : new SteadyChannel(path, key, past, opener);
    }

    static Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static void closeAll(SteadyChannel... channels) throws IOException {
        for (SteadyChannel channel : channels) {
            if (channel != null) {
                channel.close();
            }
        }
    }

    private static OpenOption[] options(boolean writable) {
        return writable
                ? new OpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE}
                : new OpenOption[] {StandardOpenOption.READ};
    }

    /** Whether reads go past the page cache. */
    public boolean direct() {
        return direct;
    }

    /** Equal for two devices of the same file, whatever their paths; null where the platform has no such thing. */
    public Object key() {
        return key;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public boolean readOnly() {
        return !writable;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        checkOpen();
        Objects.checkFromIndexSize(offset, dst.remaining(), size);
        int position = dst.position();
        int limit = dst.limit();
        boolean whole = channel.use(file -> {
            dst.limit(limit).position(position);
            return direct ? DirectRead.read(file, dst, offset) : BufferedIo.read(file, dst, offset);
        });
        if (!whole) {
            throw shorter();
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        checkWrite(offset, src.remaining());
        try {
            writeChecked(src, offset);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** The system's message says what is wrong, but not with which file. */
    private IOException named(IOException e) {
        String message = path + " cannot be written: " + Reason.of(e);
        return NoSpaceException.ifSo(e, path, 0) instanceof NoSpaceException
                ? new NoSpaceException(message + "; make room on its file system", e)
                : new IOException(message, e);
    }

    private static void write(SteadyChannel to, ByteBuffer src, long offset) throws IOException {
        int position = src.position();
        int limit = src.limit();
        to.use(file -> {
            BufferedIo.write(file, src.limit(limit).position(position), offset);
            return null;
        });
    }

    private void zeros(long offset, long length) throws IOException {
        channel.use(file -> {
            BufferedIo.zero(file, offset, length);
            return null;
        });
    }

    private void writeChecked(ByteBuffer src, long offset) throws IOException {
        long at = offset;
        if (past != null && offset % Buffers.ALIGNMENT == 0 && Buffers.isAligned(src)) {
            int limit = src.limit();
            src.limit(limit - src.remaining() % Buffers.ALIGNMENT);
            at += src.remaining();
            write(past, src, offset);
            src.limit(limit);
        }
        write(channel, src, at);
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        checkWrite(offset, length);
        if (length == 0 || holes.punch(offset, length)) {
            return;
        }
        // A block device takes whole sectors only: the ends are written.
        long from = Math.min(roundUp(offset), offset + length);
        long to = Math.max(from, roundDown(offset + length));
        if (to == from || !holes.punch(from, to - from)) {
            zeros(offset, length);
            return;
        }
        zeros(offset, from - offset);
        zeros(to, offset + length - to);
    }

    @Override
    public void force() throws IOException {
        channel.use(file -> {
            file.force(false);
            return null;
        });
    }

    @Override
    public long nextData(long offset) throws IOException {
        checkSeek(offset);
        long next = offset == size ? size : holes.nextData(offset);
        // Nothing to be found might be nothing left: a file cut short must not read as zeros.
        checkNotShorter();
        return next == Holes.UNKNOWN ? offset : next == Holes.NONE ? size : Math.min(next, size);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        checkSeek(offset);
        long next = offset == size ? size : holes.nextHole(offset);
        checkNotShorter();
        return next < 0 ? size : Math.min(next, size);
    }

    @Override
    public void close() throws IOException {
        holes.close();
        closeAll(channel, past);
    }

    private void checkWrite(long offset, long length) throws IOException {
        checkOpen();
        if (!writable) {
            throw new NonWritableChannelException();
        }
        Objects.checkFromIndexSize(offset, length, size);
        // Else the write would lengthen the file, and what was cut off in between would read as zeros.
        checkNotShorter();
    }

    private void checkSeek(long offset) throws IOException {
        checkOpen();
        if (offset < 0 || offset > size) {
            throw new IndexOutOfBoundsException(offset + " is not within " + size + " bytes");
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void checkNotShorter() throws IOException {
        if (channel.use(FileChannel::size) < size) {
            throw shorter();
        }
    }

    private IOException shorter() throws IOException {
        return new IOException(path + " is shorter than it was: " + channel.use(FileChannel::size)
                + " bytes instead of " + size + "; give it its size back, or remove and add it again");
    }

    private static long roundDown(long offset) {
        return offset & -Buffers.ALIGNMENT;
    }

    private static long roundUp(long offset) {
        long down = roundDown(offset);
        return down == offset ? offset : down > Long.MAX_VALUE - Buffers.ALIGNMENT ? offset : down + Buffers.ALIGNMENT;
    }
}

package org.hikae.fs.shared.store.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.hikae.fs.shared.store.region.ShadowFile;

/** A file in a region, as MVStore sees it. Nothing becomes durable by this way. */
final class ShadowChannel extends FileBase {

    private final ShadowFile file;
    private long position;

    ShadowChannel(ShadowFile file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer dst, long at) throws IOException {
        long length = Math.min(dst.remaining(), file.size() - at);
        if (length <= 0) {
            return -1;
        }
        int limit = dst.limit();
        dst.limit(dst.position() + (int) length);
        file.read(dst, at);
        dst.limit(limit);
        return (int) length;
    }

    @Override
    public int write(ByteBuffer src, long at) {
        int length = src.remaining();
        file.write(src, at);
        return length;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        int length = read(dst, position);
        position += Math.max(0, length);
        return length;
    }

    @Override
    public int write(ByteBuffer src) {
        int length = write(src, position);
        position += length;
        return length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return file.size();
    }

    /** What is cut off is not needed, and goes with the next state of the file. */
    @Override
    public FileChannel truncate(long size) {
        return this;
    }

    @Override
    public void force(boolean metaData) {
        // the state after the commit becomes durable as a whole, by ShadowFile.publish
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) {
        return new HeldLock(this, at, size, shared);
    }

    /** Whoever has the device has it alone. */
    private static final class HeldLock extends FileLock {

        HeldLock(FileChannel channel, long at, long size, boolean shared) {
            super(channel, at, size, shared);
        }

        @Override
        public boolean isValid() {
            return acquiredBy().isOpen();
        }

        @Override
        public void release() {
            // ends with the channel
        }
    }
}

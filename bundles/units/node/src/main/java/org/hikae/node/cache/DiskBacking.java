package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.cache.PageRange;

/** The disk itself, as one file. */
final class DiskBacking implements Backing {

    private static final int SMALLEST_PAGE = 4096;

    private final BlockDevice door;
    private final NodeAccess node;

    DiskBacking(BlockDevice door, NodeAccess node) {
        this.door = door;
        this.node = node;
    }

    /** The page size of a disk and its files, in bytes. */
    static int pageSize(int blockSize) {
        return Math.max(SMALLEST_PAGE, blockSize);
    }

    @Override
    public int pageSize() {
        return pageSize(door.blockSize());
    }

    @Override
    public int blockSize() {
        return door.blockSize();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        node.check();
        door.read(dst, offset);
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        int there = (int) Math.min(src.remaining(), door.size() - offset);
        int limit = src.limit();
        door.write(src.limit(src.position() + there), offset);
        src.limit(limit);
    }

    /** A disk stays as long as it is. */
    @Override
    public void extend(ByteBuffer src, long offset) throws IOException {
        write(src, offset);
    }

    /** Every block of a disk has its place. */
    @Override
    public void promise(PageRange pages) {}

    @Override
    public void dropped(PageRange pages) {}

    @Override
    public void changed() {}
}

package org.hikae.fs.shared.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.fs.shared.testing.Rig;

/** Blocks of a real disk, each full of one number. */
record DiskBlocks(BlockDevice device) implements Blocks {

    @Override
    public void put(long block, int what) throws IOException {
        ByteBuffer full = ByteBuffer.allocate(Rig.BLOCK);
        while (full.hasRemaining()) {
            full.putInt(what);
        }
        device.write(full.flip(), block * Rig.BLOCK);
    }

    @Override
    public Integer get(long block) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
        device.read(start, block * Rig.BLOCK);
        return start.getInt(0);
    }
}

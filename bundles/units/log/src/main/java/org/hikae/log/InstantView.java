package org.hikae.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.ReadOnlyBlockDevice;

/**
 * A disk as it was at T0 (R3). It reads the device first and the images after: a writer does it the other way round, so
 * what was read too late has its image by then.
 */
final class InstantView implements ReadOnlyBlockDevice {

    private final BlockDevice device;
    private final InstantImages images;
    private final Check check;

    /** @param check throws if images may be missing: writers go on without them when the session has failed */
    InstantView(BlockDevice device, InstantImages images, Check check) {
        this.device = device;
        this.images = images;
        this.check = check;
    }

    /** Asked after each read. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    @Override
    public long size() {
        return device.size();
    }

    @Override
    public int blockSize() {
        return device.blockSize();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        int from = dst.position();
        device.read(dst, offset);
        images.layOver(dst, from, offset);
        check.run();
    }

    @Override
    public void close() throws IOException {
        try (device) {
            images.close();
        }
    }
}

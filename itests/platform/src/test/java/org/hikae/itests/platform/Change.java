package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.hikae.api.block.BlockDevice;

/** What a guest does to a disk: of any offset and size, aligned to nothing. */
record Change(Kind kind, long offset, int length, long content) {
    enum Kind {
        WRITE,
        /** Past the node's cache; never by chance. */
        WRITE_THROUGH,
        ZERO,
        READ,
        FORCE
    }

    /** Blocks that many writes meet. */
    private static final int HOT = 4;

    static Change random(SplittableRandom random, long size, int blockSize) {
        int dice = random.nextInt(100);
        Kind kind = dice < 75 ? Kind.WRITE : dice < 90 ? Kind.ZERO : dice < 97 ? Kind.READ : Kind.FORCE;
        long offset = random.nextInt(3) == 0
                ? Math.min(size - 1, random.nextLong(HOT) * (size / HOT) + random.nextInt(2 * blockSize))
                : random.nextLong(size);
        if (random.nextInt(4) == 0) {
            offset -= offset % blockSize;
        }
        int length = (int) Math.min(size - offset, length(random, blockSize));
        return new Change(kind, offset, length, random.nextLong());
    }

    private static long length(SplittableRandom random, int blockSize) {
        return switch (random.nextInt(8)) {
            case 0 -> 1 + random.nextInt(16);
            case 1, 2 -> 1 + random.nextInt(blockSize);
            case 3, 4 -> blockSize;
            case 5 -> (long) blockSize * (1 + random.nextInt(4));
            case 6 -> 1 + random.nextInt(8 * blockSize);
            default -> 1 + random.nextInt(64 * 1024);
        };
    }

    void apply(BlockDevice device) throws IOException {
        switch (kind) {
            case WRITE -> device.write(ByteBuffer.wrap(bytes()), offset);
            case WRITE_THROUGH -> {
                device.write(ByteBuffer.wrap(bytes()), offset);
                device.force();
            }
            case ZERO -> device.zero(offset, length);
            case READ -> device.read(ByteBuffer.allocate(length), offset);
            case FORCE -> device.force();
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[length];
        new SplittableRandom(content).nextBytes(bytes);
        return bytes;
    }

    boolean touches(long from, long to) {
        return kind != Kind.READ && kind != Kind.FORCE && offset < to && offset + length > from;
    }
}

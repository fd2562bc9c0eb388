package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Makes the files of disks. */
final class DiskFile {
    private static final int PART = 64 * 1024;

    private DiskFile() {}

    /** A file of random data and holes, in turn and by chance. */
    static void create(Path file, long size, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), size - 1);
            for (long offset = 0; offset < size; offset += PART) {
                if (random.nextInt(3) > 0) {
                    byte[] data = new byte[(int) Math.min(PART, size - offset)];
                    random.nextBytes(data);
                    channel.write(ByteBuffer.wrap(data), offset);
                }
            }
        }
    }

    /** Random data from beginning to end. */
    static void fill(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(file.hashCode());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long size = channel.size();
            for (long offset = 0; offset < size; offset += PART) {
                byte[] data = new byte[(int) Math.min(PART, size - offset)];
                random.nextBytes(data);
                channel.write(ByteBuffer.wrap(data), offset);
            }
        }
    }
}

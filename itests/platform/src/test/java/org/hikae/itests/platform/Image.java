package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.media.BlockWriter;

/** What a disk's file held at an instant: the model that a generation must equal byte for byte (I1). */
final class Image {
    private final Path disk;
    private final Path image;

    Image(Path disk) {
        this(disk, "t0");
    }

    /** One of several of a disk. */
    Image(Path disk, String name) {
        this.disk = disk;
        this.image = disk.resolveSibling(disk.getFileName() + "." + name);
    }

    /** Copies the file as it stands. */
    void take() throws IOException {
        Files.copy(disk, image, StandardCopyOption.REPLACE_EXISTING);
    }

    Path path() {
        return image;
    }

    /** Offset of the first byte in which the device differs; -1 if it is the same from beginning to end. */
    long difference(BlockDevice device) throws IOException {
        try (FileChannel model = FileChannel.open(image, StandardOpenOption.READ)) {
            if (model.size() != device.size()) {
                return Math.min(model.size(), device.size());
            }
            for (long offset = 0; offset < device.size(); offset += BlockWriter.FRAME_BYTES) {
                int length = (int) Math.min(BlockWriter.FRAME_BYTES, device.size() - offset);
                long difference = difference(model, device, offset, length);
                if (difference >= 0) {
                    return difference;
                }
            }
            return differenceInHoles(model, device);
        }
    }

    /** As {@link #difference}, in some places that no block boundary suggests. */
    long differenceAtRandom(BlockDevice device, SplittableRandom random) throws IOException {
        try (FileChannel model = FileChannel.open(image, StandardOpenOption.READ)) {
            for (int i = 0; i < 5; i++) {
                long offset = random.nextLong(device.size());
                int length = 1 + random.nextInt((int) Math.min(100_000, device.size() - offset));
                long difference = difference(model, device, offset, length);
                if (difference >= 0) {
                    return difference;
                }
            }
            return -1;
        }
    }

    /** Some bytes of both from an offset on. */
    String compare(BlockDevice device, long offset) throws IOException {
        int length = (int) Math.min(8, device.size() - offset);
        ByteBuffer actual = ByteBuffer.allocate(length);
        device.read(actual, offset);
        try (FileChannel model = FileChannel.open(image, StandardOpenOption.READ)) {
            HexFormat hex = HexFormat.of();
            return hex.formatHex(actual.array()) + " instead of "
                    + hex.formatHex(read(model, offset, length).array());
        }
    }

    private static long difference(FileChannel model, BlockDevice device, long offset, int length) throws IOException {
        ByteBuffer expected = read(model, offset, length);
        ByteBuffer actual = ByteBuffer.allocate(length);
        device.read(actual, offset);
        int mismatch = expected.mismatch(actual.flip());
        return mismatch < 0 ? -1 : offset + mismatch;
    }

    /** What the device calls a hole must be zeros in the model. */
    private static long differenceInHoles(FileChannel model, BlockDevice device) throws IOException {
        long offset = 0;
        while (offset < device.size()) {
            long data = device.nextData(offset);
            for (long at = offset; at < data; at += BlockWriter.FRAME_BYTES) {
                int length = (int) Math.min(BlockWriter.FRAME_BYTES, data - at);
                int mismatch = read(model, at, length).mismatch(ByteBuffer.allocate(length));
                if (mismatch >= 0) {
                    return at + mismatch;
                }
            }
            offset = data < device.size() ? Math.max(data + 1, device.nextHole(data)) : data;
        }
        return -1;
    }

    private static ByteBuffer read(FileChannel model, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (model.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("the model ends at " + (offset + buffer.position()));
            }
        }
        return buffer.flip();
    }
}

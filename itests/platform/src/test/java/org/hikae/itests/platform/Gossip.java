package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;

/**
 * One guest on each node, each with a cell on the disk. Over and over, a guest reads the counts in all cells and writes
 * them into its own, its own count raised by one. So a cell tells what its guest knew when it wrote.
 */
final class Gossip implements AutoCloseable {
    private static final int GUESTS = 4;
    private static final int CELL = GUESTS * Long.BYTES;

    /** Each count before its write began, and after it returned. */
    private final AtomicLongArray begun = new AtomicLongArray(GUESTS);

    private final AtomicLongArray returned = new AtomicLongArray(GUESTS);
    private final List<Task> guests = new ArrayList<>();
    private volatile boolean over;

    Gossip(Lab lab, Disk disk) throws IOException {
        try (BlockDevice device = lab.node("n1").open(disk.name())) {
            for (int guest = 0; guest < GUESTS; guest++) {
                device.zero(cell(device, guest), CELL);
            }
        }
        for (int guest = 0; guest < GUESTS; guest++) {
            int self = guest;
            BlockDevice device = lab.node("n" + (1 + guest)).open(disk.name());
            guests.add(Task.start(() -> gossip(device, self)));
        }
    }

    /** Cells lie far from each other, across a block boundary. */
    private static long cell(BlockDevice device, int guest) {
        long part = device.size() / (GUESTS + 1);
        return (1 + guest) * (part - part % device.blockSize()) - Long.BYTES;
    }

    private void gossip(BlockDevice device, int self) throws IOException {
        try (device) {
            while (!over) {
                ByteBuffer known = ByteBuffer.allocate(CELL);
                for (int guest = 0; guest < GUESTS; guest++) {
                    known.putLong(read(device, guest).getLong(guest * Long.BYTES));
                }
                long count = begun.incrementAndGet(self);
                known.putLong(self * Long.BYTES, count).flip();
                device.write(known, cell(device, self));
                returned.set(self, count);
            }
        }
    }

    private static ByteBuffer read(BlockDevice device, int guest) throws IOException {
        ByteBuffer cell = ByteBuffer.allocate(CELL);
        device.read(cell, cell(device, guest));
        return cell.flip();
    }

    long[] begun() {
        return copy(begun);
    }

    long[] returned() {
        return copy(returned);
    }

    private static long[] copy(AtomicLongArray counts) {
        long[] copy = new long[GUESTS];
        for (int guest = 0; guest < GUESTS; guest++) {
            copy[guest] = counts.get(guest);
        }
        return copy;
    }

    /** Nobody in the image knows more of another than the image does, and the image is as new as it must be. */
    void assertOneCut(BlockDevice image, long[] atLeast, long[] atMost) throws IOException {
        for (int guest = 0; guest < GUESTS; guest++) {
            long count = read(image, guest).getLong(guest * Long.BYTES);
            assertThat(count).as("count of guest %d", guest).isBetween(atLeast[guest], atMost[guest]);
            for (int other = 0; other < GUESTS; other++) {
                long known = read(image, other).getLong(guest * Long.BYTES);
                assertThat(known).as("what %d knows of %d", other, guest).isLessThanOrEqualTo(count);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Task guest : guests) {
            guest.join();
        }
    }
}

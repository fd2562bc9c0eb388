package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.hikae.api.block.BlockDevice;

/**
 * One of several who write to a disk at once, each bytes of its own, which share blocks with the others'. So it is known what
 * the disk can hold at any instant: of each one's writes the first so many.
 */
final class StripedGuest {
    /** Bytes; borders lie within blocks. */
    private static final int STRIPE = 10_000;

    private static final long PAUSE_NANOS = 500_000;

    /** A write, and its place in the order of all that happens: between the two numbers it took effect. */
    private record Write(long begun, long ended, int offset, byte[] bytes) {}

    /**
     * What a state of the disk has of this guest.
     *
     * @param begun number at which the last write that it has began
     * @param missing number at which the first write that it lacks ended
     */
    record Seen(long begun, long missing) {}

    private final int number;
    private final int guests;
    private final byte[] base;
    /** What the disk holds of this guest's bytes. */
    private final byte[] model;

    private final AtomicLong order;
    private final SplittableRandom random;
    /** Guarded by itself. */
    private final List<Write> writes = new ArrayList<>();

    private volatile boolean over;
    private Task task;

    /** @param base what the disk holds before */
    StripedGuest(int number, int guests, byte[] base, AtomicLong order, SplittableRandom random) {
        this.number = number;
        this.guests = guests;
        this.base = base;
        this.model = base.clone();
        this.order = order;
        this.random = random;
    }

    void start(BlockDevice device) {
        task = Task.start(() -> run(device));
    }

    private void run(BlockDevice device) throws Exception {
        try (device) {
            while (!over) {
                step(device);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            device.force();
        }
    }

    private void step(BlockDevice device) throws Exception {
        int stripes = base.length / STRIPE / guests;
        int stripe = (random.nextInt(stripes) * guests + number) * STRIPE;
        int from = random.nextInt(STRIPE);
        int length = 1 + random.nextInt(STRIPE - from);
        switch (random.nextInt(8)) {
            case 0 -> assertReads(device, stripe + from, length);
            case 1 -> device.force();
            case 2 -> change(device, stripe + from, new byte[length], true);
            default -> {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                change(device, stripe + from, bytes, false);
            }
        }
    }

    private void assertReads(BlockDevice device, int offset, int length) throws Exception {
        ByteBuffer found = ByteBuffer.allocate(length);
        device.read(found, offset);
        assertThat(Arrays.mismatch(found.array(), Arrays.copyOfRange(model, offset, offset + length)))
                .as("what guest %d reads at %d", number, offset)
                .isEqualTo(-1);
    }

    private void change(BlockDevice device, int offset, byte[] bytes, boolean zeros) throws Exception {
        long begun = order.incrementAndGet();
        if (zeros) {
            device.zero(offset, bytes.length);
        } else {
            device.write(ByteBuffer.wrap(bytes), offset);
        }
        System.arraycopy(bytes, 0, model, offset, bytes.length);
        synchronized (writes) {
            writes.add(new Write(begun, order.incrementAndGet(), offset, bytes));
        }
    }

    private int count() {
        synchronized (writes) {
            return writes.size();
        }
    }

    /** Waits until a few more writes have returned. */
    void awaitFurtherWrites() throws InterruptedException {
        int wanted = count() + 20;
        Awaitility.await().atMost(Services.DEADLINE).until(() -> count() >= wanted || task.done());
        if (task.done()) {
            task.join();
        }
    }

    void end() throws InterruptedException {
        over = true;
        task.join();
    }

    /** Puts what it has written last into a model of the whole disk. Once it has ended. */
    void addTo(byte[] whole) {
        for (int at = number * STRIPE; at + STRIPE <= base.length; at += guests * STRIPE) {
            System.arraycopy(model, at, whole, at, STRIPE);
        }
    }

    /**
     * Compares what the disk held at some instant, once this has ended.
     *
     * @throws AssertionError if it never held that
     */
    Seen seenIn(byte[] state, String about) {
        byte[] then = base.clone();
        long wrong = 0;
        for (int at = number * STRIPE; at + STRIPE <= base.length; at += guests * STRIPE) {
            wrong += different(then, state, at, at + STRIPE);
        }
        Seen first = wrong == 0 ? new Seen(0, endOf(0)) : null;
        Seen all = first;
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            int end = write.offset + write.bytes.length;
            wrong -= different(then, state, write.offset, end);
            System.arraycopy(write.bytes, 0, then, write.offset, write.bytes.length);
            wrong += different(then, state, write.offset, end);
            if (wrong == 0) {
                first = first == null ? new Seen(write.begun, 0) : first;
                all = new Seen(first.begun, endOf(i + 1));
            }
        }
        assertThat(all).as("guest %d in %s", number, about).isNotNull();
        return all;
    }

    private long endOf(int next) {
        return next < writes.size() ? writes.get(next).ended : Long.MAX_VALUE;
    }

    private static long different(byte[] one, byte[] other, int from, int to) {
        long count = 0;
        for (int i = from; i < to; i++) {
            count += one[i] == other[i] ? 0 : 1;
        }
        return count;
    }
}

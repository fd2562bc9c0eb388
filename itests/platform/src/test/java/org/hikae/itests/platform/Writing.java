package org.hikae.itests.platform;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;

/** A guest that writes without end, for tests of what else happens: no write of it may fail. */
final class Writing implements AutoCloseable {
    private static final long PAUSE_NANOS = 100_000;

    private final AtomicLong writes = new AtomicLong();
    private final Task task;
    private volatile boolean over;

    Writing(Lab lab, Disk disk) throws Exception {
        BlockDevice device = lab.node("n2").open(disk.name());
        task = Task.start(() -> write(device));
        awaitFurtherWrites();
    }

    private void write(BlockDevice device) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        try (device) {
            while (!over) {
                byte[] data = new byte[1 + random.nextInt(10_000)];
                random.nextBytes(data);
                device.write(ByteBuffer.wrap(data), random.nextLong(device.size() - data.length));
                writes.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Waits until a few more writes have returned. */
    void awaitFurtherWrites() throws InterruptedException {
        long wanted = writes.get() + 10;
        Awaitility.await().atMost(Services.DEADLINE).until(() -> writes.get() >= wanted || task.done());
        if (task.done()) {
            task.join();
            throw new AssertionError("the guest has ended");
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        task.join();
    }
}

package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.TrackingPoint;
import org.junit.jupiter.api.Test;

/** Several nodes write while epochs end, doors come and go, and logs run full. */
class ConcurrencyTest {

    private static final int WRITERS = 6;
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 5000 : 100;

    private static final int VISITS = 20 * ROUNDS;

    private final Lab lab = new Lab(3072);
    /** Stands for the gate: a write is let in for as long as it takes, and an instant waits for all. */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

    /** Everything written since the point in force; guarded by itself. */
    private final BlockSet.Builder[] since = {new BlockSet.Builder()};

    private volatile boolean enough;
    private int rounds;

    @Test
    void noWriteIsLost() throws Exception {
        AtomicReference<TrackingPoint> point = new AtomicReference<>(lab.backUp());
        whileNodesWrite(() -> point.set(round(point.get())));
        assertThat(lab.known(point.get())).isEqualTo(since[0].build());
        lab.kill();
        assertThat(since[0].build().minus(lab.known(point.get())).isEmpty()).isTrue();
    }

    /** Even if the nodes do not stand still, which makes the instant be made again, nothing is lost. */
    @Test
    void aHoldThatEndsTooEarlyLosesNothing() throws Exception {
        TrackingPoint point = lab.backUp();
        whileNodesWrite(() -> {
            lab.tracking.closeEpoch().giveBack();
            // Saves what is known of the epochs that ended.
            lab.tracking.closeEpoch().taken();
        });
        assertThat(lab.known(point)).isEqualTo(since[0].build());
    }

    /** R14: whoever comes while the disk is being left must not look like somebody else afterwards. */
    @Test
    void whoComesBackIsNotTakenForAnother() throws Exception {
        TrackingPoint point = lab.backUp();
        lab.recorder.close();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> visitors = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            visitors.add(threads.submit(() -> {
                for (int visit = 0; visit < VISITS; visit++) {
                    visit();
                }
                return null;
            }));
        }
        for (Future<?> visitor : visitors) {
            visitor.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(lab.known(point)).isEqualTo(BlockSet.range(1, 1));
    }

    private void visit() throws IOException {
        try (ChangeTracker.Recorder recorder = lab.tracking.join()) {
            recorder.record(new BlockRun(1, 1));
            synchronized (lab.stamps) {
                lab.stamps.version++;
            }
        }
    }

    private void whileNodesWrite(Runnable round) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int seed = i;
            writers.add(threads.submit(() -> {
                write(new SplittableRandom(seed));
                return null;
            }));
        }
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        enough = true;
        for (Future<?> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
    }

    private void write(SplittableRandom random) throws Exception {
        ChangeTracker.Recorder recorder = lab.tracking.join();
        while (!enough) {
            BlockRun run = new BlockRun(random.nextLong(Lab.BLOCKS - 20), 1 + random.nextLong(20));
            gate.readLock().lock();
            try {
                recorder.record(run);
                synchronized (since) {
                    since[0].add(run);
                }
            } finally {
                gate.readLock().unlock();
            }
            if (random.nextInt(100) == 0) {
                recorder.close();
                recorder = lab.tracking.join();
            }
        }
        recorder.close();
    }

    /** An instant, at which what is known is compared with what was written; and sometimes a backup that fails. */
    private TrackingPoint round(TrackingPoint point) {
        lab.tracking.prepare();
        ChangeTracker.Epoch epoch;
        BlockSet written;
        gate.writeLock().lock();
        try {
            epoch = lab.tracking.closeEpoch();
            synchronized (since) {
                written = since[0].build();
                since[0] = new BlockSet.Builder();
            }
        } finally {
            gate.writeLock().unlock();
        }
        assertThat(epoch.changedSince(point)).isEqualTo(new Changes.Known(written));
        if (rounds++ % 5 == 0) {
            checkKilled(epoch.point());
        }
        epoch.taken();
        return epoch.point();
    }

    /** Killed now, whatever is under way, the next platform knows the point, though it was never told of it. */
    private void checkKilled(TrackingPoint point) {
        Lab next = new Lab(lab.logBytes);
        next.stamps.version = lab.stamps.version;
        next.storage = lab.storage.copy();
        next.start();
        BlockRun block = new BlockRun(77, 1);
        try {
            next.write(77, 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(next.known(point).containsAll(block)).isTrue();
    }
}

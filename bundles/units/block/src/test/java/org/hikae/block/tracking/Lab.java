package org.hikae.block.tracking;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.TrackingPoint;

/** A disk of 100 regions, its folder, and the platform that tracks it, which can be killed and started again. */
final class Lab {

    static final int BLOCK = 4096;
    static final int PER_REGION = 256;
    static final int BLOCKS = 100 * PER_REGION - 10;
    static final UUID DISK = new UUID(1, 2);
    static final Instant NOON = Instant.parse("2026-11-05T12:00:00Z");

    final FakeStamps stamps = new FakeStamps((long) BLOCKS * BLOCK);
    final AtomicLong lineages = new AtomicLong();
    final int logBytes;
    CrashingStorage storage = new CrashingStorage();
    Tracking tracking;
    ChangeTracker.Recorder recorder;

    Lab(int logBytes) {
        this.logBytes = logBytes;
        start();
    }

    void start() {
        tracking = new Tracking(
                new Subject("d", DISK, BLOCK),
                new TrackingFiles(storage, logBytes),
                stamps,
                InstantSource.fixed(NOON),
                () -> new UUID(7, lineages.incrementAndGet()),
                Runnable::run);
        recorder = tracking.join();
    }

    /** The door closes, and the platform stops. */
    void stop() {
        recorder.close();
        tracking.close();
    }

    void stopAndStart() {
        stop();
        start();
    }

    /** The process is gone; what it had written into the folder is there. */
    void kill() {
        storage = storage.copy();
        start();
    }

    /** The power is gone. */
    void crash(RandomGenerator random) {
        storage = storage.crash(random);
        start();
    }

    /** A write as the door makes it. */
    void write(long first, long count) throws IOException {
        recorder.record(new BlockRun(first, count));
        stamps.version++;
    }

    /** A backup's instant, and its seal. */
    TrackingPoint backUp() {
        tracking.prepare();
        ChangeTracker.Epoch epoch = tracking.closeEpoch();
        epoch.taken();
        return epoch.point();
    }

    TrackingPoint mark(String name) throws IOException {
        tracking.prepare();
        return tracking.mark(tracking.closeEpoch().point(), name, NOON).point();
    }

    BlockSet known(TrackingPoint point) {
        Changes changes = tracking.changedSince(point);
        if (changes instanceof Changes.Known known) {
            return known.blocks();
        }
        throw new AssertionError(changes);
    }

    String unknown(TrackingPoint point) {
        Changes changes = tracking.changedSince(point);
        if (changes instanceof Changes.Unknown unknown) {
            return unknown.reason();
        }
        throw new AssertionError(changes);
    }

    static BlockSet region(long number) {
        return BlockSet.range(number * PER_REGION, Math.min(PER_REGION, BLOCKS - number * PER_REGION));
    }

    static BlockSet set(long... firstAndCount) {
        BlockSet.Builder set = new BlockSet.Builder();
        for (int i = 0; i < firstAndCount.length; i += 2) {
            set.add(new BlockRun(firstAndCount[i], firstAndCount[i + 1]));
        }
        return set.build();
    }

    List<String> files() {
        return storage.list();
    }
}

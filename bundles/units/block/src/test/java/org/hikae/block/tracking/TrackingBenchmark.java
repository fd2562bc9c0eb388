package org.hikae.block.tracking;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;

/** What tracking costs: per write, per first write of a region, and at an instant. Argument: a folder to work in. */
final class TrackingBenchmark {

    private static final int BLOCK = 4096;
    private static final int REGIONS = 4096;
    private static final int CALLS = 4_000_000;
    private static final int FIRST_WRITES = 2000;

    private final ChangeTracker tracking;
    private final ChangeTracker.Recorder recorder;

    private TrackingBenchmark(Path folder) throws IOException {
        Path disk = folder.resolve("disk");
        try (var file = new java.io.RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength((long) REGIONS << 20);
        }
        tracking =
                new Trackers(folder.resolve("tracking")).of("d", UUID.randomUUID(), disk, BLOCK, FileSystemStamp.NONE);
        recorder = tracking.join();
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "tracking");
        TrackingBenchmark benchmark = new TrackingBenchmark(folder);
        benchmark.firstWrites();
        for (int threads : new int[] {1, 1, 2, 4}) {
            benchmark.recorded(threads);
        }
        benchmark.instants();
        benchmark.recorder.close();
    }

    /** Blocks of regions that were never written, at random. */
    private void firstWrites() throws Exception {
        for (int threads : new int[] {1, 8}) {
            tracking.closeEpoch().taken();
            long nanos = inThreads(threads, FIRST_WRITES / threads, this::firstWrite);
            System.out.printf(
                    "first write of a region, %d threads: %.3f ms each, %.0f per second%n",
                    threads, nanos * threads / 1e6 / FIRST_WRITES, FIRST_WRITES * 1e9 / nanos);
        }
    }

    private void firstWrite(int thread, long i) throws IOException {
        // A stride that is prime to the number of regions comes to each of them once.
        recorder.record(new BlockRun((thread * 509 + i * 8 * 1021) % REGIONS * 256, 1));
    }

    /** Blocks of regions that are recorded, at random. */
    private void recorded(int threads) throws Exception {
        recorder.record(new BlockRun(0, REGIONS * 256L));
        tracking.closeEpoch().giveBack();
        recorder.record(new BlockRun(0, 1));
        for (long region = 0; region < REGIONS; region++) {
            recorder.record(new BlockRun(region * 256, 1));
        }
        List<SplittableRandom> randoms = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            randoms.add(new SplittableRandom(i));
        }
        long before = processorNanos();
        long nanos = inThreads(
                threads,
                CALLS / threads,
                (thread, i) -> recorder.record(new BlockRun(randoms.get(thread).nextLong(REGIONS * 256L), 1)));
        System.out.printf(
                "recorded region, %d threads: %.0f ns per call, %.0f of a processor%n",
                threads, (double) nanos * threads / CALLS, (double) (processorNanos() - before) / CALLS);
    }

    /** Of all threads: on a machine that is busy otherwise, this is what a call costs. */
    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private void instants() throws IOException {
        long prepare = 0;
        long close = 0;
        long taken = 0;
        int rounds = 300;
        for (int i = 0; i < rounds; i++) {
            recorder.record(new BlockRun(i * 256L, 1));
            long start = System.nanoTime();
            tracking.prepare();
            long prepared = System.nanoTime();
            ChangeTracker.Epoch epoch = tracking.closeEpoch();
            long closed = System.nanoTime();
            epoch.taken();
            prepare += prepared - start;
            close += closed - prepared;
            taken += System.nanoTime() - closed;
        }
        System.out.printf(
                "before the hold %.3f ms, in the hold %.3f ms, after the seal %.3f ms%n",
                prepare / 1e6 / rounds, close / 1e6 / rounds, taken / 1e6 / rounds);
    }

    /** Does something that often in each thread; the time until all are done. */
    private static long inThreads(int threads, long times, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> futures = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            futures.add(pool.submit(() -> {
                for (long time = 0; time < times; time++) {
                    work.run(thread, time);
                }
                return null;
            }));
        }
        for (Future<?> future : futures) {
            future.get();
        }
        long nanos = System.nanoTime() - start;
        pool.shutdown();
        return nanos;
    }

    /** What is measured. */
    @FunctionalInterface
    private interface Work {
        void run(int thread, long time) throws IOException;
    }
}

package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.store.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No test: figures of random reads from a cartridge with the times of LTO-9, which are only counted. {@code itests/bench/tape} runs
 * it. The cartridge is as large as a real one: its records are made when they are read.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RecallFigures {

    private static final long GB = 1_000_000_000L;
    private static final long CAPACITY = 18_000 * GB;
    private static final int PAYLOAD = RecordSizes.USUAL - RecordHeader.BYTES;
    private static final int BLOCKS = 1_000;
    private static final int READ = 64 << 10;

    /** A cartridge with one object that fills it up to a length. */
    private static final class LongTape extends FakeTape {

        private static final byte[] NOISE = Data.random(1, PAYLOAD);

        private final UUID session = UUID.randomUUID();
        private final long length;

        LongTape(long length) {
            super("HK0001L9");
            this.length = length;
        }

        Extent extent() {
            return new Extent(0, length, volume, 2, PAYLOAD);
        }

        @Override
        long end() {
            return 2 + (length + PAYLOAD - 1) / PAYLOAD;
        }

        @Override
        byte[] at(long position) {
            if (position < 2) {
                return super.at(position);
            }
            long offset = (position - 2) * PAYLOAD;
            int part = (int) Math.min(PAYLOAD, length - offset);
            ByteBuffer record = ByteBuffer.allocate(RecordHeader.BYTES + part);
            record.put(RecordHeader.BYTES, NOISE, 0, part);
            record.putLong(RecordHeader.BYTES, position);
            new RecordHeader(RecordHeader.Kind.DATA, part, position, session, 1, offset).seal(record);
            return record.array();
        }
    }

    /** From one place along the tape to another; 280 wraps go to and fro along its 1035 m, at 10 m/s. */
    private static long travel(long from, long to) {
        return (long) (Math.abs(place(from) - place(to)) * 1035 / 10 * 1e9);
    }

    private static double place(long position) {
        double wraps = (double) position * RecordSizes.USUAL / CAPACITY * 280;
        return (long) wraps % 2 == 0 ? wraps % 1 : 1 - wraps % 1;
    }

    @Test
    void aThousandRandomBlocks() throws Exception {
        for (long length : new long[] {100 * GB, 1_000 * GB, 17_000 * GB}) {
            run(length, true);
            run(length, false);
        }
    }

    private void run(long length, boolean together) throws Exception {
        try (Lab lab = new Lab(1, Limits.USUAL, 0)) {
            LongTape tape = new LongTape(length);
            lab.mounts.add(tape);
            lab.map.volume(tape);
            lab.map.add("a", length, new byte[32], List.of(tape.extent()));
            FakeDrive drive = lab.mounts.drives.get(0);
            drive.travel = RecallFigures::travel;
            long[] places = new SplittableRandom(7)
                    .longs(BLOCKS, 0, length / READ)
                    .map(block -> block * READ)
                    .toArray();
            long wall = System.nanoTime();
            if (together) {
                readTogether(lab, drive, places);
            } else {
                for (long place : places) {
                    read(lab, place);
                }
            }
            wall = System.nanoTime() - wall;
            System.out.println("FIGURE "
                    + String.format(
                            Locale.ROOT,
                            "%d blocks of %d KiB of %,d GB, %s: %,.0f s of a drive's time, %d locates, %,.1f GB read; %.1f s here, peak RSS %s",
                            BLOCKS,
                            READ >> 10,
                            length / GB,
                            together ? "at once" : "one by one",
                            lab.mounts.clock.get() / 1e9,
                            lab.mounts.jumps(),
                            lab.mounts.records() * (double) RecordSizes.USUAL / GB,
                            wall / 1e9,
                            peak()));
        }
    }

    private static void readTogether(Lab lab, FakeDrive drive, long[] places) throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        drive.hook = (any, operation) -> {
            try {
                all.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        List<CompletableFuture<Void>> reads = new ArrayList<>();
        for (long place : places) {
            reads.add(lab.go(() -> read(lab, place)));
        }
        long distinct = java.util.Arrays.stream(places)
                .map(place -> place >> 20)
                .distinct()
                .count();
        Lab.until(() -> lab.recall.asked() >= distinct);
        all.countDown();
        for (CompletableFuture<Void> each : reads) {
            each.get();
        }
    }

    private static Void read(Lab lab, long place) throws IOException {
        try (ObjectReader reader = lab.open("a")) {
            ByteBuffer buffer = ByteBuffer.allocate(READ);
            reader.read(buffer, place);
        }
        return null;
    }

    private static String peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .map(kib -> Long.parseLong(kib) / 1024 + " MiB")
                        .findFirst()
                        .orElse("?")
                : "?";
    }
}

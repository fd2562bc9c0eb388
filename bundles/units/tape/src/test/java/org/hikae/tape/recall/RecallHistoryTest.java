package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.tape.store.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Generated histories: many readers, and drives, cartridges and the buffer that fail meanwhile. Whatever is read is what was written;
 * as long as one copy of each object can be read, nobody fails.
 */
class RecallHistoryTest {

    private static final int READERS = 5;

    private static long seed() {
        return Long.getLong("hikae.seed", System.nanoTime());
    }

    @Test
    void ofADay() throws Exception {
        for (int i = 0; i < 3; i++) {
            run(seed() + i, 60);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void ofANight() throws Exception {
        for (int i = 0; i < 400; i++) {
            run(seed() + i, 200);
        }
    }

    private void run(long seed, int operations) throws Exception {
        try (History history = new History(new Random(seed))) {
            history.run(operations);
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private record Known(String name, byte[] bytes) {}

    private static final class History implements AutoCloseable {

        private final Random random;
        private final Lab lab;
        /** Nothing is wrong with it ever. */
        private final FakeTape sound;

        private final List<FakeTape> others = new ArrayList<>();
        private final List<Known> objects = new ArrayList<>();
        /** Whether each object has a copy on what is sound. */
        private final boolean safe;

        private final AtomicInteger failures = new AtomicInteger();

        History(Random random) {
            this.random = random;
            safe = random.nextBoolean();
            Limits limits = new Limits(
                    Lab.SLOT,
                    1 + random.nextInt(20),
                    1 + random.nextInt(10),
                    random.nextInt(50),
                    (1 + random.nextInt(50)) * Lab.SLOT,
                    Duration.ofSeconds(random.nextInt(3) * 10),
                    Duration.ofSeconds(random.nextInt(3) * 10),
                    Duration.ofMillis(1 + random.nextInt(20)),
                    Duration.ofSeconds(10));
            lab = new Lab(
                    1 + random.nextInt(2), limits, random.nextInt(4) == 0 ? 0 : (2 + random.nextInt(60)) * Lab.SLOT);
            lab.mounts.turn(random.nextInt(10) * FakeDrive.JUMP_NANOS);
            sound = lab.tape("HK0000");
            for (int i = 0; i <= random.nextInt(3); i++) {
                others.add(lab.tape("HK000" + (i + 1)));
            }
            for (int i = 0; i < 4; i++) {
                objects.add(object("object " + i));
            }
        }

        private Known object(String name) {
            byte[] bytes = Data.random(random.nextLong(), 1 + random.nextInt(200_000));
            int hole = random.nextInt(bytes.length);
            int end = random.nextBoolean() ? hole : hole + random.nextInt(bytes.length - hole);
            Arrays.fill(bytes, hole, end, (byte) 0);
            for (int copy = 0; copy <= random.nextInt(2); copy++) {
                write(name, bytes, hole, end, others);
            }
            if (safe) {
                write(name, bytes, hole, end, List.of(sound));
            }
            return new Known(name, bytes);
        }

        private void write(String name, byte[] bytes, int hole, int end, List<FakeTape> tapes) {
            List<Extent> extents = new ArrayList<>();
            int at = 0;
            while (at < bytes.length) {
                int next = Math.min(bytes.length, at + 1 + random.nextInt(60_000));
                FakeTape tape = tapes.get(random.nextInt(tapes.size()));
                add(extents, tape, bytes, at, Math.min(next, hole));
                add(extents, tape, bytes, Math.max(at, end), next);
                at = next;
            }
            lab.map.add(name, bytes, extents);
        }

        private void add(List<Extent> extents, FakeTape tape, byte[] bytes, int from, int to) {
            if (from < to) {
                extents.add(tape.write(bytes, from, to - from, 300 + random.nextInt(1_500)));
            }
        }

        void run(int operations) throws Exception {
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Random own = new Random(random.nextLong());
                readers.add(lab.go(() -> {
                    for (int n = 0; n < operations; n++) {
                        use(own);
                    }
                    return null;
                }));
            }
            while (!readers.stream().allMatch(CompletableFuture::isDone)) {
                disturb();
            }
            for (CompletableFuture<Void> each : readers) {
                Lab.get(each);
            }
            if (safe) {
                assertThat(failures).hasValue(0);
            }
            repair();
            for (Known known : objects) {
                try (ObjectReader reader = lab.open(known.name)) {
                    assertThat(Lab.read(reader, 0, known.bytes.length)).isEqualTo(known.bytes);
                }
            }
            Lab.until(lab::isIdle);
        }

        /** Opens an object, and reads some of it in some way. */
        private void use(Random own) throws IOException {
            Known known = objects.get(own.nextInt(objects.size()));
            try (ObjectReader reader = lab.open(known.name)) {
                assertThat(reader.length()).isEqualTo(known.bytes.length);
                int step = 1 + own.nextInt(20_000);
                int at = own.nextInt(known.bytes.length);
                boolean sequential = own.nextBoolean();
                for (int i = 0; i < 8 && at < known.bytes.length; i++) {
                    int length = Math.min(step, known.bytes.length - at);
                    if (own.nextInt(30) == 0) {
                        closeMeanwhile(reader, at, length);
                        return;
                    }
                    check(reader, known, at, length);
                    at = sequential ? at + length : own.nextInt(known.bytes.length);
                }
            }
        }

        private void check(ObjectReader reader, Known known, int at, int length) {
            byte[] read;
            try {
                read = Lab.read(reader, at, length);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("object " + known.name);
                failures.incrementAndGet();
                return;
            }
            assertThat(Arrays.equals(read, Lab.part(known.bytes, at, length))).isTrue();
            long data = nextData(reader, at);
            int zeros = (int) Math.min(data - at, length);
            assertThat(Arrays.equals(read, 0, zeros, new byte[zeros], 0, zeros)).isTrue();
        }

        private static long nextData(ObjectReader reader, int at) {
            try {
                return reader.nextData(at);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private void closeMeanwhile(ObjectReader reader, int at, int length) throws IOException {
            CompletableFuture<byte[]> read = lab.go(() -> Lab.read(reader, at, length));
            reader.close();
            read.exceptionally(e -> new byte[0]).join();
        }

        /** Something goes wrong, or right again. */
        private void disturb() throws IOException {
            FakeTape tape = others.get(random.nextInt(others.size()));
            FakeDrive drive = lab.mounts.drives.get(random.nextInt(lab.mounts.drives.size()));
            switch (random.nextInt(14)) {
                case 0 -> lab.mounts.remove(tape.barcode);
                case 1, 2 -> lab.mounts.bring(tape.barcode);
                case 3 -> lab.mounts.patient(random.nextInt(3) == 0);
                case 4 -> tape.bad.add((long) random.nextInt(tape.objects.size()));
                case 5 -> tape.bad.clear();
                case 6 -> fail(drive);
                case 7 -> lab.spaces.broken = random.nextInt(3) == 0 ? "the disk is gone" : null;
                case 8 -> lab.spaces.most = random.nextInt(3) == 0 ? Lab.SLOT * 5 : Long.MAX_VALUE;
                case 9 -> flip();
                case 10 -> move();
                case 11 -> lab.mounts.clock.addAndGet(Duration.ofSeconds(5).toNanos());
                case 12 -> lab.mounts.broken(!safe && random.nextInt(5) == 0 ? "no drive could load it" : null);
                default ->
                    lab.jobs.started().stream()
                            .filter(job -> !safe && random.nextInt(20) == 0)
                            .forEach(FakeJobs.Running::cancel);
            }
            // what is patient waits for nobody in particular
            if (random.nextInt(10) == 0) {
                lab.mounts.patient(false);
            }
            Thread.yield();
        }

        /** Safe histories have drives that fail with other cartridges alone. */
        private void fail(FakeDrive drive) {
            if (safe) {
                int often = random.nextInt(6);
                drive.hook = (any, operation) -> {
                    if (any.tape != sound && any.records.get() % 6 < often) {
                        throw new IOException("drive " + any.number + " failed");
                    }
                };
            } else {
                drive.failing.set(random.nextInt(8));
            }
        }

        private void flip() {
            for (FakeSpaces.Space space : lab.spaces.opened()) {
                int at = random.nextInt((int) space.length() - 10);
                space.flip(at, at + 10);
            }
        }

        private void move() {
            try {
                lab.recall.buffer(random.nextInt(5) == 0 ? "none" : "auto", (2 + random.nextInt(60)) * Lab.SLOT);
            } catch (IOException e) {
                assertThat(e).hasMessage("the disk is gone");
            }
        }

        private void repair() {
            others.forEach(tape -> {
                tape.bad.clear();
                lab.mounts.bring(tape.barcode);
            });
            lab.mounts.drives.forEach(drive -> {
                drive.failing.set(0);
                drive.hook = (any, operation) -> {};
            });
            lab.mounts.broken(null);
            lab.mounts.patient(false);
            lab.spaces.broken = null;
        }

        @Override
        public void close() {
            lab.close();
        }
    }
}

package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.media.spi.ObjectReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order cartridges are read, and how often a drive has to locate. */
class OrderTest {

    /** Nothing is passed over by reading. */
    private static final Limits NO_GAPS = limits(0, 1 << 20);

    private Lab lab = new Lab(1, NO_GAPS, 2_000 * Lab.SLOT);

    @AfterEach
    void close() {
        lab.close();
    }

    private void use(Lab other) {
        lab.close();
        lab = other;
    }

    private static Limits limits(int gap, long fair) {
        return new Limits(
                Lab.SLOT,
                16,
                8,
                gap,
                fair,
                Duration.ofDays(1),
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ofSeconds(30));
    }

    /** Reads one slot after another has been asked for, all at once, and waits until all have come. */
    private void readAtOnce(String name, byte[] bytes, List<Integer> slots) throws Exception {
        Gate gate = new Gate(lab.mounts.drives.get(0));
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (int slot : slots) {
            all.add(lab.go(() -> {
                try (ObjectReader reader = lab.open(name)) {
                    return Lab.read(reader, (long) slot * Lab.SLOT, Lab.SLOT);
                }
            }));
        }
        Lab.until(() -> lab.recall.asked() == slots.size());
        gate.open();
        for (int i = 0; i < slots.size(); i++) {
            assertThat(Lab.get(all.get(i))).isEqualTo(Lab.part(bytes, slots.get(i) * Lab.SLOT, Lab.SLOT));
        }
    }

    /** Holds a drive up, so that requests gather. */
    private static final class Gate {

        private final CountDownLatch open = new CountDownLatch(1);

        Gate(FakeDrive drive) {
            drive.hook = (any, operation) -> {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            };
        }

        void open() {
            open.countDown();
        }
    }

    private static List<Integer> shuffled(int number, int step, long seed) {
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            slots.add(i * step);
        }
        Collections.shuffle(slots, new Random(seed));
        return slots;
    }

    @Test
    void whatWasAskedForAtOnceIsReadInOneSweep() throws Exception {
        FakeTape tape = lab.tape("HK0001");
        byte[] bytes = lab.object("a", 400 * Lab.SLOT, tape);
        long begun = lab.mounts.clock.get();
        readAtOnce("a", bytes, shuffled(100, 4, 3));
        assertThat(lab.mounts.jumps()).isBetween(100L, 101L);
        // over the whole tape at most twice: the drive begins with whatever comes first
        long whole = tape.objects.size() * 100_000L;
        long moving = lab.mounts.clock.get()
                - begun
                - lab.mounts.jumps() * FakeDrive.JUMP_NANOS
                - lab.mounts.records() * FakeDrive.RECORD_NANOS;
        assertThat(moving).isLessThan(2 * whole);
    }

    @Test
    void neighboursAreReadWithoutLocating() throws Exception {
        FakeTape tape = lab.tape("HK0001");
        byte[] bytes = lab.object("a", 300 * Lab.SLOT, tape);
        readAtOnce("a", bytes, shuffled(200, 1, 4));
        assertThat(lab.mounts.jumps()).isLessThanOrEqualTo(2);
        // no record twice but where it had to go back once
        assertThat(lab.mounts.records()).isLessThanOrEqualTo(200 * Lab.SLOT / Lab.PAYLOAD + 10);
    }

    @Test
    void gapsArePassedWhereThatIsQuicker() throws Exception {
        use(new Lab(1, limits(4_096, 1 << 20), 2_000 * Lab.SLOT));
        FakeTape tape = lab.tape("HK0001");
        byte[] bytes = lab.object("a", 1_000 * Lab.SLOT, tape);
        readAtOnce("a", bytes, shuffled(100, 10, 5));
        assertThat(lab.mounts.jumps()).isLessThanOrEqualTo(2);
    }

    @Test
    void whoeverIsBehindIsNotPassedOverForEver() throws Exception {
        use(new Lab(1, limits(4_096, 40 * Lab.SLOT), 2_000 * Lab.SLOT));
        FakeTape tape = lab.tape("HK0001");
        byte[] bytes = lab.object("a", 3_000 * Lab.SLOT, tape);
        CompletableFuture<byte[]> behind;
        try (ObjectReader reader = lab.open("a");
                ObjectReader restore = lab.open("a")) {
            AtomicBoolean there = new AtomicBoolean();
            for (int slot = 1_000; slot < 1_100; slot++) {
                Lab.read(restore, (long) slot * Lab.SLOT, Lab.SLOT);
            }
            behind = lab.go(() -> Lab.read(reader, 0, 100)).thenApply(read -> {
                there.set(true);
                return read;
            });
            int slot = 1_100;
            while (!there.get()) {
                Lab.read(restore, (long) slot++ * Lab.SLOT, Lab.SLOT);
                assertThat(slot).isLessThan(3_000);
            }
        }
        assertThat(Lab.get(behind)).isEqualTo(Lab.part(bytes, 0, 100));
    }

    @Test
    void twoCartridgesTakeTurnsInOneDrive() throws Exception {
        byte[] a = lab.object("a", 200 * Lab.SLOT, lab.tape("HK0001"));
        byte[] b = lab.object("b", 200 * Lab.SLOT, lab.tape("HK0002"));
        lab.mounts.turn(20 * FakeDrive.JUMP_NANOS);
        CompletableFuture<Void> one = lab.go(() -> readAll("a", a, 1));
        CompletableFuture<Void> two = lab.go(() -> readAll("b", b, 2));
        Lab.get(one);
        Lab.get(two);
        assertThat(lab.mounts.history()).hasSizeBetween(2, 24);
    }

    private Void readAll(String name, byte[] bytes, long seed) throws IOException {
        try (ObjectReader reader = lab.open(name)) {
            for (int slot : shuffled(100, 2, seed)) {
                assertThat(Lab.read(reader, (long) slot * Lab.SLOT, 100))
                        .isEqualTo(Lab.part(bytes, slot * Lab.SLOT, 100));
            }
        }
        return null;
    }

    @Test
    void aSecondDriveServesWhoWantsAnotherCartridge() throws Exception {
        use(new Lab(2, NO_GAPS, 2_000 * Lab.SLOT));
        FakeTape one = lab.tape("HK0001");
        lab.object("a", 50 * Lab.SLOT, one);
        byte[] b = lab.object("b", 50 * Lab.SLOT, lab.tape("HK0002"));
        CountDownLatch stuck = new CountDownLatch(1);
        for (FakeDrive drive : lab.mounts.drives) {
            drive.hook = (any, operation) -> {
                if (any.tape == one && operation.equals("read")) {
                    stuck.countDown();
                    any.hang();
                }
            };
        }
        ObjectReader held = lab.open("a");
        CompletableFuture<byte[]> waiting = lab.go(() -> Lab.read(held, 0, 100));
        stuck.await();
        readAll("b", Lab.part(b, 0, 50 * Lab.SLOT), 0, 25);
        assertThat(waiting).isNotDone();
        held.close();
    }

    private void readAll(String name, byte[] bytes, int from, int to) throws IOException {
        try (ObjectReader reader = lab.open(name)) {
            for (int slot = from; slot < to; slot++) {
                assertThat(Lab.read(reader, (long) slot * Lab.SLOT, 100))
                        .isEqualTo(Lab.part(bytes, slot * Lab.SLOT, 100));
            }
        }
    }
}

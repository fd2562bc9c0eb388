package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.tape.home.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is read at random stays in the buffer, which may fail, and be moved, at any time. */
class BufferTest {

    private static final Duration MUCH = Duration.ofMinutes(1);

    /** Without it what the buffer does not give would come from memory. */
    private static final Limits NO_MEMORY = new Limits(
            Lab.SLOT,
            1,
            8,
            64,
            1 << 20,
            Duration.ofDays(1),
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofSeconds(30));

    private Lab lab = new Lab(1, NO_MEMORY, 64 * Lab.SLOT);
    private FakeTape tape = lab.tape("HK0001");
    private byte[] bytes = lab.object("a", 400_000, tape);

    @AfterEach
    void close() {
        lab.close();
    }

    private void size(int slots) {
        lab.close();
        lab = new Lab(1, NO_MEMORY, slots * Lab.SLOT);
        tape = lab.tape("HK0001");
        bytes = lab.object("a", 400_000, tape);
    }

    /** Also waits until what was read is in the buffer, or is found not to be. */
    private void check(ObjectReader reader, int slot) throws IOException {
        checkOnly(reader, slot);
        Lab.until(lab::isIdle);
    }

    private void checkOnly(ObjectReader reader, int slot) throws IOException {
        int at = slot * Lab.SLOT + 5;
        assertThat(Lab.read(reader, at, 300)).isEqualTo(Lab.part(bytes, at, 300));
    }

    @Test
    void aHotSetIsReadFromTapeOnce() throws Exception {
        Random random = new Random(5);
        try (ObjectReader reader = lab.open("a")) {
            for (int i = 0; i < 2_000; i++) {
                check(reader, random.nextInt(20) * 4);
            }
        }
        assertThat(lab.status().misses()).isEqualTo(20);
        // whoever comes while a slot is handed over gets it with the others
        assertThat(lab.status().hits()).isBetween(1_960L, 1_980L);
        Lab.until(() -> lab.status().usedBytes() == 20 * Lab.SLOT);
    }

    @Test
    void whatIsUsedOftenStaysThoughMuchElseIsRead() throws Exception {
        size(32);
        byte[] other = lab.object("b", 4_000_000, tape);
        Random random = new Random(5);
        try (ObjectReader reader = lab.open("a");
                ObjectReader cold = lab.open("b")) {
            for (int i = 0; i < 300; i++) {
                check(reader, random.nextInt(12) * 3);
            }
            for (int i = 0; i < 900; i++) {
                int at = random.nextInt(other.length - 100);
                assertThat(Lab.read(cold, at, 100)).isEqualTo(Lab.part(other, at, 100));
                check(reader, random.nextInt(12) * 3);
            }
            long misses = lab.status().misses();
            for (int i = 0; i < 12; i++) {
                check(reader, i * 3);
            }
            assertThat(lab.status().misses() - misses).isLessThanOrEqualTo(2);
        }
        assertThat(lab.status().usedBytes()).isLessThanOrEqualTo(32 * Lab.SLOT);
    }

    @Test
    void aSlotThatReadsWrongIsReadFromTapeAgain() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            check(reader, 10);
            lab.spaces.last().flip(200, 201);
            check(reader, 10);
            assertThat(lab.status().misses()).isEqualTo(2);
            check(reader, 10);
            assertThat(lab.status().misses()).isEqualTo(2);
            // what is wrong elsewhere in the slot is not looked at
            lab.spaces.last().flip(Lab.SLOT - 1, Lab.SLOT);
            check(reader, 10);
            assertThat(lab.status().misses()).isEqualTo(2);
        }
    }

    @Test
    void aBufferThatFailsIsTriedAgainAfterAWhile() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            check(reader, 10);
            lab.spaces.broken = "the disk is gone";
            for (int i = 0; i < 5; i++) {
                check(reader, 10 + i * 10);
            }
            assertThat(lab.status().problem()).contains("disk", "gone");
            assertThat(lab.status().medium()).isNull();
            assertThat(lab.spaces.openNow()).isZero();
            lab.spaces.broken = null;
            check(reader, 20);
            assertThat(lab.spaces.openNow()).isZero();
            lab.mounts.clock.addAndGet(MUCH.toNanos());
            check(reader, 10);
            check(reader, 20);
            long misses = lab.status().misses();
            check(reader, 10);
            check(reader, 20);
            assertThat(lab.status().misses()).isEqualTo(misses);
            assertThat(lab.status().problem()).isNull();
            assertThat(lab.status().medium()).isEqualTo("disk");
        }
    }

    @Test
    void aFullMediumKeepsWhatItHas() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            check(reader, 10);
            check(reader, 20);
            lab.spaces.most = 2 * Lab.SLOT;
            check(reader, 30);
            assertThat(lab.status().problem()).contains("medium disk is full");
            long misses = lab.status().misses();
            check(reader, 10);
            check(reader, 20);
            assertThat(lab.status().misses()).isEqualTo(misses);
            lab.spaces.most = Long.MAX_VALUE;
            check(reader, 40);
            check(reader, 40);
            assertThat(lab.status().misses()).isGreaterThanOrEqualTo(misses + 1);
            lab.mounts.clock.addAndGet(MUCH.toNanos());
            check(reader, 50);
            assertThat(lab.status().problem()).isNull();
            misses = lab.status().misses();
            check(reader, 50);
            assertThat(lab.status().misses()).isEqualTo(misses);
        }
    }

    @Test
    void aMediumThatIsNotThereYetIsLookedForAfterAWhile() throws Exception {
        lab.spaces.usual = null;
        Recall recall = new Recall(
                lab.map,
                lab.mounts,
                lab.spaces,
                lab.jobs,
                new Settings("auto", 16 << 20, MUCH),
                NO_MEMORY,
                lab.mounts.clock::get);
        try (ObjectReader reader = recall.open(Lab.MEDIUM, "a")) {
            assertThat(recall.status(MUCH).problem()).isNull();
            checkOnly(reader, 1);
            Lab.until(() -> recall.status(MUCH).problem() != null);
            assertThat(recall.status(MUCH).problem()).contains("no medium that can hold a buffer");
            assertThat(recall.status(MUCH).chosen()).isEqualTo("auto");
            lab.spaces.usual = "disk";
            lab.mounts.clock.addAndGet(MUCH.toNanos());
            checkOnly(reader, 1);
            checkOnly(reader, 2);
            Lab.until(() -> "disk".equals(recall.status(MUCH).medium()));
        } finally {
            recall.close();
        }
    }

    @Nested
    class Room {

        private final SlotBuffer buffer;
        private final FakeSpaces spaces = new FakeSpaces();

        Room() throws IOException {
            buffer = new SlotBuffer(spaces.open("disk", 17 * Lab.SLOT), Lab.SLOT);
        }

        private SlotKey key(int index) {
            return new SlotKey(new ObjectKey(new UUID(0, 1), "x", 1L << 40, "00"), index);
        }

        private ByteBuffer data(int index) {
            return ByteBuffer.wrap(Data.random(index, Lab.SLOT - index % 2));
        }

        @Test
        void ofWhatIsBeingReadIsNotUsedForOthers() throws Exception {
            assertThat(buffer.put(key(0), data(0))).isTrue();
            FakeSpaces.Space space = spaces.last();
            Semaphore reading = new Semaphore(0);
            CountDownLatch go = new CountDownLatch(1);
            space.beforeRead = () -> {
                reading.release();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            List<CompletableFuture<Boolean>> reads = new ArrayList<>();
            List<ByteBuffer> into = new ArrayList<>();
            int kept = 1;
            for (int i = 1; i < 200; i++) {
                int index = i - 1;
                if (buffer.contains(key(index))) {
                    ByteBuffer dst = ByteBuffer.allocate(1_000);
                    into.add(dst);
                    reads.add(CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return buffer.read(key(index), 77, dst);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            task -> new Thread(task).start()));
                    reading.acquire();
                }
                kept += buffer.put(key(i), data(i)) ? 1 : 0;
            }
            // everything is pinned: nothing can be put
            assertThat(kept).isLessThanOrEqualTo(17);
            assertThat(buffer.usedBytes()).isEqualTo(17 * Lab.SLOT);
            assertThat(buffer.put(key(1_000), data(0))).isFalse();
            go.countDown();
            for (int i = 0; i < reads.size(); i++) {
                assertThat(Lab.get(reads.get(i))).isTrue();
                assertThat(into.get(i).array()).isIn((Object[]) expected());
            }
            space.beforeRead = () -> {};
            assertThat(buffer.put(key(1_000), data(0))).isTrue();
            assertThat(buffer.usedBytes()).isLessThanOrEqualTo(16 * Lab.SLOT);
        }

        private byte[][] expected() {
            byte[][] all = new byte[200][];
            for (int i = 0; i < 200; i++) {
                all[i] = Lab.part(data(i).array(), 77, 1_000);
            }
            return all;
        }

        @Test
        void isGivenBackByWhatCouldNotBeWritten() throws Exception {
            spaces.broken = "gone";
            for (int i = 0; i < 100; i++) {
                int index = i;
                assertThatThrownBy(() -> buffer.put(key(index), data(index))).hasMessage("gone");
            }
            assertThat(buffer.usedBytes()).isZero();
            spaces.broken = null;
            for (int i = 0; i < 100; i++) {
                assertThat(buffer.put(key(i % 5), data(i % 5))).isTrue();
            }
            assertThat(buffer.usedBytes()).isEqualTo(5 * Lab.SLOT);
        }

        @Test
        void reachesToTheEndOfAShortSlot() throws Exception {
            buffer.put(key(1), data(1));
            ByteBuffer dst = ByteBuffer.allocate(10);
            assertThat(buffer.read(key(1), Lab.SLOT - 11, dst)).isTrue();
            assertThat(dst.array()).isEqualTo(Lab.part(data(1).array(), Lab.SLOT - 11, 10));
            ByteBuffer whole = ByteBuffer.allocate(Lab.SLOT - 1);
            assertThat(buffer.read(key(1), 0, whole)).isTrue();
            assertThat(whole.array()).isEqualTo(data(1).array());
        }
    }

    @Test
    void isMovedWhileItIsUsed() throws Exception {
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            readers.add(lab.go(() -> {
                try (ObjectReader reader = lab.open("a")) {
                    while (end.getCount() > 0) {
                        checkOnly(reader, random.nextInt(97));
                    }
                }
                return null;
            }));
        }
        for (int i = 0; i < 60; i++) {
            long hits = lab.status().hits();
            Lab.until(() -> lab.status().hits() > hits + 20 || readers.stream().anyMatch(CompletableFuture::isDone));
            lab.recall.buffer("disk" + i, (20 + i % 7 * 10) * Lab.SLOT);
            assertThat(lab.spaces.openNow()).isEqualTo(1);
        }
        end.countDown();
        for (CompletableFuture<Void> each : readers) {
            Lab.get(each);
        }
        assertThat(lab.status().medium()).isEqualTo("disk59");
        assertThat(lab.status().problem()).isNull();
    }

    @Test
    void staysWhereItIsIfItCannotBeMoved() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            check(reader, 10);
            lab.spaces.broken = "no such medium";
            assertThatThrownBy(() -> lab.recall.buffer("other", 32 * Lab.SLOT)).hasMessage("no such medium");
            lab.spaces.broken = null;
            check(reader, 10);
            assertThat(lab.status().misses()).isEqualTo(1);
            assertThat(lab.status().chosen()).isEqualTo("auto");
            lab.recall.buffer("none", 32 * Lab.SLOT);
            assertThat(lab.status().medium()).isNull();
            assertThat(lab.spaces.openNow()).isZero();
            check(reader, 10);
            lab.recall.buffer("auto", 32 * Lab.SLOT);
            check(reader, 20);
            assertThat(lab.spaces.openNow()).isEqualTo(1);
        }
    }
}

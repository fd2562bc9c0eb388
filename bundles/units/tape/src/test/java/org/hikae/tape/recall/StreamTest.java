package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.media.spi.ObjectReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who reads in sequence is read ahead for, past the buffer, in bounded memory. */
class StreamTest {

    private final Lab lab = new Lab(1);
    private final FakeTape tape = lab.tape("HK0001");

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void readsWithoutLocatingAndPastTheBuffer() throws Exception {
        byte[] bytes = lab.object("a", 1_000_000, tape);
        try (ObjectReader reader = lab.open("a")) {
            for (int at = 0; at < bytes.length; at += 2_500) {
                assertThat(Lab.read(reader, at, 2_500)).isEqualTo(Lab.part(bytes, at, 2_500));
            }
        }
        assertThat(lab.mounts.jumps()).isZero();
        assertThat(lab.mounts.records()).isLessThan(1_010);
        Lab.until(lab::isIdle);
        assertThat(lab.status().usedBytes()).isLessThanOrEqualTo(6 * Lab.SLOT);
        assertThat(lab.status().bypassed()).isGreaterThan(900_000);
    }

    @Test
    void severalWorkersShareOneStream() throws Exception {
        byte[] bytes = lab.object("a", 2_000_000, tape);
        AtomicLong next = new AtomicLong();
        List<CompletableFuture<Void>> workers = new ArrayList<>();
        try (ObjectReader reader = lab.open("a")) {
            for (int i = 0; i < 4; i++) {
                workers.add(lab.go(() -> {
                    for (int at = (int) next.getAndAdd(5_000); at < bytes.length; at = (int) next.getAndAdd(5_000)) {
                        assertThat(Lab.read(reader, at, 5_000)).isEqualTo(Lab.part(bytes, at, 5_000));
                    }
                    return null;
                }));
            }
            for (CompletableFuture<Void> each : workers) {
                Lab.get(each);
            }
        }
        assertThat(lab.mounts.jumps()).isLessThan(40);
        assertThat(lab.mounts.records()).isLessThan(2_600);
    }

    @Test
    void skippingALittleIsStillASequence() throws Exception {
        byte[] bytes = lab.object("a", 1_000_000, tape);
        try (ObjectReader reader = lab.open("a")) {
            for (int at = 0; at + 8_000 < bytes.length; at += 12_000) {
                assertThat(Lab.read(reader, at, 8_000)).isEqualTo(Lab.part(bytes, at, 8_000));
            }
        }
        assertThat(lab.mounts.jumps()).isZero();
        assertThat(lab.status().bypassed()).isGreaterThan(700_000);
    }

    @Test
    void moreReadersThanMemoryAllComeToTheEnd() throws Exception {
        byte[] bytes = lab.object("a", 600_000, tape);
        byte[] other = lab.object("b", 600_000, tape);
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean first = i % 2 == 0;
            int step = 1_000 * (i + 1);
            readers.add(lab.go(() -> {
                byte[] expected = first ? bytes : other;
                try (ObjectReader reader = lab.open(first ? "a" : "b")) {
                    for (int at = 0; at + step <= expected.length; at += step) {
                        assertThat(Lab.read(reader, at, step)).isEqualTo(Lab.part(expected, at, step));
                    }
                }
                return null;
            }));
        }
        for (CompletableFuture<Void> each : readers) {
            Lab.get(each);
        }
    }

    @Test
    void readingAtRandomIsNoSequence() throws Exception {
        byte[] bytes = lab.object("a", 2_000_000, tape);
        Random random = new Random(8);
        try (ObjectReader reader = lab.open("a")) {
            for (int i = 0; i < 300; i++) {
                int at = random.nextInt(bytes.length - 100);
                assertThat(Lab.read(reader, at, 100)).isEqualTo(Lab.part(bytes, at, 100));
            }
        }
        assertThat(lab.status().bypassed()).isZero();
    }

    @Test
    void oneReaderIsToldFromOthersOfTheSameObject() throws Exception {
        byte[] bytes = lab.object("a", 2_000_000, tape);
        Random random = new Random(8);
        try (ObjectReader reader = lab.open("a")) {
            for (int at = 0; at < 400_000; at += 4_000) {
                assertThat(Lab.read(reader, at, 4_000)).isEqualTo(Lab.part(bytes, at, 4_000));
                assertThat(Lab.read(reader, 1_000_000 + at, 4_000)).isEqualTo(Lab.part(bytes, 1_000_000 + at, 4_000));
                if (at % 40_000 == 0) {
                    Lab.read(reader, 500_000 + random.nextInt(400_000), 10);
                }
            }
        }
        assertThat(lab.status().bypassed()).isGreaterThan(600_000);
        // a window is read in one go
        assertThat(lab.mounts.jumps()).isLessThan(150);
    }

    @Test
    void whoGoesAwayLeavesNothingBehind() throws Exception {
        byte[] bytes = lab.object("a", 2_000_000, tape);
        for (int i = 0; i < 30; i++) {
            try (ObjectReader reader = lab.open("a")) {
                for (int at = i * 50_000; at < i * 50_000 + 30_000; at += 5_000) {
                    assertThat(Lab.read(reader, at, 5_000)).isEqualTo(Lab.part(bytes, at, 5_000));
                }
            }
        }
        Lab.until(lab::isIdle);
        // memory is there for the next one
        lab.mounts.clock.addAndGet(Duration.ofSeconds(1).toNanos());
        long before = lab.status().bypassed();
        try (ObjectReader reader = lab.open("a")) {
            for (int at = 1_700_000; at < 1_900_000; at += 5_000) {
                Lab.read(reader, at, 5_000);
            }
        }
        assertThat(lab.status().bypassed() - before).isGreaterThan(150_000);
    }

    @Test
    void whatIsAheadIsTakenFromTheBufferIfItIsThere() throws Exception {
        byte[] bytes = lab.object("a", 400_000, tape);
        try (ObjectReader reader = lab.open("a")) {
            for (int slot = 96; slot >= 0; slot -= 2) {
                Lab.read(reader, slot * Lab.SLOT, 10);
            }
            Lab.until(lab::isIdle);
            long hits = lab.status().hits();
            for (int at = 0; at + 5_000 < bytes.length; at += 5_000) {
                assertThat(Lab.read(reader, at, 5_000)).isEqualTo(Lab.part(bytes, at, 5_000));
            }
            assertThat(lab.status().hits()).isGreaterThan(hits + 40);
        }
    }
}

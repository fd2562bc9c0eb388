package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.tape.store.Extent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading what is on tape, as long as nothing fails. */
class RecallTest {

    private Lab lab = new Lab(1);
    private final FakeTape tape = lab.tape("HK0001");

    @AfterEach
    void close() {
        lab.close();
    }

    private void use(Lab other) {
        lab.close();
        lab = other;
    }

    @Test
    void anyBytesAreThoseThatWereWritten() throws Exception {
        byte[] bytes = lab.object("a", 50_000, tape);
        try (ObjectReader reader = lab.open("a")) {
            assertThat(reader.length()).isEqualTo(50_000);
            for (int[] range : new int[][] {
                {0, 1}, {0, 50_000}, {49_999, 1}, {4095, 2}, {4096, 4096}, {12_345, 20_000}, {50_000, 0}
            }) {
                assertThat(Lab.read(reader, range[0], range[1])).isEqualTo(Lab.part(bytes, range[0], range[1]));
            }
        }
    }

    @Test
    void anEmptyObjectIsReadWithoutADrive() throws Exception {
        lab.map.add("empty", new byte[0], List.of());
        try (ObjectReader reader = lab.open("empty")) {
            assertThat(reader.length()).isZero();
            assertThat(Lab.read(reader, 0, 0)).isEmpty();
            assertThat(reader.nextData(0)).isZero();
        }
        assertThat(lab.mounts.history()).isEmpty();
    }

    @Test
    void onlyTheBuffersOwnPartIsFilled() throws Exception {
        byte[] bytes = lab.object("Größe 大", 10_000, tape);
        try (ObjectReader reader = lab.open("Größe 大")) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(9_000);
            buffer.position(100).limit(8_100);
            reader.read(buffer, 500);
            assertThat(buffer.position()).isEqualTo(8_100);
            assertThat(buffer.limit()).isEqualTo(8_100);
            byte[] all = new byte[9_000];
            buffer.clear().get(all);
            assertThat(Lab.part(all, 100, 8_000)).isEqualTo(Lab.part(bytes, 500, 8_000));
            assertThat(Lab.part(all, 0, 100)).containsOnly(0);
            assertThat(Lab.part(all, 8_100, 900)).containsOnly(0);
        }
    }

    @Test
    void whatIsNotInTheObjectIsRefused() throws Exception {
        lab.object("a", 10_000, tape);
        ObjectReader reader = lab.open("a");
        assertThatThrownBy(() -> Lab.read(reader, 9_999, 2))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("10000");
        assertThatThrownBy(() -> Lab.read(reader, Long.MAX_VALUE, 1)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> Lab.read(reader, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reader.nextData(10_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(5).asReadOnlyBuffer(), 0))
                .isInstanceOf(ReadOnlyBufferException.class);
        reader.close();
        reader.close();
        assertThatThrownBy(() -> Lab.read(reader, 0, 1)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> reader.nextData(0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> lab.open("b"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("b");
    }

    @Test
    void holesAreZerosAndNotOnTape() throws Exception {
        byte[] bytes = Data.random(7, 40_000);
        java.util.Arrays.fill(bytes, 3_000, 20_000, (byte) 0);
        java.util.Arrays.fill(bytes, 21_000, 39_000, (byte) 0);
        List<Extent> extents = List.of(
                tape.write(bytes, 0, 3_000, Lab.PAYLOAD),
                tape.write(bytes, 20_000, 1_000, 300),
                tape.write(bytes, 39_000, 1_000, Lab.PAYLOAD));
        lab.map.add("sparse", bytes, extents);
        try (ObjectReader reader = lab.open("sparse")) {
            assertThat(Lab.read(reader, 8_192, 8_192)).containsOnly(0);
            assertThat(lab.mounts.history()).isEmpty();
            assertThat(Lab.read(reader, 0, 40_000)).isEqualTo(bytes);
            assertThat(reader.nextData(0)).isZero();
            assertThat(reader.nextData(3_000)).isEqualTo(20_000);
            assertThat(reader.nextData(20_500)).isEqualTo(20_500);
            assertThat(reader.nextData(21_000)).isEqualTo(39_000);
            assertThat(reader.nextData(40_000)).isEqualTo(40_000);
        }
        lab.map.add("hole", new byte[10_000], List.of());
        try (ObjectReader reader = lab.open("hole")) {
            assertThat(reader.nextData(5)).isEqualTo(10_000);
            assertThat(Lab.read(reader, 5, 9_000)).containsOnly(0);
        }
    }

    @Test
    void aSlotOnTwoCartridgesIsPutTogether() throws Exception {
        FakeTape other = lab.tape("HK0002");
        byte[] bytes = Data.random(9, 30_000);
        lab.copy("a", bytes, tape, other, tape);
        try (ObjectReader reader = lab.open("a")) {
            assertThat(Lab.read(reader, 9_000, 2_000)).isEqualTo(Lab.part(bytes, 9_000, 2_000));
            assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
        }
    }

    @Test
    void stripesOfSeveralObjectsAreReadOnTheWay() throws Exception {
        byte[] a = Data.random(1, 60_000);
        byte[] b = Data.random(2, 60_000);
        List<Extent> ofA = new ArrayList<>();
        List<Extent> ofB = new ArrayList<>();
        for (int at = 0; at < 60_000; at += 6_000) {
            ofA.add(tape.write(a, at, 6_000, Lab.PAYLOAD));
            ofB.add(tape.write(b, at, 6_000, Lab.PAYLOAD));
        }
        lab.map.add("a", a, ofA);
        lab.map.add("b", b, ofB);
        try (ObjectReader readerA = lab.open("a");
                ObjectReader readerB = lab.open("b")) {
            CompletableFuture<byte[]> other = lab.go(() -> Lab.read(readerB, 0, 60_000));
            assertThat(Lab.read(readerA, 0, 60_000)).isEqualTo(a);
            assertThat(Lab.get(other)).isEqualTo(b);
        }
    }

    @Test
    void whatWasReadIsInTheBuffer() throws Exception {
        byte[] bytes = lab.object("a", 100_000, tape);
        try (ObjectReader reader = lab.open("a")) {
            Lab.read(reader, 50_000, 100);
            Lab.until(lab::isIdle);
            long records = lab.mounts.records();
            for (int i = 0; i < 10; i++) {
                assertThat(Lab.read(reader, 50_000 + i * 50, 100)).isEqualTo(Lab.part(bytes, 50_000 + i * 50, 100));
            }
            assertThat(lab.mounts.records()).isEqualTo(records);
        }
        try (ObjectReader reader = lab.open("a")) {
            assertThat(Lab.read(reader, 50_000, 100)).isEqualTo(Lab.part(bytes, 50_000, 100));
        }
        assertThat(lab.status().hits()).isEqualTo(11);
        assertThat(lab.status().misses()).isEqualTo(1);
        assertThat(lab.status().usedBytes()).isEqualTo(Lab.SLOT);
        assertThat(lab.status().medium()).isEqualTo("disk");
        assertThat(lab.status().problem()).isNull();
    }

    @Test
    void anObjectThatIsMadeAnewIsNotTheOldOne() throws Exception {
        lab.object("a", 10_000, tape);
        try (ObjectReader reader = lab.open("a")) {
            Lab.read(reader, 0, 100);
        }
        lab.map.forget("a");
        byte[] other = Data.random(99, 10_000);
        lab.copy("a", other, tape);
        try (ObjectReader reader = lab.open("a")) {
            assertThat(Lab.read(reader, 0, 100)).isEqualTo(Lab.part(other, 0, 100));
        }
    }

    @Test
    void manyWhoWantTheSameSlotLetItBeReadOnce() throws Exception {
        byte[] bytes = lab.object("a", 20_000, tape);
        lab.mounts.remove("HK0001");
        lab.mounts.patient(true);
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        List<ObjectReader> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ObjectReader reader = lab.open("a");
            readers.add(reader);
            int at = 4_096 + i * 100;
            all.add(lab.go(() -> Lab.read(reader, at, 200)));
        }
        Lab.until(() -> lab.status().waiting() != null);
        assertThat(lab.status().waiting()).contains("HK0001");
        readers.get(7).close();
        assertThatThrownBy(() -> Lab.get(all.get(7))).isInstanceOf(IOException.class);
        lab.mounts.bring("HK0001");
        for (int i = 0; i < 20; i++) {
            if (i != 7) {
                assertThat(Lab.get(all.get(i))).isEqualTo(Lab.part(bytes, 4_096 + i * 100, 200));
            }
        }
        assertThat(lab.status().misses()).isEqualTo(1);
    }

    @Test
    void whoClosesDoesNotWaitAnyMoreAndNobodyMountsForHim() throws Exception {
        lab.object("a", 20_000, tape);
        lab.mounts.remove("HK0001");
        lab.mounts.patient(true);
        ObjectReader reader = lab.open("a");
        CompletableFuture<byte[]> read = lab.go(() -> Lab.read(reader, 0, 20_000));
        Lab.until(() -> lab.mounts.waiting() == 1);
        reader.close();
        assertThatThrownBy(() -> Lab.get(read)).hasCauseInstanceOf(AsynchronousCloseException.class);
        Lab.until(() -> lab.mounts.waiting() == 0);
        lab.mounts.bring("HK0001");
        try (ObjectReader again = lab.open("a")) {
            Lab.read(again, 0, 20_000);
        }
    }

    @Test
    void whoIsInterruptedDoesNotWaitAnyMore() throws Exception {
        byte[] bytes = lab.object("a", 20_000, tape);
        lab.mounts.remove("HK0001");
        lab.mounts.patient(true);
        try (ObjectReader reader = lab.open("a")) {
            CountDownLatch begun = new CountDownLatch(1);
            Thread[] thread = new Thread[1];
            CompletableFuture<Boolean> read = lab.go(() -> {
                thread[0] = Thread.currentThread();
                begun.countDown();
                assertThatThrownBy(() -> Lab.read(reader, 0, 20_000)).isInstanceOf(InterruptedIOException.class);
                return Thread.interrupted();
            });
            begun.await();
            Lab.until(() -> lab.mounts.waiting() == 1);
            thread[0].interrupt();
            assertThat(Lab.get(read)).isTrue();
            Lab.until(() -> lab.mounts.waiting() == 0);
            lab.mounts.bring("HK0001");
            assertThat(Lab.read(reader, 0, 20_000)).isEqualTo(bytes);
        }
    }

    @Test
    void endingEndsWhatWaits() throws Exception {
        lab.object("a", 20_000, tape);
        lab.mounts.remove("HK0001");
        lab.mounts.patient(true);
        ObjectReader reader = lab.open("a");
        CompletableFuture<byte[]> read = lab.go(() -> Lab.read(reader, 0, 20_000));
        Lab.until(() -> lab.mounts.waiting() == 1);
        lab.recall.close();
        assertThatThrownBy(() -> Lab.get(read)).hasMessageContaining("tape control ends");
        assertThatThrownBy(() -> Lab.read(reader, 0, 1)).hasMessageContaining("tape control ends");
        assertThat(lab.mounts.waiting()).isZero();
    }

    @Test
    void endingEndsWhatADriveDoes() throws Exception {
        lab.object("a", 20_000, tape);
        ObjectReader reader = lab.open("a");
        CountDownLatch hanging = new CountDownLatch(1);
        lab.mounts.drives.get(0).hook = (drive, operation) -> {
            if (operation.equals("read")) {
                hanging.countDown();
                drive.hang();
            }
        };
        CompletableFuture<byte[]> read = lab.go(() -> Lab.read(reader, 8_000, 100));
        hanging.await();
        lab.recall.close();
        assertThatThrownBy(() -> Lab.get(read)).hasMessageContaining("tape control ends");
        assertThat(lab.mounts.mounted()).isZero();
        assertThat(lab.mounts.suspected()).isEmpty();
    }

    @Test
    void withoutABufferWhatWasReadJustNowIsStillThere() throws Exception {
        use(new Lab(1, Lab.LIMITS, 0));
        FakeTape tape = lab.tape("HK0001");
        byte[] bytes = lab.object("a", 50_000, tape);
        try (ObjectReader reader = lab.open("a")) {
            for (int i = 0; i < 8; i++) {
                assertThat(Lab.read(reader, 20_480 + i * 512, 512)).isEqualTo(Lab.part(bytes, 20_480 + i * 512, 512));
            }
        }
        assertThat(lab.status().misses()).isEqualTo(1);
        assertThat(lab.status().bypassed()).isEqualTo(Lab.SLOT);
        assertThat(lab.status().medium()).isNull();
        assertThat(lab.status().chosen()).isEqualTo("none");
        assertThat(lab.status().problem()).isNull();
    }
}

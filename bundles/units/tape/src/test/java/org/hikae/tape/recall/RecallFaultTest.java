package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.tape.mount.CartridgeAbsentException;
import org.hikae.tape.store.Extent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Reading what is on tape when drives, cartridges or what is known of them fail. */
class RecallFaultTest {

    private Lab lab = new Lab(1);

    @AfterEach
    void close() {
        lab.close();
    }

    private void use(Lab other) {
        lab.close();
        lab = other;
    }

    @Nested
    class Damage {

        @Test
        void isReadFromTheOtherCopyAndTheFirstIsDoubted() throws Exception {
            FakeTape one = lab.tape("HK0001");
            FakeTape two = lab.tape("HK0002");
            byte[] bytes = Data.random(1, 30_000);
            long first = lab.copy("a", bytes, one);
            lab.copy("a", bytes, two);
            one.bad.add(12L);
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
            assertThat(lab.map.doubts()).containsOnlyKeys(first);
            assertThat(lab.map.doubts().get(first)).contains("HK0001", "12");
        }

        @Test
        void ofTheOnlyCopyNamesObjectCartridgeAndCause() throws Exception {
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 30_000, one);
            one.bad.add(12L);
            try (ObjectReader reader = lab.open("a")) {
                assertThatThrownBy(() -> Lab.read(reader, 0, 30_000))
                        .isInstanceOf(IOException.class)
                        .hasMessageContainingAll("object a", "cartridge HK0001", "position 12", "damaged");
                assertThat(Lab.read(reader, 20_480, 1_000)).isEqualTo(Lab.part(bytes, 20_480, 1_000));
                one.bad.clear();
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
        }

        @Test
        void thatADriveSeesAndAnotherDoesNotIsTheDrives() throws Exception {
            use(new Lab(2));
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 30_000, one);
            lab.mounts.drives.get(0).deaf = true;
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
            assertThat(lab.map.doubts()).isEmpty();
            assertThat(lab.mounts.suspected()).containsExactly(lab.mounts.drives.get(0));
        }

        @Test
        void atManyPlacesDoesNotChangeDrivesForEach() throws Exception {
            FakeTape one = lab.tape("HK0001");
            FakeTape two = lab.tape("HK0002");
            byte[] bytes = Data.random(1, 200_000);
            lab.copy("a", bytes, one);
            lab.copy("a", bytes, two);
            for (long bad = 5; bad < 200; bad += 9) {
                one.bad.add(bad);
            }
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 200_000)).isEqualTo(bytes);
            }
            assertThat(lab.mounts.history().stream().filter(what -> what.startsWith("suspect")))
                    .hasSizeLessThan(6);
        }

        @Test
        void isSeenWhateverTheDriveSays() throws Exception {
            FakeTape one = lab.tape("HK0001");
            FakeTape two = lab.tape("HK0002");
            byte[] bytes = Data.random(1, 30_000);
            lab.copy("a", bytes, one);
            lab.copy("a", bytes, two);
            one.objects.get(7)[500] ^= 1;
            // whole records, but of other places
            one.objects.set(15, one.objects.get(16));
            one.objects.set(20, null);
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
        }

        @Test
        void aCartridgeThatEndsTooSoonIsDamaged() throws Exception {
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 30_000, one);
            one.objects.subList(10, one.objects.size()).clear();
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 4_096)).isEqualTo(Lab.part(bytes, 0, 4_096));
                assertThatThrownBy(() -> Lab.read(reader, 0, 30_000)).hasMessageContainingAll("HK0001", "no record");
                assertThatThrownBy(() -> Lab.read(reader, 29_000, 1_000))
                        .hasMessageContainingAll("HK0001", "ends at 10");
            }
        }

        @Test
        void inAGapThatNobodyWantsDoesNotMatter() throws Exception {
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 60_000, one);
            one.bad.add(14L);
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 100)).isEqualTo(Lab.part(bytes, 0, 100));
                assertThat(Lab.read(reader, 20_480, 100)).isEqualTo(Lab.part(bytes, 20_480, 100));
            }
            assertThat(lab.map.doubts()).isEmpty();
        }
    }

    @Nested
    class Drives {

        @Test
        void thatFailAreChangedForOthers() throws Exception {
            use(new Lab(2));
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 30_000, one);
            lab.mounts.drives.get(0).failing.set(Integer.MAX_VALUE);
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
            assertThat(lab.map.doubts()).isEmpty();
            assertThat(lab.mounts.suspected()).hasSize(1);
        }

        @Test
        void thatFailNowAndThenDoNotFailReaders() throws Exception {
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 300_000, one);
            int[] count = new int[1];
            lab.mounts.drives.get(0).hook = (drive, operation) -> {
                if (++count[0] % 7 == 0) {
                    throw new IOException("a cable is loose");
                }
            };
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 300_000)).isEqualTo(bytes);
            }
            assertThat(lab.map.doubts()).isEmpty();
        }

        @Test
        void whenAllFailAreNotTheCopysFault() throws Exception {
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 30_000, one);
            lab.mounts.drives.get(0).failing.set(Integer.MAX_VALUE);
            try (ObjectReader reader = lab.open("a")) {
                assertThatThrownBy(() -> Lab.read(reader, 0, 30_000))
                        .hasMessageContainingAll("object a", "cartridge HK0001", "drive 0 failed");
                assertThat(lab.map.doubts()).isEmpty();
                lab.mounts.drives.get(0).failing.set(0);
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
        }

        @Test
        void thatThrowWhatNobodyExpectsFailAsOthersDo() throws Exception {
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 30_000, one);
            int[] left = {2};
            lab.mounts.drives.get(0).hook = (drive, operation) -> {
                if (operation.equals("read") && left[0]-- > 0) {
                    throw new ArrayIndexOutOfBoundsException("in a driver");
                }
            };
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
        }

        @Test
        void thatCannotLoadFailWhoWaitsAndNobodyAfter() throws Exception {
            FakeTape one = lab.tape("HK0001");
            byte[] bytes = lab.object("a", 30_000, one);
            lab.mounts.broken("no drive could load cartridge HK0001");
            try (ObjectReader reader = lab.open("a")) {
                assertThatThrownBy(() -> Lab.read(reader, 0, 30_000))
                        .hasMessageContaining("no drive could load cartridge HK0001");
                lab.mounts.broken(null);
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
        }
    }

    @Nested
    class Absence {

        @Test
        void reachesAllWhoWaitForThatCartridgeAndNobodyElse() throws Exception {
            use(new Lab(2));
            FakeTape one = lab.tape("HK0001");
            FakeTape two = lab.tape("HK0002");
            lab.object("a", 30_000, one);
            byte[] b = lab.object("b", 30_000, two);
            lab.mounts.remove("HK0001");
            lab.mounts.patient(true);
            List<CompletableFuture<byte[]>> waiting = new ArrayList<>();
            ObjectReader a = lab.open("a");
            for (int i = 0; i < 5; i++) {
                int at = i * 4_096;
                waiting.add(lab.go(() -> Lab.read(a, at, 4_096)));
            }
            Lab.until(() -> lab.status().waiting() != null);
            try (ObjectReader reader = lab.open("b")) {
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(b);
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            lab.mounts.patient(false);
            for (CompletableFuture<byte[]> each : waiting) {
                assertThatThrownBy(() -> Lab.get(each))
                        .isInstanceOf(CartridgeAbsentException.class)
                        .hasMessageContainingAll("object a", "HK0001", "in no library");
            }
            assertThat(lab.map.doubts()).isEmpty();
            Lab.until(() -> lab.status().waiting() == null);
        }

        @Test
        void letsTheCopyBeReadThatIsThere() throws Exception {
            FakeTape one = lab.tape("HK0001");
            FakeTape two = lab.tape("HK0002");
            byte[] bytes = Data.random(1, 30_000);
            lab.copy("a", bytes, one);
            lab.copy("a", bytes, two);
            lab.mounts.remove("HK0001");
            lab.mounts.patient(true);
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
            assertThat(lab.mounts.history()).containsExactly("load HK0002 into 0");
        }

        @Test
        void ofOneOfTwoCartridgesOfACopyLetsTheRestBeRead() throws Exception {
            FakeTape one = lab.tape("HK0001");
            FakeTape two = lab.tape("HK0002");
            byte[] bytes = Data.random(1, 30_000);
            lab.copy("a", bytes, one, two);
            lab.mounts.remove("HK0002");
            try (ObjectReader reader = lab.open("a")) {
                assertThat(Lab.read(reader, 0, 12_000)).isEqualTo(Lab.part(bytes, 0, 12_000));
                assertThatThrownBy(() -> Lab.read(reader, 14_000, 2_000)).isInstanceOf(CartridgeAbsentException.class);
            }
        }

        @Test
        void ofOneAndDamageOfTheOtherAreBothSaid() throws Exception {
            FakeTape one = lab.tape("HK0001");
            FakeTape two = lab.tape("HK0002");
            byte[] bytes = Data.random(1, 30_000);
            lab.copy("a", bytes, one);
            lab.copy("a", bytes, two);
            lab.mounts.remove("HK0001");
            two.bad.add(4L);
            try (ObjectReader reader = lab.open("a")) {
                assertThatThrownBy(() -> Lab.read(reader, 0, 8_000))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(CartridgeAbsentException.class)
                        .hasMessageContainingAll("HK0001", "in no library", "HK0002", "position 2", "damaged");
            }
        }
    }

    @Nested
    class Knowledge {

        @Test
        void ofCopiesThatWereMadeSinceIsAskedForWhenThereIsNoOther() throws Exception {
            FakeTape one = lab.tape("HK0001");
            FakeTape two = lab.tape("HK0002");
            byte[] bytes = lab.object("a", 30_000, one);
            try (ObjectReader reader = lab.open("a")) {
                lab.copy("a", bytes, two);
                lab.mounts.remove("HK0001");
                assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
            }
        }

        @Test
        void thatIsGoneIsSaid() throws Exception {
            FakeTape one = lab.tape("HK0001");
            lab.object("a", 30_000, one);
            try (ObjectReader reader = lab.open("a")) {
                lab.map.forget("a");
                one.bad.add(3L);
                assertThatThrownBy(() -> Lab.read(reader, 0, 30_000)).hasMessageContaining("position 2");
            }
            lab.map.broken(true);
            assertThatThrownBy(() -> lab.open("a")).hasMessageContaining("registry");
        }

        /** Where one copy lies is not known: the other one is read. */
        @Test
        void thatMakesNoSenseIsLeftOutIfThereIsAnother() throws Exception {
            byte[] bytes = Data.random(3, 5_000);
            FakeTape tape = lab.tape("HK0009");
            Extent extent = tape.write(bytes, 0, 5_000, Lab.PAYLOAD);
            long bad = lab.map.add("twice", bytes, List.of(extent, extent));
            lab.map.add("twice", bytes, List.of(extent));
            try (ObjectReader reader = lab.open("twice")) {
                assertThat(Lab.read(reader, 0, 5_000)).isEqualTo(bytes);
            }
            assertThat(lab.map.doubts()).containsOnlyKeys(bad);
        }

        @Test
        void thatMakesNoSenseIsRefused() {
            FakeTape one = lab.tape("HK0001");
            Extent late = new Extent(500, 400, one.volume, 2, 1_000);
            Extent early = new Extent(400, 200, one.volume, 2, 1_000);
            lab.map.add("overlapping", new byte[1_000], List.of(early, late));
            lab.map.add("long", new byte[800], List.of(late));
            assertThatThrownBy(() -> lab.open("overlapping")).hasMessageContaining("not known where");
            assertThatThrownBy(() -> lab.open("long")).hasMessageContaining("longer");
        }
    }

    @Test
    void closingInTheMiddleOfAReadLeavesOthersAlone() throws Exception {
        FakeTape one = lab.tape("HK0001");
        byte[] bytes = lab.object("a", 30_000, one);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        lab.mounts.drives.get(0).hook = (drive, operation) -> {
            if (operation.equals("read") && closed.getCount() > 0) {
                reading.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        ObjectReader first = lab.open("a");
        CompletableFuture<byte[]> read = lab.go(() -> Lab.read(first, 0, 30_000));
        reading.await();
        first.close();
        assertThatThrownBy(() -> Lab.get(read)).isInstanceOf(IOException.class);
        try (ObjectReader second = lab.open("a")) {
            CompletableFuture<byte[]> again = lab.go(() -> Lab.read(second, 0, 30_000));
            closed.countDown();
            assertThat(Lab.get(again)).isEqualTo(bytes);
        }
    }
}

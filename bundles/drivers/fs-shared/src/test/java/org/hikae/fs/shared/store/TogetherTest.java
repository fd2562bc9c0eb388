package org.hikae.fs.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.fs.shared.store.Disks.MIB;
import static org.hikae.fs.shared.store.Disks.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.hikae.fs.shared.testing.PowerCutDevice;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several threads at once. */
class TogetherTest {

    private static final int WRITERS = 8;
    private static final int ROUNDS = 150;
    /** Seconds. */
    private static final int SHORT_LOOKS = Boolean.getBoolean("hikae.long") ? 60 : 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatEachHasCommittedIsThereAndNobodySeesHalfATransaction() throws Exception {
        PowerCutDevice device = new PowerCutDevice(Disks.formatted(8 * MIB, 2 * MIB));
        MetadataStore store = Disks.open(device);
        AtomicBoolean over = new AtomicBoolean();
        Future<Integer> reader = threads.submit(() -> look(store, over));
        List<Callable<List<int[]>>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            long number = writer;
            writers.add(() -> write(store, device, number));
        }
        List<Future<List<int[]>>> results = threads.invokeAll(writers, 60, TimeUnit.SECONDS);
        over.set(true);

        assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
        for (int writer = 0; writer < WRITERS; writer++) {
            for (int[] promise : results.get(writer).get()) {
                assertCommitted(device.prefix(promise[1]), writer, promise[0]);
            }
        }
        store.close();
    }

    /** Every tenth round, what was committed, and how many events the disk had seen by then. */
    private static List<int[]> write(MetadataStore store, PowerCutDevice device, long writer) throws IOException {
        List<int[]> promised = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            int now = round;
            store.change(changes -> {
                changes.put(Table.INODES, key(writer), key(now));
                changes.put(Table.NAMES, key(now * 100L + writer), new byte[300]);
                changes.put(Table.EXTENTS, key(writer), key(now));
                return null;
            });
            store.commit();
            if (round % 50 == 0) {
                promised.add(new int[] {round, device.events()});
            }
        }
        return promised;
    }

    private static int look(MetadataStore store, AtomicBoolean over) throws IOException {
        int looks = 0;
        while (!over.get()) {
            for (long writer = 0; writer < WRITERS; writer++) {
                byte[] key = key(writer);
                store.read(view -> {
                    assertThat(view.get(Table.INODES, key)).isEqualTo(view.get(Table.EXTENTS, key));
                    return null;
                });
            }
            looks++;
        }
        return looks;
    }

    private static void assertCommitted(MemoryDevice disk, long writer, int round) throws IOException {
        try (MetadataStore store = Disks.openReadOnly(disk)) {
            byte[] found = store.read(view -> view.get(Table.INODES, key(writer)));
            assertThat(ByteBuffer.wrap(found).getLong()).isGreaterThanOrEqualTo(round);
        }
    }

    private static final int ENTRIES = 1000;
    /** Bytes of a value; the long test has more than what is kept in memory. */
    private static final int LENGTH = Boolean.getBoolean("hikae.long") ? 40_000 : 100;

    /** All entries get the same value, in one transaction. */
    private static void set(MetadataStore store, int length, long value) throws IOException {
        store.change(changes -> {
            for (long entry = 0; entry < ENTRIES; entry++) {
                changes.put(
                        Table.INODES,
                        key(entry),
                        ByteBuffer.allocate(length).putLong(value).array());
            }
            return null;
        });
        store.commit();
    }

    /** The one value that all entries have. */
    private static long value(View view) throws IOException {
        List<Long> values = new ArrayList<>();
        view.scan(
                Table.INODES,
                new byte[0],
                (key, value) -> values.add(ByteBuffer.wrap(value).getLong()));
        assertThat(values).hasSize(ENTRIES).containsOnly(values.get(0));
        byte[] last = view.floor(Table.INODES, key(Long.MAX_VALUE)).key();
        assertThat(ByteBuffer.wrap(view.get(Table.INODES, last)).getLong()).isEqualTo(values.get(0));
        return values.get(0);
    }

    /** While the first look is under way, others set all entries as often, with a checkpoint each time. */
    private List<Long> lookWhileOthersSet(MetadataStore store, int length, long times) throws IOException {
        List<Long> looks = new ArrayList<>();
        long seen = store.look(view -> {
            if (looks.isEmpty()) {
                looks.add(value(view));
                Future<?> others = threads.submit(() -> Rig.ok(() -> {
                    for (long value = 1; value <= times; value++) {
                        set(store, length, value);
                    }
                }));
                Rig.done(others);
            }
            looks.add(value(view));
            return looks.get(looks.size() - 1);
        });
        assertThat(seen).isEqualTo(looks.get(looks.size() - 1));
        return looks;
    }

    @Test
    void whoLooksForLongSeesOneStateAndHoldsNobodyUp() throws Exception {
        MemoryDevice device = Disks.formatted(2L << 30, 40L * ENTRIES * LENGTH);
        try (MetadataStore store = Disks.open(device)) {
            set(store, LENGTH, 0);
        }
        try (MetadataStore store = Disks.open(device)) {
            assertThat(lookWhileOthersSet(store, LENGTH, 3)).containsExactly(0L, 0L);
            assertThat(lookWhileOthersSet(store, LENGTH, 1)).containsExactly(3L, 3L);
        }
        try (MetadataStore store = Disks.open(device)) {
            assertThat(store.<Long>read(TogetherTest::value)).isEqualTo(1);
        }
    }

    /** What changes goes before what is looked at. */
    @Test
    void whoLooksForSoLongThatRoomIsNeededLooksAgain() throws Exception {
        MemoryDevice device = Disks.formatted(8 * MIB, MIB);
        try (MetadataStore store = Disks.open(device)) {
            set(store, 100, 0);
        }
        try (MetadataStore store = Disks.open(device)) {
            assertThat(lookWhileOthersSet(store, 100, 100)).containsExactly(0L, 100L);
        }
        try (MetadataStore store = Disks.open(device)) {
            assertThat(store.<Long>read(TogetherTest::value)).isEqualTo(100);
        }
    }

    /** What was kept for a look that ended just after a checkpoint must not be in the way of the next one. */
    @Test
    void looksThatComeAndGoTakeNoRoomThatChangesNeed() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (MetadataStore store = Disks.open(Disks.formatted(8 * MIB, MIB))) {
            set(store, 200, 0);
            Future<Integer> looker = threads.submit(() -> {
                int looks = 0;
                for (; !over.get(); looks++) {
                    store.<Long>look(TogetherTest::value);
                }
                return looks;
            });
            for (long value = 1; value <= 400; value++) {
                set(store, 200, value);
            }
            over.set(true);
            assertThat(looker.get(60, TimeUnit.SECONDS)).isPositive();
        }
    }

    /** Looks so short that most of the time, some are stopped by the machine just as they end. */
    @Test
    void looksThatAreStoppedAsTheyEndTakeNoRoomThatChangesNeed() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHORT_LOOKS);
        try (MetadataStore store = Disks.open(Disks.formatted(8 * MIB, MIB))) {
            List<Future<Long>> lookers = new ArrayList<>();
            for (int looker = 0; looker < 2 + Runtime.getRuntime().availableProcessors(); looker++) {
                lookers.add(threads.submit(() -> lookShortly(store, over)));
            }
            for (long value = 1; value <= 3 || System.nanoTime() < end; value++) {
                set(store, 200, value);
            }
            over.set(true);
            for (Future<Long> looker : lookers) {
                assertThat(looker.get(60, TimeUnit.SECONDS)).isPositive();
            }
        }
    }

    private static long lookShortly(MetadataStore store, AtomicBoolean over) throws IOException {
        long looks = 0;
        for (; !over.get(); looks++) {
            store.look(view -> view.get(Table.INODES, key(1)));
        }
        return looks;
    }

    /** R17: data is forced before the record that makes it part of a file is written. */
    @Test
    void aCommitForcesTheDataFirst() throws IOException {
        PowerCutDevice device = new PowerCutDevice(Disks.formatted(8 * MIB, 2 * MIB));
        try (MetadataStore store = Disks.open(device)) {
            int before = device.events();
            device.write(ByteBuffer.allocate(4096), 6 * MIB);
            Disks.put(store, Table.EXTENTS, 1, 1, 10);
            store.commit();

            List<Boolean> forces = new ArrayList<>();
            for (int event = before; event < device.events(); event++) {
                forces.add(device.isForce(event));
            }
            assertThat(forces).containsExactly(false, true, false, true);
        }
    }

    @Test
    void aCommitWithoutChangesForcesTheData() throws IOException {
        PowerCutDevice device = new PowerCutDevice(Disks.formatted(8 * MIB, 2 * MIB));
        try (MetadataStore store = Disks.open(device)) {
            int before = device.events();
            store.commit();
            assertThat(device.events()).isEqualTo(before + 1);
            assertThat(device.isForce(before)).isTrue();
        }
    }
}

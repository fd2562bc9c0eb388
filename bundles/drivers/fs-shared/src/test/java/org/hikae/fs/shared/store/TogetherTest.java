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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several threads at once. */
class TogetherTest {

    private static final int WRITERS = 8;
    private static final int ROUNDS = 150;
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

package org.hikae.fs.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.fs.shared.store.Disks.MIB;
import static org.hikae.fs.shared.store.Disks.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R17: a region that is full refuses to take more, and nothing else. */
class FullnessTest {

    private static final int LONGER = Boolean.getBoolean("hikae.long") ? 20 : 1;

    @ParameterizedTest
    @CsvSource({"1, 60, 2", "1, 3000, 6", "1, 100000, 6", "4, 3000, 2"})
    void fillsAndEmptiesAgainAndAgain(long mebibytes, int length, int usually) throws IOException {
        int rounds = usually * LONGER;
        MemoryDevice device = Disks.formatted(mebibytes * 4 * MIB, mebibytes * MIB);
        Random random = new Random(mebibytes * length);
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int round = 0; round < rounds; round++) {
            try (MetadataStore store = Disks.open(device)) {
                for (int again = 0; again < 2; again++) {
                    List<Long> keys = fill(store, random, length);
                    least = Math.min(least, keys.size());
                    most = Math.max(most, keys.size());
                    removeAll(store, random, keys);
                    assertThat(Disks.all(store, Table.INODES)).isEmpty();
                }
            }
        }
        assertThat(least).as("entries that fit at least, and at most").isGreaterThanOrEqualTo(most * 9 / 10 - 1);
        assertThat((long) least * length).isGreaterThan(mebibytes * MIB / 8);
    }

    @ParameterizedTest
    @CsvSource({"1, 60", "1, 3000", "2, 300"})
    void changesWhatIsThereWhileItIsFull(long mebibytes, int length) throws IOException {
        try (MetadataStore store = Disks.open(Disks.formatted(mebibytes * 4 * MIB, mebibytes * MIB))) {
            Random random = new Random(length);
            List<Long> keys = fill(store, random, length);
            for (int count = 0; count < 4000 * LONGER; count++) {
                long key = keys.get(random.nextInt(keys.size()));
                store.change(changes -> {
                    changes.put(Table.INODES, key(key), new byte[length]);
                    return null;
                });
                if (random.nextInt(10) == 0) {
                    store.commit();
                }
            }
            assertThat(Disks.all(store, Table.INODES)).hasSize(keys.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 60", "1, 3000"})
    void aTransactionThatIsTooMuchChangesNothing(long mebibytes, int length) throws IOException {
        try (MetadataStore store = Disks.open(Disks.formatted(mebibytes * 4 * MIB, mebibytes * MIB))) {
            assertThatThrownBy(() -> Disks.put(store, Table.NAMES, 0, (int) (mebibytes * MIB / length), length))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("Remove files");
            store.commit();
            assertThat(Disks.all(store, Table.NAMES)).isEmpty();
            Disks.put(store, Table.NAMES, 0, 10, length);
        }
    }

    /** Until nothing may be added any more, or something long has no room. */
    private static List<Long> fill(MetadataStore store, Random random, int length) throws IOException {
        List<Long> keys = new ArrayList<>();
        try {
            while (!store.full()) {
                long key = random.nextLong();
                Disks.put(store, Table.INODES, key, 1, random.nextInt(length, length * 5 / 4));
                keys.add(key);
                if (random.nextInt(30) == 0) {
                    store.commit();
                }
            }
        } catch (StoreFullException e) {
            assertThat(store.usedBytes()).isGreaterThanOrEqualTo(store.limitBytes() - length * 5L / 4);
        }
        return keys;
    }

    /** As removing files does: what is removed is first put on a list. */
    private static void removeAll(MetadataStore store, Random random, List<Long> keys) throws IOException {
        Collections.shuffle(keys, random);
        for (long key : keys) {
            store.change(changes -> {
                changes.put(Table.ORPHANS, key(key), new byte[0]);
                return null;
            });
            store.change(changes -> {
                changes.remove(Table.ORPHANS, key(key));
                changes.remove(Table.INODES, key(key));
                changes.put(Table.FREE, key(key), key(1));
                return null;
            });
            store.change(changes -> {
                changes.remove(Table.FREE, key(key));
                return null;
            });
            if (random.nextInt(30) == 0) {
                store.commit();
            }
        }
    }
}

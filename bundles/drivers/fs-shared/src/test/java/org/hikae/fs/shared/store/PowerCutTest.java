package org.hikae.fs.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.fs.shared.store.Disks.MIB;
import static org.hikae.fs.shared.store.Disks.key;
import static org.hikae.fs.shared.store.Disks.value;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.hikae.fs.shared.testing.PowerCutDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R17: after a power cut at any moment, the tables are as after some transaction, and no committed one is missing. */
class PowerCutTest {

    private static final int TRANSACTIONS = 250;
    private static final int CUTS = Boolean.getBoolean("hikae.long") ? 3000 : 60;
    private static final byte[] COUNT = {1};

    @Test
    void everyPrefixOfTheWrites() throws IOException {
        History history = History.of(7, 30);
        for (int events = 0; events <= history.device.events(); events++) {
            history.check(history.device.prefix(events), events, "prefix " + events);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyPartOfWhatWasNotForced(long seed) throws IOException {
        History history = History.of(seed, TRANSACTIONS);
        Random random = new Random(seed);
        for (int cut = 0; cut < CUTS; cut++) {
            int events = random.nextInt(history.device.events() + 1);
            MemoryDevice disk = history.device.cut(events, random);
            history.check(disk, events, "seed " + seed + ", cut " + cut + " after " + events);
        }
    }

    /** What recovery writes is cut off too, again and again. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void powerCutsDuringRecovery(long seed) throws IOException {
        History history = History.of(seed, TRANSACTIONS);
        Random random = new Random(seed);
        for (int cut = 0; cut < CUTS / 6; cut++) {
            int events = random.nextInt(history.device.events() + 1);
            MemoryDevice disk = history.device.cut(events, random);
            long least = history.check(disk.copy(), events, "seed " + seed + ", cut " + cut + " after " + events);
            for (int again = 0; again < 4; again++) {
                PowerCutDevice recovering = new PowerCutDevice(disk);
                Disks.open(recovering).close();
                disk = recovering.cut(random.nextInt(recovering.events() + 1), random);
                long found = history.check(disk.copy(), events, "seed " + seed + ", cut " + cut + ", again " + again);
                assertThat(found).isEqualTo(least);
            }
        }
    }

    /** The life of a disk: used, cut off, recovered, used, cut off, recovered. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void sessionsThatAllEndByAPowerCut(long seed) throws IOException {
        Random random = new Random(seed);
        MemoryDevice disk = Disks.formatted(4 * MIB, MIB);
        Map<Long, ByteBuffer> state = Map.of();
        int number = 0;
        for (int session = 0; session < CUTS; session++) {
            History history = History.of(disk, state, number, random, random.nextInt(12));
            int events = random.nextInt(history.device.events() + 1);
            disk = history.device.cut(events, random);
            String what = "seed " + seed + ", session " + session + " after " + events;
            number = (int) history.check(disk.copy(), events, what);
            state = history.states.get(number - history.first);
        }
    }

    /** What was done to a store, and when it was promised to be durable. */
    private record History(
            PowerCutDevice device, int first, List<Map<Long, ByteBuffer>> states, Map<Integer, Integer> promised) {

        static History of(long seed, int transactions) throws IOException {
            return of(Disks.formatted(4 * MIB, MIB), Map.of(), 0, new Random(seed), transactions);
        }

        /** Goes on with a disk on which so many transactions are known to have happened. */
        static History of(MemoryDevice disk, Map<Long, ByteBuffer> state, int first, Random random, int transactions)
                throws IOException {
            PowerCutDevice device = new PowerCutDevice(disk);
            History history = new History(device, first, new ArrayList<>(List.of(state)), new HashMap<>());
            try (MetadataStore store = Disks.open(device)) {
                for (int number = first + 1; number <= first + transactions; number++) {
                    history.change(store, number, random);
                    if (random.nextInt(3) == 0) {
                        store.commit();
                        history.promised.put(device.events(), number);
                    }
                }
            }
            history.promised.put(device.events(), first + transactions);
            return history;
        }

        private void change(MetadataStore store, int number, Random random) throws IOException {
            Map<Long, ByteBuffer> state = new TreeMap<>(states.get(number - 1 - first));
            store.change(changes -> {
                changes.put(Table.SETTINGS, COUNT, key(number));
                for (int count = random.nextInt(20); count >= 0; count--) {
                    long key = random.nextInt(200);
                    if (random.nextInt(3) == 0) {
                        changes.remove(Table.INODES, key(key));
                        state.remove(key);
                    } else {
                        byte[] value = value(random.nextLong(), random.nextInt(400));
                        changes.put(Table.INODES, key(key), value);
                        state.put(key, ByteBuffer.wrap(value));
                    }
                }
                return null;
            });
            states.add(state);
        }

        /** @return the number of the last transaction that is there */
        long check(MemoryDevice disk, int events, String what) throws IOException {
            int least = promised.entrySet().stream()
                    .filter(promise -> promise.getKey() <= events)
                    .mapToInt(Map.Entry::getValue)
                    .max()
                    .orElse(first);
            long shown;
            try (MetadataStore store = Disks.openReadOnly(disk)) {
                shown = check(store, least, what + ", read-only");
            }
            try (MetadataStore store = Disks.open(disk)) {
                assertThat(check(store, least, what)).as(what).isEqualTo(shown);
            }
            return shown;
        }

        private long check(MetadataStore store, int least, String what) throws IOException {
            byte[] count = store.read(view -> view.get(Table.SETTINGS, COUNT));
            long number = count == null ? 0 : ByteBuffer.wrap(count).getLong();
            assertThat(number).as(what).isGreaterThanOrEqualTo(least);
            assertThat(Disks.all(store, Table.INODES)).as(what).isEqualTo(states.get((int) number - first));
            return number;
        }
    }
}

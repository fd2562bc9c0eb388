package org.hikae.block.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.block.tracking.CrashingStorage;
import org.hikae.block.tracking.DamagedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damage in the home that may hide what was flushed is told of: never the generation's older data instead. */
class DamageTest {

    private static final int LOG_BYTES = 64 * 1024;

    private final CrashingStorage storage = new CrashingStorage();
    private final BlockSet recorded = BlockSet.of(new BlockRun(3, 4), new BlockRun(9, 1), new BlockRun(20, 5));

    @BeforeEach
    void record() throws IOException {
        InPlaceState first = new FakeGeneration(new byte[100 * 512], 512).mounted(new UUID(5, 6));
        PresenceStore store = PresenceStore.create(storage, LOG_BYTES, first);
        store.touch();
        BlockSet folded = BlockSet.range(3, 4);
        store.record(folded, () -> folded);
        store.record(BlockSet.range(9, 1), DamageTest::none);
        store.record(BlockSet.range(20, 5), DamageTest::none);
    }

    /** No set is written for what has room in the log. */
    private static BlockSet none() {
        throw new AssertionError("folded");
    }

    private static Optional<BlockSet> load(CrashingStorage home) throws IOException {
        Optional<PresenceStore> store = PresenceStore.find(home, LOG_BYTES);
        return store.isPresent() ? Optional.of(store.get().load()) : Optional.empty();
    }

    @Test
    void whatWasRecordedIsFound() throws IOException {
        assertThat(storage.list()).containsExactlyInAnyOrder("state", "set-1", "log-2");
        assertThat(load(storage)).contains(recorded);
    }

    @Test
    void r21_everyFileThatIsGoneIsMissed() throws IOException {
        for (String name : List.of("state", "set-1", "log-2")) {
            CrashingStorage home = storage.copy();
            home.delete(name);
            assertThatThrownBy(() -> load(home))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void r21_everyBitOfTheStateAndTheSetCounts() throws IOException {
        for (String name : List.of("state", "set-1")) {
            byte[] whole = storage.get(name);
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                CrashingStorage home = storage.copy();
                byte[] damaged = whole.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                home.put(name, damaged);
                assertThatThrownBy(() -> load(home)).isInstanceOf(DamagedException.class);
            }
        }
    }

    @Test
    void r21_aDamagedSectorOfTheLogIsMendedOrMissed() throws IOException {
        byte[] whole = storage.get("log-2");
        SplittableRandom random = new SplittableRandom(1);
        for (int sector = 0; sector < 10; sector++) {
            CrashingStorage home = storage.copy();
            byte[] damaged = whole.clone();
            damaged[sector * 512 + random.nextInt(24)] ^= 1;
            home.put("log-2", damaged);
            assertThat(load(home)).contains(recorded);
        }
        CrashingStorage home = storage.copy();
        byte[] damaged = whole.clone();
        damaged[2 * 512] ^= 1;
        damaged[3 * 512] ^= 1;
        home.put("log-2", damaged);
        assertThatThrownBy(() -> load(home))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("log-2");
    }

    @Test
    void aMountThatNeverWasLeavesNothing() throws IOException {
        CrashingStorage home = new CrashingStorage();
        home.put("state.next", new byte[7]);
        assertThat(load(home)).isEmpty();
    }
}

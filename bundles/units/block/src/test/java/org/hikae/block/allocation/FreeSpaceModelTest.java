package org.hikae.block.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/** Whatever is taken and given back in whatever order: no block has two owners, and none is lost. */
class FreeSpaceModelTest {

    /** Blocks; several times as many as the largest request. */
    private static final int DISK = 40_000;

    private final BitSet free = new BitSet();
    private final List<BlockRun> taken = new ArrayList<>();
    private FreeSpaceTable table = new FreeSpaceTable(BlockSet.empty());
    private long promised;

    @Property(tries = 60)
    void noBlockHasTwoOwnersAndNoneIsLost(@ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int largest) {
        Random random = new Random(seed);
        begin(random);
        for (int step = 0; step < 1500; step++) {
            switch (random.nextInt(8)) {
                case 0 -> promiseTooMuch(random.nextInt(1000));
                case 1 -> giveBackSome(random);
                case 2, 3, 4 -> freeSome(random);
                default -> take(random, 1 + random.nextInt(largest));
            }
            assertThat(table.available()).isEqualTo(free.cardinality() - promised);
        }
        takeAll(random);
    }

    private void begin(Random random) {
        free.clear();
        taken.clear();
        promised = 0;
        BlockSet.Builder blocks = new BlockSet.Builder();
        for (int at = random.nextInt(50); at < DISK; ) {
            int count = Math.min(DISK - at, 1 + random.nextInt(random.nextInt(10) == 0 ? 9000 : 40));
            blocks.add(new BlockRun(at, count));
            free.set(at, at + count);
            at += count + 1 + random.nextInt(20);
        }
        table = new FreeSpaceTable(blocks.build());
    }

    private void promiseTooMuch(int more) {
        assertThat(table.promise(table.available() + 1 + more)).isFalse();
    }

    private void giveBackSome(Random random) {
        long blocks = promised == 0 ? 0 : random.nextLong(promised + 1);
        table.giveBack(blocks);
        promised -= blocks;
    }

    private void freeSome(Random random) {
        if (taken.isEmpty()) {
            return;
        }
        BlockRun run = taken.remove(random.nextInt(taken.size()));
        long first = run.first() + random.nextLong(run.count());
        BlockRun part = new BlockRun(first, 1 + random.nextLong(run.end() - first));
        keep(run.first(), part.first());
        keep(part.end(), run.end());
        table.free(part);
        free.set((int) part.first(), (int) part.end());
        assertThatThrownBy(() -> table.free(part)).isInstanceOf(IllegalArgumentException.class);
    }

    private void keep(long first, long end) {
        if (first < end) {
            taken.add(new BlockRun(first, end - first));
        }
    }

    private void take(Random random, long wanted) {
        long count = Math.min(wanted, table.available());
        if (count == 0) {
            return;
        }
        long more = Math.min(random.nextInt(20), table.available() - count);
        assertThat(table.promise(count + more)).isTrue();
        promised += count + more;
        long goal = goal(random);
        List<BlockRun> runs = table.take(goal, count);
        check(runs, count);
        promised -= count;
    }

    private long goal(Random random) {
        if (taken.isEmpty() || random.nextInt(3) == 0) {
            return random.nextInt(4) == 0 ? DISK + 5 : -1;
        }
        return taken.get(random.nextInt(taken.size())).end();
    }

    private void check(List<BlockRun> runs, long count) {
        long blocks = 0;
        BlockRun before = null;
        for (BlockRun run : runs) {
            assertThat(free.nextClearBit((int) run.first())).isGreaterThanOrEqualTo((int) run.end());
            assertThat(before == null || before.end() != run.first()).isTrue();
            free.clear((int) run.first(), (int) run.end());
            taken.add(run);
            blocks += run.count();
            before = run;
        }
        assertThat(blocks).isEqualTo(count);
    }

    /** A disk gives its last block too, whatever was kept for whom. */
    private void takeAll(Random random) {
        do {
            table.giveBack(promised);
            promised = 0;
            take(random, 1 + random.nextInt(5000));
        } while (!free.isEmpty());
        assertThat(free.isEmpty()).isTrue();
        assertThat(table.promise(1)).isFalse();
    }
}

package org.hikae.block.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.junit.jupiter.api.Test;

/** Where blocks are taken from. */
class FreeSpaceTest {

    private static BlockRun run(long first, long count) {
        return new BlockRun(first, count);
    }

    private static List<BlockRun> take(FreeSpaceTable table, long goal, long count) {
        assertThat(table.promise(count)).isTrue();
        return table.take(goal, count);
    }

    /** A file that is written by and by. */
    private static final class Growing {

        private final List<BlockRun> extents = new ArrayList<>();

        void grow(FreeSpaceTable table, long blocks) {
            for (BlockRun run : take(table, end(), blocks)) {
                if (run.first() == end()) {
                    BlockRun last = extents.remove(extents.size() - 1);
                    extents.add(run(last.first(), last.count() + run.count()));
                } else {
                    extents.add(run);
                }
            }
        }

        long end() {
            return extents.isEmpty() ? -1 : extents.get(extents.size() - 1).end();
        }
    }

    @Test
    void aFileGoesOnWhereItEnded() {
        FreeSpaceTable table = new FreeSpaceTable(BlockSet.of(run(0, 10), run(100, 1000)));
        assertThat(take(table, 500, 20)).containsExactly(run(500, 20));
        assertThat(take(table, 520, 20)).containsExactly(run(520, 20));
        assertThat(take(table, 1095, 8)).as("as far as there is room").startsWith(run(1095, 5));
    }

    @Test
    void smallFilesLieSideBySideAndFillGaps() {
        FreeSpaceTable table = new FreeSpaceTable(BlockSet.of(run(7, 3), run(100, 1000)));
        assertThat(take(table, -1, 2)).containsExactly(run(7, 2));
        assertThat(take(table, -1, 4)).containsExactly(run(100, 4));
        assertThat(take(table, -1, 4)).containsExactly(run(104, 4));
        assertThat(take(table, -1, 1)).containsExactly(run(9, 1));
    }

    @Test
    void filesThatGrowAtTheSameTimeDoNotInterleave() {
        FreeSpaceTable table = new FreeSpaceTable(BlockSet.range(0, 16 << 20));
        List<Growing> files = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            files.add(new Growing());
        }
        for (int megabyte = 0; megabyte < 256; megabyte++) {
            files.forEach(file -> file.grow(table, 256));
        }
        assertThat(files).allSatisfy(file -> assertThat(file.extents).hasSizeLessThan(20));
    }

    @Test
    void aLogThatGrowsBlockByBlockLiesInLongRunsToo() {
        FreeSpaceTable table = new FreeSpaceTable(BlockSet.range(0, 1 << 20));
        Growing log = new Growing();
        Growing other = new Growing();
        for (int i = 0; i < 10_000; i++) {
            log.grow(table, 1);
            other.grow(table, 1);
            take(table, -1, 1);
        }
        assertThat(log.extents).hasSizeLessThan(16);
        assertThat(other.extents).hasSizeLessThan(16);
    }

    @Test
    void longExtentsStayLong() {
        FreeSpaceTable table = new FreeSpaceTable(BlockSet.of(run(0, 200), run(1000, 5000)));
        assertThat(take(table, -1, 200)).containsExactly(run(0, 200));
        assertThat(take(table, -1, 5000)).containsExactly(run(1000, 5000));
    }

    @Test
    void whatIsKeptForOthersIsGivenWhenNothingElseIsLeft() {
        FreeSpaceTable table = new FreeSpaceTable(BlockSet.range(0, 10_000));
        take(table, 0, 10);
        take(table, 5000, 10);
        assertThat(table.available()).as("windows are free").isEqualTo(9980);
        long blocks = take(table, -1, 9980).stream().mapToLong(BlockRun::count).sum();
        assertThat(blocks).isEqualTo(9980);
        assertThat(table.promise(1)).isFalse();
    }

    @Test
    void promisesAreKeptAndNotExceeded() {
        FreeSpaceTable table = new FreeSpaceTable(BlockSet.range(0, 10));
        assertThat(table.promise(6)).isTrue();
        assertThat(table.promise(5)).isFalse();
        assertThat(table.available()).isEqualTo(4);
        assertThatThrownBy(() -> table.take(-1, 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.giveBack(7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.promise(-1)).isInstanceOf(IllegalArgumentException.class);
        table.giveBack(2);
        assertThat(table.take(-1, 4)).containsExactly(run(0, 4));
        assertThat(table.available()).isEqualTo(6);
    }

    @Test
    void whatIsFreeAlreadyIsNotFreedAgain() {
        FreeSpaceTable table = new FreeSpaceTable(BlockSet.range(0, 10_000));
        List<BlockRun> taken = take(table, 0, 300);
        assertThatThrownBy(() -> table.free(run(299, 2)))
                .as("kept for the file")
                .hasMessageContaining("free already");
        assertThatThrownBy(() -> table.free(run(9000, 1))).hasMessageContaining("9000");
        taken.forEach(table::free);
        assertThat(table.available()).isEqualTo(10_000);
    }

    @Test
    void manyFragments() {
        BlockSet.Builder free = new BlockSet.Builder();
        for (long i = 0; i < 200_000; i++) {
            free.add(run(i * 3, 1 + i % 2));
        }
        FreeSpaceTable table = new FreeSpaceTable(free.build());
        Growing file = new Growing();
        for (int i = 0; i < 1000; i++) {
            file.grow(table, 256);
        }
        assertThat(table.available()).isEqualTo(300_000 - 256_000);
        file.extents.forEach(table::free);
        assertThat(table.available()).isEqualTo(300_000);
    }
}

package org.hikae.api.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Block sets against plain sets of numbers. */
class BlockSetTest {

    /** Block numbers beyond what fits 32 bits, and where the bitmap's containers of 65,536 meet. */
    private static final long[] BASES = {0, 65_500, (1L << 32) - 40, (1L << 45) + 3};

    @Provide
    Arbitrary<List<BlockRun>> runs() {
        Arbitrary<BlockRun> run = Combinators.combine(
                        Arbitraries.of(0, 1, 2, 3),
                        Arbitraries.longs().between(0, 80),
                        Arbitraries.longs().between(1, 30))
                .as((base, offset, count) -> new BlockRun(BASES[base] + offset, count));
        return run.list().ofMaxSize(12);
    }

    private static TreeSet<Long> model(List<BlockRun> runs) {
        TreeSet<Long> model = new TreeSet<>();
        for (BlockRun run : runs) {
            for (long block = run.first(); block < run.end(); block++) {
                model.add(block);
            }
        }
        return model;
    }

    private static void assertSame(BlockSet set, TreeSet<Long> model) {
        TreeSet<Long> blocks = new TreeSet<>();
        long previousEnd = -1;
        for (BlockRun run : set) {
            assertThat(run.first()).as("runs ascend and do not touch").isGreaterThan(previousEnd);
            previousEnd = run.end();
            for (long block = run.first(); block < run.end(); block++) {
                blocks.add(block);
            }
        }
        assertThat(blocks).isEqualTo(model);
        assertThat(set.count()).isEqualTo(model.size());
        assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
    }

    @Property(tries = 200)
    void aSetHasTheBlocksOfItsRuns(@ForAll("runs") List<BlockRun> runs) {
        assertSame(BlockSet.of(runs), model(runs));
    }

    @Property(tries = 200)
    void arithmeticIsThatOfSets(@ForAll("runs") List<BlockRun> left, @ForAll("runs") List<BlockRun> right) {
        BlockSet a = BlockSet.of(left);
        BlockSet b = BlockSet.of(right);

        TreeSet<Long> union = model(left);
        union.addAll(model(right));
        TreeSet<Long> common = model(left);
        common.retainAll(model(right));
        TreeSet<Long> rest = model(left);
        rest.removeAll(model(right));

        assertSame(a.union(b), union);
        assertSame(a.intersect(b), common);
        assertSame(a.minus(b), rest);
        assertThat(a.minus(b).union(a.intersect(b))).isEqualTo(a).hasSameHashCodeAs(a);
        assertSame(a, model(left));
        assertSame(b, model(right));
    }

    @Property(tries = 200)
    void withinCutsRunsToTheRange(@ForAll("runs") List<BlockRun> runs, @ForAll("runs") List<BlockRun> ranges) {
        BlockSet set = BlockSet.of(runs);
        for (BlockRun range : ranges) {
            TreeSet<Long> expected = new TreeSet<>(model(runs).subSet(range.first(), range.end()));
            List<BlockRun> found = new ArrayList<>();
            set.within(range).forEach(found::add);
            assertThat(model(found)).isEqualTo(expected);
            assertThat(set.containsAll(range)).isEqualTo(expected.size() == range.count());
            assertThat(set.contains(range.first())).isEqualTo(expected.contains(range.first()));
        }
    }

    @Property(tries = 200)
    void aBuilderTellsWhatIsMissing(@ForAll("runs") List<BlockRun> runs) {
        BlockSet.Builder builder = new BlockSet.Builder();
        TreeSet<Long> added = new TreeSet<>();
        for (BlockRun run : runs) {
            TreeSet<Long> expected = model(List.of(run));
            expected.removeAll(added);
            assertThat(model(builder.missing(run))).isEqualTo(expected);
            builder.add(run);
            added.addAll(model(List.of(run)));
            assertSame(builder.build(), added);
        }
    }

    /** A disk of 20 TiB with a gap in it: two runs, however many blocks they have. */
    @Test
    void runsOfAHugeSetAreFoundQuickly() {
        long blocks = 20L << 28;
        BlockRun low = new BlockRun(0, 12_345_678);
        BlockRun high = new BlockRun(12_345_700, blocks - 12_345_700);
        BlockSet set = BlockSet.of(low, high);
        assertTimeout(Duration.ofSeconds(10), () -> {
            assertThat(set).containsExactly(low, high);
            assertThat(set.within(new BlockRun(100, blocks - 200)))
                    .containsExactly(
                            new BlockRun(100, low.count() - 100),
                            new BlockRun(high.first(), blocks - 100 - high.first()));
        });
    }

    @Test
    void theLastBlocksThereCanBeAreInSets() {
        BlockRun last = new BlockRun(Long.MAX_VALUE - 3, 2);
        assertThat(BlockSet.of(last, new BlockRun(5, 1))).containsExactly(new BlockRun(5, 1), last);
    }

    /** Every write of a guest adds a run; the bitmap's own way took milliseconds for each. */
    @Test
    void addingAFewBlocksIsQuick() {
        assertTimeout(Duration.ofSeconds(10), () -> {
            BlockSet.Builder builder = new BlockSet.Builder();
            Random random = new Random(1);
            for (int i = 0; i < 100_000; i++) {
                builder.add(new BlockRun(random.nextInt(1_000_000), 1 + random.nextInt(100)));
            }
            assertThat(builder.build().count()).isGreaterThan(900_000);
        });
    }

    @Property(tries = 200)
    void longRunsAreAddedExactly(
            @ForAll @LongRange(max = 200_000) long first, @ForAll @LongRange(min = 1, max = 200_000) long count) {
        BlockSet set = BlockSet.of(new BlockRun(70_000, 1), new BlockRun(500_000, 1), new BlockRun(first, count));
        long expected = count + 1 + (70_000 >= first && 70_000 < first + count ? 0 : 1);
        assertThat(set.count()).isEqualTo(expected);
        assertThat(set.containsAll(new BlockRun(first, count))).isTrue();
        assertThat(set.contains(first + count)).isEqualTo(first + count == 70_000);
        assertThat(set.contains(500_000)).isTrue();
    }

    @Test
    void theLastBlocksThereCanBeAreAddedToo() {
        BlockRun last = new BlockRun(Long.MAX_VALUE - 100, 100);
        BlockSet set = BlockSet.of(new BlockRun(3, 1), last);
        assertThat(set).containsExactly(new BlockRun(3, 1), last);
    }

    @Test
    void theWholeOfAHugeDiskIsOneRun() {
        BlockSet all = BlockSet.range(0, Long.MAX_VALUE - 1);
        assertThat(all.count()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(all.intersect(BlockSet.range(1L << 60, 5))).isEqualTo(BlockSet.range(1L << 60, 5));
        assertThat(all).hasSize(1);
    }

    @Test
    void aLargeDifferenceStaysExact() {
        long blocks = (20L << 40) / 4096;
        BlockSet rest = BlockSet.range(0, blocks).minus(BlockSet.of(new BlockRun(blocks / 2, 3)));
        assertThat(rest.count()).isEqualTo(blocks - 3);
        assertThat(rest.contains(blocks / 2 + 1)).isFalse();
        assertThat(rest.contains(blocks - 1)).isTrue();
    }

    @Test
    void manyScatteredRunsTakeTheirTimeOnce() {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            BlockSet.Builder builder = new BlockSet.Builder();
            int count = 300_000;
            for (long i = 0; i < count; i++) {
                BlockRun run = new BlockRun(i << 16, 2);
                assertThat(builder.missing(run)).containsExactly(run);
                builder.add(run);
            }
            assertThat(builder.build().count()).isEqualTo(2L * count);
        });
    }
}

package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/** Copied runs against a block set. */
class CopiedRunsTest {

    @Provide
    Arbitrary<List<BlockRun>> runs() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 100), Arbitraries.longs().between(1, 20))
                .as(BlockRun::new)
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 200)
    void missingIsWhatWasNotAdded(@ForAll("runs") List<BlockRun> added, @ForAll("runs") List<BlockRun> asked) {
        CopiedRuns copied = new CopiedRuns();
        added.forEach(copied::add);
        BlockSet all = BlockSet.of(added);
        for (BlockRun run : asked) {
            assertThat(BlockSet.of(copied.within(run)))
                    .isEqualTo(BlockSet.range(run.first(), run.count()).intersect(all));
            assertThat(BlockSet.of(copied.missing(run)))
                    .isEqualTo(BlockSet.range(run.first(), run.count()).minus(all));
        }
    }
}

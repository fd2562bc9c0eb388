package org.hikae.fsext.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

class RunTableTest {

    private static final long FAR = 1L << 40;

    @Property
    void itSaysWhatTheSetSays(
            @ForAll @Size(max = 40) List<@IntRange(max = 300) Integer> firsts,
            @ForAll @IntRange(max = 320) int first,
            @ForAll @IntRange(min = 1, max = 20) int count) {
        BlockSet set = BlockSet.of(
                firsts.stream().map(at -> new BlockRun(FAR + at, 1 + at % 7)).toList());
        assertThat(new RunTable(set).containsAll(FAR + first, count))
                .isEqualTo(set.containsAll(new BlockRun(FAR + first, count)));
    }

    @Property
    void whatItHasNoRoomForIsNotKnown(@ForAll @IntRange(max = 60) int first, @ForAll @IntRange(max = 5) int most) {
        BlockSet set = BlockSet.of(new BlockRun(0, 10), new BlockRun(20, 10), new BlockRun(40, 10));
        assertThat(new RunTable(set, most).containsAll(first, 1)).isEqualTo(set.contains(first) && first < 20 * most);
    }
}

package org.hikae.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyLimits;

/** Any disk, any blocks of it, any of them logged, and nodes that are lost at any step. */
class AnyCopyTest {

    private static final int MIB = 1 << 20;

    private static BlockSet random(Random random, long blocks) {
        List<BlockRun> runs = new ArrayList<>();
        for (long first = random.nextInt(50); first < blocks; first += 1 + random.nextInt(200)) {
            runs.add(new BlockRun(first, Math.min(1 + random.nextInt(300), blocks - first)));
        }
        return BlockSet.of(runs);
    }

    @Property(tries = 60)
    void whatIsWantedAndNotLoggedIsCopiedOnceWhoeverIsLost(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        TestDisk disk = new TestDisk(1 + random.nextInt(5 * MIB), 512 << random.nextInt(5));
        for (long from = random.nextInt(MIB); from < disk.size(); from += 1 + random.nextInt(2 * MIB)) {
            disk.data(from, Math.min(disk.size(), from + 1 + random.nextInt(MIB)));
        }
        TestCopy copy = new TestCopy(disk, 3);
        copy.wanted = random(random, disk.blocks());
        copy.logged = random(random, disk.blocks()).intersect(copy.wanted);
        copy.limits = new CopyLimits(0, 1 + random.nextInt(6));
        copy.node(1).lostAt = random.nextInt(20);
        copy.node(3).lostAt = random.nextInt(20);
        copy.runWell();
    }
}

package org.hikae.fs.shared.testing;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.shared.spi.FreeSpace;

/** Gives blocks back only once it may, and counts the promises that it was asked for. */
public final class SlowFreeSpace implements FreeSpace {

    /** Down when blocks are about to be given back. */
    public final CountDownLatch giving = new CountDownLatch(1);

    /** Has to be down before they are. */
    public final CountDownLatch may = new CountDownLatch(1);

    public final AtomicInteger asked = new AtomicInteger();

    private final FreeSpace all;

    public SlowFreeSpace(BlockSet blocks) {
        all = new FirstFit(blocks);
    }

    @Override
    public long available() {
        return all.available();
    }

    @Override
    public boolean promise(long blocks) {
        boolean promised = all.promise(blocks);
        asked.incrementAndGet();
        return promised;
    }

    @Override
    public void giveBack(long promised) {
        all.giveBack(promised);
    }

    @Override
    public List<BlockRun> take(long goal, long count) {
        return all.take(goal, count);
    }

    @Override
    public void free(BlockRun run) {
        giving.countDown();
        try {
            may.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        all.free(run);
    }
}

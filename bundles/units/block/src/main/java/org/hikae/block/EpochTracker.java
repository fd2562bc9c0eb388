package org.hikae.block;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;

/** The changed-block list (a.9), in epochs, in memory. */
final class EpochTracker implements ChangeTracker {

    /** The epochs that no sealed generation has taken, the current one last. Guarded by this. */
    private final List<BlockSet.Builder> epochs = new ArrayList<>(List.of(new BlockSet.Builder()));

    @Override
    public synchronized void record(BlockRun run) {
        epochs.get(epochs.size() - 1).add(run);
    }

    @Override
    public synchronized BlockSet changed() {
        BlockSet changed = BlockSet.empty();
        for (BlockSet.Builder epoch : epochs) {
            changed = changed.union(epoch.build());
        }
        return changed;
    }

    @Override
    public synchronized Epoch closeEpoch() {
        BlockSet.Builder last = epochs.get(epochs.size() - 1);
        epochs.add(new BlockSet.Builder());
        return new Closed(last);
    }

    private final class Closed implements Epoch {

        private final BlockSet.Builder last;

        Closed(BlockSet.Builder last) {
            this.last = last;
        }

        /** This epoch and all before it: the generation holds them too. */
        @Override
        public void taken() {
            synchronized (EpochTracker.this) {
                int index = indexOf(last);
                if (index >= 0) {
                    epochs.subList(0, index + 1).clear();
                }
            }
        }

        @Override
        public void giveBack() {
            synchronized (EpochTracker.this) {
                int index = indexOf(last);
                if (index >= 0) {
                    epochs.get(index + 1).add(epochs.remove(index).build());
                }
            }
        }

        private int indexOf(BlockSet.Builder epoch) {
            for (int i = 0; i < epochs.size(); i++) {
                if (epochs.get(i) == epoch) {
                    return i;
                }
            }
            return -1;
        }
    }
}

package org.hikae.block.inplace;

import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;

/** A right to record changes that nobody looks at. */
final class NoRecorder implements ChangeTracker.Recorder {

    volatile int touches;

    @Override
    public void record(BlockRun run) {}

    @Override
    public synchronized void touch() {
        touches = touches + 1;
    }

    @Override
    public void close() {}
}

package org.hikae.block.inplace;

import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;

/** A right to record changes that nobody looks at. */
final class NoRecorder implements ChangeTracker.Recorder {

    @Override
    public void record(BlockRun run) {}

    @Override
    public void close() {}
}

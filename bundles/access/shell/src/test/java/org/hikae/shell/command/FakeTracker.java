package org.hikae.shell.command;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.TrackingPoint;

/** Says that the blocks 7 to 9 have changed, but nothing of before lineage 9. */
final class FakeTracker implements ChangeTracker {

    static final TrackingPoint OLD = new TrackingPoint(new UUID(9, 9), 1);
    static final TrackingPoint NEW = new TrackingPoint(new UUID(1, 1), 1);

    @Override
    public Recorder join() {
        throw new UnsupportedOperationException("the shell writes nothing");
    }

    @Override
    public Changes changed() {
        return new Changes.Known(BlockSet.range(7, 3));
    }

    @Override
    public Changes changedSince(TrackingPoint point) {
        return point.equals(OLD)
                ? new Changes.Unknown("disk 'data': change tracking began anew")
                : new Changes.Known(BlockSet.of(new BlockRun(7, 3), new BlockRun(100, 1)));
    }

    @Override
    public void prepare() {
        throw new UnsupportedOperationException("the shell closes no epochs");
    }

    @Override
    public Epoch closeEpoch() {
        throw new UnsupportedOperationException("the shell closes no epochs");
    }

    @Override
    public void keep(Set<TrackingPoint> points) {
        throw new UnsupportedOperationException("the shell makes no generations");
    }

    @Override
    public String problem() {
        return null;
    }

    @Override
    public Recorder rewrite() {
        throw new UnsupportedOperationException("the shell writes nothing");
    }

    @Override
    public void startFrom(String generation) {
        throw new UnsupportedOperationException("the shell mounts nothing");
    }

    @Override
    public void end(String reason) {
        throw new UnsupportedOperationException("the shell mounts nothing");
    }

    @Override
    public Optional<Start> start() {
        return Optional.empty();
    }
}

package org.hikae.tape.mount;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.CartridgeInfo.State;
import org.hikae.api.tape.ScanReport;
import org.hikae.api.tape.TapeObject;

/** Knows labels, and which of them have something that is needed. */
final class FakeVolumes implements Volumes, VolumeReader {

    final Map<UUID, Label> labels = new LinkedHashMap<>();
    final Set<UUID> needed = new HashSet<>();
    final Set<UUID> written = new HashSet<>();
    final List<UUID> learned = new ArrayList<>();
    /** Told before each change. */
    Runnable step = () -> {};

    @Override
    public List<Volume> volumes() {
        return labels.values().stream().map(this::volume).toList();
    }

    @Override
    public Optional<Volume> volume(UUID id) {
        return Optional.ofNullable(labels.get(id)).map(this::volume);
    }

    private Volume volume(Label label) {
        boolean isNeeded = needed.contains(label.volume());
        State state = isNeeded
                ? State.FULL
                : written.contains(label.volume())
                        ? State.EXPIRED
                        : label.pool() == null ? State.SCRATCH : State.APPENDABLE;
        return new Volume(label, state, 0, isNeeded ? 100 : 0, isNeeded ? 1 : 0, false, null, null);
    }

    @Override
    public Instant newestTable() {
        return Instant.MIN;
    }

    @Override
    public List<TapeObject> objects(UUID id) {
        return needed.contains(id)
                ? List.of(new TapeObject(UUID.randomUUID(), "disk", "g1/data", 100, 100, Instant.EPOCH, null, null, 0))
                : List.of();
    }

    @Override
    public void labelling(Label label, UUID old) {
        step.run();
    }

    @Override
    public void labelled(Label label) {
        step.run();
        labels.put(label.volume(), label);
    }

    @Override
    public void abandon(UUID id) {
        step.run();
        needed.remove(id);
    }

    @Override
    public void lose(String barcode, Set<UUID> there, boolean force) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void loseRest(String barcode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void learn(Mounted mounted, Progress progress) throws IOException {
        learned.add(mounted.label().orElseThrow().volume());
    }

    @Override
    public List<String> verify(String barcode, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScanReport scan(boolean all, Progress progress) {
        throw new UnsupportedOperationException();
    }
}

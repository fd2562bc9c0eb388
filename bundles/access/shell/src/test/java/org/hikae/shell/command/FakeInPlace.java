package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.Progress;

/** Generations that stand in for disks, in a list. */
final class FakeInPlace implements InPlaceMounts {

    /** By disk. */
    final Map<String, InPlaceStatus> mounts = new TreeMap<>();

    /** Of 256 MiB, so many are on the disk. */
    void add(String disk, String generation, long presentMiB, String problem) {
        mounts.put(
                disk,
                new InPlaceStatus(disk, generation, true, 256L << 20, presentMiB << 20, presentMiB == 0, problem));
    }

    @Override
    public InPlaceStatus mount(InPlaceRequest request) {
        throw new UnsupportedOperationException("the shell leaves this to the backup unit, which starts the job");
    }

    @Override
    public List<InPlaceStatus> list() {
        return List.copyOf(mounts.values());
    }

    @Override
    public Optional<InPlaceStatus> of(String disk) {
        return Optional.ofNullable(mounts.get(disk));
    }

    @Override
    public void bringBack(String disk, Progress progress) {
        throw new UnsupportedOperationException("bringing back is a job");
    }

    @Override
    public void undo(String disk) throws IOException {
        if (!mounts.get(disk).untouched()) {
            throw new IOException("disk '" + disk + "' was written to");
        }
        mounts.remove(disk);
    }
}

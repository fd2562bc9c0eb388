package org.hikae.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that bring generations back, for each disk one at a time. Thread-safe. */
final class BringBacks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BringBacks.class);
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Jobs jobs;
    private final InPlaceMounts mounts;
    private final BringBackSteps steps;

    /** The latest turn of each disk. Guarded by this, as all below. */
    private final Map<String, BringBackTurn> turns = new HashMap<>();
    /** What was begun in this run of the platform: what ended early is not begun again unless somebody says so. */
    private final Set<String> begun = new HashSet<>();

    private boolean closed;

    BringBacks(Jobs jobs, InPlaceMounts mounts, BringBackSteps steps) {
        this.jobs = jobs;
        this.mounts = mounts;
        this.steps = steps;
    }

    /** As {@link org.hikae.api.backup.Backups#mountInPlace}. */
    Optional<Job> mount(InPlaceRequest request) throws IOException {
        InPlaceStatus mount = mounts.mount(request);
        if (request.restore()) {
            return Optional.of(begin(mount, false));
        }
        leaveOnMedium(mount);
        return Optional.empty();
    }

    /** Begins with all that an earlier run of the platform has left to do. A failure is said, and has no other effect. */
    void goOn() {
        try {
            for (InPlaceStatus mount : mounts.list()) {
                goOn(mount);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("what stands in for disks is not brought back by itself; see 'disk list'", e);
        }
    }

    private synchronized void goOn(InPlaceStatus mount) throws IOException {
        if (mount.restore() && !closed && !begun.contains(subject(mount))) {
            Job job = begin(mount, true);
            LOG.info("job {} goes on bringing back {}", job.id(), subject(mount));
        }
    }

    private synchronized Job begin(InPlaceStatus mount, boolean patient) throws IOException {
        if (closed) {
            throw new IOException("generation " + mount.generation() + " stands in for disk '" + mount.disk()
                    + "', but in-place mounts are being stopped: its blocks are brought back after the next start");
        }
        begun.add(subject(mount));
        BringBackTurn before = turns.get(mount.disk());
        if (before != null && before.bringsBack(mount.generation())) {
            return before.job();
        }
        if (before != null) {
            before.cancel(jobs, mount.generation() + " stands in for disk '" + mount.disk() + "' now");
        }
        BringBackTurn turn = new BringBackTurn(mount.generation(), before);
        turn.start(jobs, subject(mount), progress -> steps.run(mount, patient, progress));
        turns.put(mount.disk(), turn);
        return turn.job();
    }

    private synchronized void leaveOnMedium(InPlaceStatus mount) {
        BringBackTurn turn = turns.get(mount.disk());
        if (turn != null) {
            turn.cancel(jobs, "its blocks are to stay on the medium until they are asked for");
        }
    }

    private static String subject(InPlaceStatus mount) {
        return mount.generation() + " to disk " + mount.disk();
    }

    /** Ends all of them: what they work with is going away. They go on after the next start. */
    @Override
    public void close() {
        List<BringBackTurn> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(turns.values());
        }
        left.forEach(turn -> turn.cancel(jobs, "in-place mounts were stopped"));
        long deadline = System.nanoTime() + STOPPING.toNanos();
        left.forEach(turn -> turn.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }
}

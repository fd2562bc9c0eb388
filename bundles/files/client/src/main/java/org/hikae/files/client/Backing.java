package org.hikae.files.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.files.client.BufferSettings.WhenFull;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.files.client.buffer.BufferFullException;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.Room;
import org.hikae.files.client.due.DueTimes;
import org.hikae.files.client.known.RowState;
import org.hikae.files.client.table.Row;
import org.hikae.files.client.table.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins local backups, when they are asked for and when they are due. Thread-safe. */
final class Backing {

    static final String KIND = "file-backup";

    private static final Logger LOG = LoggerFactory.getLogger(Backing.class);

    /** More at once only wait for each other. */
    private static final int AT_ONCE = 3;

    private static final long LOOK_MILLIS = 500;

    /** A run that the center waits for, and that failed, is tried again after that. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final Core core;
    private final Rows rows;
    private final Jobs jobs;
    private final BufferLimits limits;
    private final InstantSource clock;

    /** By row. Guarded by this. */
    private final Map<String, Job> running = new HashMap<>();

    /**
     * When each row was begun last, by this platform: where that cannot be noted, as on a full disk, it is not begun again at once.
     * Guarded by this.
     */
    private final Map<String, Instant> begun = new HashMap<>();

    /** Whether what is being made is to be made up for. */
    private volatile boolean ended;

    /** What was said last of what keeps rows from being begun. */
    private final Map<String, String> said = new HashMap<>();

    Backing(Core core, Rows rows, Jobs jobs, BufferLimits limits, InstantSource clock) {
        this.core = core;
        this.rows = rows;
        this.jobs = jobs;
        this.limits = limits;
        this.clock = clock;
    }

    /** @throws IOException if there is no such row, one of it is being made, or it cannot be begun */
    synchronized Job run(String name) throws IOException {
        // Looked up while nobody can remove it.
        Row row = rows.get(name);
        if (!row.isUsable()) {
            throw new IOException("backup '" + row.name() + "' cannot be made: " + row.problem());
        } else if (isRunning(row.name())) {
            throw new IOException("a local backup of '" + row.name() + "' is being made already: job "
                    + running.get(row.name()).id());
        }
        Instant now = clock.instant();
        Job job = jobs.start(KIND, name, progress -> work(row, now, progress));
        running.put(name, job);
        begun.put(name, now);
        return job;
    }

    /** Removes a row. @throws IOException if a backup of it is being made, or as the removal */
    synchronized void remove(String name, Removal removal) throws IOException {
        rows.get(name);
        if (isRunning(name)) {
            throw new IOException("a local backup of '" + name + "' is being made; cancel it first, see 'job list'");
        }
        removal.run();
        running.remove(name);
        begun.remove(name);
    }

    /** Removes a row of which no backup is being made. */
    @FunctionalInterface
    interface Removal {
        void run() throws IOException;
    }

    /** The job has ended; whoever asks right after it has may not know yet. */
    synchronized boolean isRunning(String row) {
        Job job = running.get(row);
        return job != null && job.info().state() == org.hikae.api.job.JobInfo.State.RUNNING;
    }

    /** Ends what is being made: what was begun is begun again by whoever comes next. */
    void end(Duration patience) {
        List<Job> all;
        synchronized (this) {
            all = List.copyOf(running.values());
        }
        ended = true;
        Ending.of(jobs, all, patience);
    }

    private Map<String, Object> work(Row row, Instant begun, Progress progress) throws IOException {
        try {
            core.buffer.limit(limits.limit(core.buffer.folder()));
            Map<String, Object> result = core.backups.run(
                    row.name(), row.selection(), new Patience(row, begun, progress, limits.whenFull()), progress);
            core.centers.changed();
            return result;
        } finally {
            if (!ended) {
                // Only now: a platform that ends meanwhile makes up for it.
                core.states.update(
                        row.name(), begun, state -> state.handled().isAfter(begun) ? state : state.handled(begun));
            }
        }
    }

    /** Begins what is due. What is wrong with one row is its own. */
    synchronized void look(List<Row> all) {
        Instant now = clock.instant();
        for (Row row : all) {
            try {
                if (row.isUsable()
                        && !isRunning(row.name())
                        && isDue(row, now)
                        && running.keySet().stream().filter(this::isRunning).count() < AT_ONCE) {
                    run(row.name());
                }
                said.remove(row.name());
            } catch (IOException | RuntimeException e) {
                String reason = Reason.of(e);
                if (!reason.equals(said.put(row.name(), reason))) {
                    LOG.warn("the local backup of {} cannot be begun: {}", row.name(), reason);
                }
            }
        }
        running.keySet().retainAll(Set.copyOf(all.stream().map(Row::name).toList()));
    }

    private boolean isDue(Row row, Instant now) throws IOException {
        // The clock may have been set back.
        begun.computeIfPresent(row.name(), (name, at) -> at.isAfter(now) ? now : at);
        RowState state = core.states.get(row.name(), now);
        if (state.handled().isAfter(now)) {
            core.states.update(row.name(), now, before -> before.handled(now));
            return false;
        }
        // Without times of its own nobody else would make the run that the center has asked for.
        if (row.times() == null && state.full() && state.replaced() > 0) {
            Instant last = begun.get(row.name());
            return last == null || !last.plus(AGAIN).isAfter(now);
        }
        Instant last = begun.getOrDefault(row.name(), Instant.MIN);
        return DueTimes.isDue(row.times(), last.isAfter(state.handled()) ? last : state.handled(), now);
    }

    /** Deletes runs that were sent and have been kept long enough; and what clocks have made of that. */
    void expire(List<Row> all) {
        Instant now = clock.instant();
        for (Row row : all) {
            for (BufferedRun run : core.buffer.runs(row.name())) {
                boolean over = run.sent() != null
                        && !run.sent().plus(row.row().keepInBuffer()).isAfter(now);
                if (over) {
                    try {
                        core.buffer.delete(run);
                    } catch (IOException e) {
                        LOG.warn(
                                "run {} of {} was sent and cannot be deleted: {}",
                                run.number(),
                                row.name(),
                                Reason.of(e));
                    }
                }
            }
        }
    }

    /** What a local backup does when there is no room. */
    private final class Patience implements Room.Waiting {

        private final Row row;
        private final Progress progress;
        private final WhenFull whenFull;
        /** Null: there is no next time. */
        private final Instant until;

        Patience(Row row, Instant begun, Progress progress, WhenFull whenFull) {
            this.row = row;
            this.progress = progress;
            this.whenFull = whenFull;
            this.until = DueTimes.next(row.times(), begun, begun);
        }

        /** Room comes of what is sent; where nothing waits to be sent, none comes. */
        @Override
        public void await(Path buffer, String why, Room.Pause pause) throws IOException {
            String full = "the buffer " + buffer + " is full: " + why;
            boolean comes = core.buffer.runs().stream().anyMatch(run -> run.sent() == null);
            if (whenFull == WhenFull.FAIL) {
                throw new BufferFullException(full + "; it gets room as runs are sent; see 'client buffer --help'");
            } else if (!comes) {
                throw new BufferFullException(
                        full + ", and nothing in it waits to be sent; see 'client buffer --help'");
            } else if (until != null && !clock.instant().isBefore(until)) {
                throw new BufferFullException(full + ", and was so until the next time of backup '" + row.name() + "'");
            }
            progress.phase("waiting for room in the buffer");
            progress.check();
            try {
                pause.await(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}

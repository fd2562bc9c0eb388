package org.hikae.files.client.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.Room;
import org.hikae.files.client.buffer.RunBuilder;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.client.known.KnownFiles;
import org.hikae.files.client.known.RowState;
import org.hikae.files.client.known.RowStates;
import org.hikae.files.client.select.Selection;
import org.hikae.files.client.select.Walk;
import org.hikae.files.transfer.run.RunItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes local backups (e.2). Whatever cuts one off, the run is sealed with all that it needs, or it is not there and the next one is made
 * as if it had never been begun: what is known of files counts from the moment that the run is sealed. One at a time for each row.
 */
public final class LocalBackups {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBackups.class);

    private final Buffer buffer;
    private final RowStates states;
    private final List<Path> skipped;
    private final InstantSource clock;
    private final Steps steps;
    private final Capture.Freezer freezer;

    /** Held while it is said which runs are of no use, and while those go. */
    private final Object replacing = new Object();

    /**
     * @param skipped folders that are in no run: the platform's own
     * @param steps told each step
     */
    public LocalBackups(Buffer buffer, RowStates states, List<Path> skipped, InstantSource clock, Steps steps) {
        this(buffer, states, skipped, clock, steps, org.hikae.io.OpenedFile::shareWith);
    }

    LocalBackups(
            Buffer buffer,
            RowStates states,
            List<Path> skipped,
            InstantSource clock,
            Steps steps,
            Capture.Freezer freezer) {
        this.buffer = buffer;
        this.states = states;
        this.skipped = List.copyOf(skipped);
        this.clock = clock;
        this.steps = steps;
        this.freezer = freezer;
    }

    /**
     * Puts a row's state right after whatever ended the platform, before anything else is done with it: the last run that is sealed is
     * the last one.
     */
    public void recover(String row) throws IOException {
        buffer.reload(row);
        RowState state = states.get(row, clock.instant());
        long sealed = buffer.lastNumber(row);
        if (sealed > state.last()) {
            state = states.update(row, clock.instant(), before -> adopted(row, sealed, before));
        }
        long damaged = buffer.damaged().last(row);
        boolean replaced = buffer.runs(row).stream().anyMatch(run -> run.base() == 0 && run.number() > damaged);
        if (damaged > 0 && !replaced) {
            // What builds upon it can never be used.
            state = states.update(row, clock.instant(), before -> before.wantFull(0));
        }
        states.clear(row, state.last());
        dropReplaced(row);
    }

    private RowState adopted(String row, long sealed, RowState before) {
        BufferedRun run = buffer.run(row, sealed).orElse(null);
        return run == null
                ? before.behind(sealed)
                : before.sealed(sealed, run.base(), new RowState.LastRun(run.taken(), sealed, null));
    }

    /**
     * Makes a backup.
     *
     * @param waiting what to do when the buffer is full
     * @return the result of its job
     */
    public Map<String, Object> run(String row, Selection selection, Room.Waiting waiting, Progress progress)
            throws IOException {
        Instant begun = clock.instant();
        try {
            recover(row);
            RowState state = states.get(row, begun);
            Findings findings = new Findings();
            BufferedRun run = make(row, state, begun, selection, waiting, progress, findings);
            RowState.LastRun last = new RowState.LastRun(begun, run.number(), findings.problem());
            states.update(row, begun, before -> before.sealed(run.number(), run.base(), last));
            steps.done("state noted");
            buffer.enter(run);
            states.clear(row, run.number());
            dropReplaced(row);
            steps.done("cleared");
            return findings.result(run.number());
        } catch (IOException | RuntimeException e) {
            failed(row, begun, e);
            throw e;
        }
    }

    private void failed(String row, Instant begun, Exception e) {
        String problem =
                e instanceof CancellationException ? "the local backup was not finished: " + why(e) : Reason.of(e);
        try {
            states.update(row, begun, before -> before.failed(new RowState.LastRun(begun, null, problem)));
        } catch (IOException second) {
            LOG.warn("how the backup of {} went cannot be noted: {}", row, Reason.of(second));
        }
    }

    private static String why(Exception cancelled) {
        return cancelled.getMessage() == null ? "it was cancelled" : cancelled.getMessage();
    }

    private BufferedRun make(
            String row,
            RowState state,
            Instant begun,
            Selection selection,
            Room.Waiting waiting,
            Progress progress,
            Findings findings)
            throws IOException {
        long number = state.last() + 1;
        progress.phase("looking for changes");
        try (KnownFiles.Reader before = known(row, state)) {
            boolean full = before == null;
            RunItem.Start start = new RunItem.Start(UUID.randomUUID(), row, number, full ? 0 : state.last(), begun);
            RunBuilder run = buffer.begin(start, waiting);
            boolean sealed = false;
            Path known = states.known(row, number);
            Files.deleteIfExists(known);
            try (KnownFiles.Writer now = KnownFiles.create(known, start.id())) {
                Renamed renamed = full ? Renamed.none() : Renamed.of(states.known(row, state.last()));
                Capture capture = new Capture(run, full, renamed, freezer, progress, findings);
                Changes changes = new Changes(full ? KnownFiles.none() : before, now, run, capture, progress, findings);
                new Walk(selection, skipped, changes).go();
                changes.end();
                progress.phase("sealing");
                BufferedRun made = buffer.seal(run, start, full ? null : before.run(), () -> {
                    now.finish();
                    states.force(row);
                });
                sealed = true;
                return made;
            } finally {
                if (!sealed) {
                    buffer.abandon(run, start);
                    Files.deleteIfExists(known);
                }
            }
        }
    }

    /** Null: nothing can be built upon. */
    private KnownFiles.Reader known(String row, RowState state) {
        if (state.full() || state.last() == 0) {
            return null;
        }
        try {
            return KnownFiles.open(states.known(row, state.last()));
        } catch (IOException e) {
            LOG.warn(
                    "what run {} of {} saw is not known any more, so the next one is full: {}",
                    state.last(),
                    row,
                    Reason.of(e));
            return null;
        }
    }

    /**
     * The next run builds upon none, unless there is one already that will do and has not been sent.
     *
     * @param above the highest number that the center knows: the run's own is higher
     * @throws IOException if that cannot be, or it cannot be noted
     */
    public void fullWanted(String row, long above) throws IOException {
        Instant now = clock.instant();
        synchronized (replacing) {
            states.checkAbove(row, above, now);
            boolean there = unsent(row).stream().anyMatch(run -> run.base() == 0 && run.number() > above);
            if (!there) {
                states.update(row, now, before -> before.behind(above).wantFull(0));
            }
        }
    }

    /**
     * The center can never take a run, nor those that build upon it. They go when the next one that builds upon none is sealed, and not
     * before: until then they are all that there is of what was changed.
     */
    public void refused(BufferedRun run) throws IOException {
        synchronized (replacing) {
            states.update(run.backup(), clock.instant(), before -> before.replacing(run.number()));
            dropReplaced(run.backup());
        }
    }

    /** A run in the buffer is damaged: the next one builds upon none, and takes its place and that of those that build upon it. */
    public void damaged(BufferedRun run) throws IOException {
        LOG.error("run {} of {} in the buffer is damaged; the next one is full", run.number(), run.backup());
        states.update(run.backup(), clock.instant(), before -> before.wantFull(run.number()));
    }

    /** Deletes what is of no use once the run that takes its place is sealed; nothing before. What the next party has stays for other receipts. */
    private void dropReplaced(String row) throws IOException {
        synchronized (replacing) {
            RowState state = states.get(row, clock.instant());
            if (state.replaced() > 0 && !state.full() && drop(row, state.replaced())) {
                states.update(row, clock.instant(), RowState::cleared);
            }
        }
    }

    /** @return false if there is no run that takes their place */
    private boolean drop(String row, long from) throws IOException {
        List<BufferedRun> unsent = unsent(row);
        long full = unsent.stream()
                .filter(run -> run.base() == 0 && run.number() > from)
                .mapToLong(BufferedRun::number)
                .min()
                .orElse(0);
        if (full == 0) {
            return false;
        }
        for (BufferedRun run : unsent) {
            if (run.number() < full && run.number() >= from && !buffer.held().has(run)) {
                LOG.info(
                        "run {} of {} is replaced by run {}: its center lacks what it builds upon",
                        run.number(),
                        row,
                        full);
                buffer.delete(run);
            }
        }
        return true;
    }

    private List<BufferedRun> unsent(String row) {
        return buffer.runs(row).stream().filter(run -> run.sent() == null).toList();
    }
}

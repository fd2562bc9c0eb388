package org.hikae.files.client.send;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.client.BackupRow;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.capture.LocalBackups;
import org.hikae.files.client.table.Row;
import org.hikae.files.transfer.uplink.RunOutbox;

/**
 * The runs that one center is to have. A run is released by the receipt of all of it alone (R23, I6): then it is deleted, or, if its row
 * says so, marked as sent and kept a while. Thread-safe.
 */
public final class Outbox implements RunOutbox {

    private final String origin;
    private final Mine mine;
    private final Buffer buffer;
    private final LocalBackups backups;
    private final InstantSource clock;
    private final Runnable changed;

    /** Frames of runs that are durable at the center, as far as it said so since the platform was started. */
    private final Map<RunId, Long> durable = new ConcurrentHashMap<>();

    private final Map<RunId, String> problems = new ConcurrentHashMap<>();

    /** Which rows the center is to have. */
    @FunctionalInterface
    public interface Mine {
        /** @throws IOException if the rows cannot be read */
        List<Row> rows() throws IOException;
    }

    /**
     * @param origin name under which the center knows this client
     * @param changed told when the center has wanted a run that builds upon none
     */
    public Outbox(
            String origin, Mine mine, Buffer buffer, LocalBackups backups, InstantSource clock, Runnable changed) {
        this.origin = origin;
        this.mine = mine;
        this.buffer = buffer;
        this.backups = backups;
        this.clock = clock;
        this.changed = changed;
    }

    @Override
    public List<RunInfo> runs() throws IOException {
        List<RunInfo> waiting = new ArrayList<>();
        for (Row row : mine.rows()) {
            pending(row.name()).forEach(run -> waiting.add(info(origin, run, row.row())));
        }
        waiting.sort(Comparator.comparing(RunInfo::taken)
                .thenComparing(run -> run.id().backup())
                .thenComparing(run -> run.id().number()));
        return waiting;
    }

    private List<BufferedRun> pending(String row) {
        return buffer.runs(row).stream().filter(run -> run.sent() == null).toList();
    }

    /** How a run is announced: when it may be sent is what its row says now. */
    public static RunInfo info(String origin, BufferedRun run, BackupRow row) {
        return new RunInfo(
                new RunId(origin, run.backup(), run.number()),
                run.id(),
                run.base(),
                run.baseId(),
                run.taken(),
                row.window(),
                row.finish(),
                run.frames(),
                run.bytes(),
                run.files());
    }

    @Override
    public ReadableByteChannel open(RunId run, long frame) throws IOException {
        BufferedRun found =
                find(run).orElseThrow(() -> new IOException("run " + run + " is not in the buffer any more"));
        return new WatchedRun(found, found.open(frame), backups, changed);
    }

    /** Of another origin nothing is here. */
    private Optional<BufferedRun> find(RunId run) {
        return run.origin().equals(origin) ? buffer.run(run.backup(), run.number()) : Optional.empty();
    }

    private Optional<Row> row(String name) throws IOException {
        return mine.rows().stream().filter(row -> row.name().equals(name)).findFirst();
    }

    @Override
    public void received(RunId run, long frames) {
        if (find(run).isPresent()) {
            durable.merge(run, frames, Math::max);
        }
    }

    /** Frames of a run that are durable at the center, as far as is known. */
    public long durable(RunId run) {
        return durable.getOrDefault(run, 0L);
    }

    /** Only what this center is to have, and it has: a receipt of another one, or for another run of that number, is no reason to let go. */
    @Override
    public void complete(RunId run, UUID identity) throws IOException {
        Optional<Row> row = row(run.backup());
        Optional<BufferedRun> found = find(run).filter(each -> each.id().equals(identity));
        if (row.isPresent() && found.isPresent() && found.get().sent() == null) {
            Duration keep = row.get().row().keepInBuffer();
            if (keep.isZero()) {
                buffer.delete(found.get());
            } else {
                buffer.markSent(found.get(), clock.instant());
            }
            if (found.get().base() == 0) {
                buffer.forgetDamaged(run.backup(), run.number());
            }
        }
        durable.remove(run);
        problems.remove(run);
    }

    @Override
    public void fullWanted(String asked, String backup, long above) throws IOException {
        if (asked.equals(origin) && row(backup).isPresent()) {
            backups.fullWanted(backup, above);
            changed.run();
        }
    }

    /** Of rows that another center is to have, this one has nothing to say. */
    @Override
    public void refused(RunId run, UUID identity, String text) throws IOException {
        Optional<BufferedRun> found = find(run).filter(each -> each.id().equals(identity));
        if (row(run.backup()).isPresent() && found.isPresent() && found.get().sent() == null) {
            problems.put(run, text);
            backups.refused(found.get());
            changed.run();
        }
    }

    @Override
    public void problem(RunId run, String text) {
        if (find(run).isPresent()) {
            problems.put(run, text);
        }
    }

    /** What the center has said of a row's runs, in a sentence; null: nothing is wrong. */
    public String problem(String row) {
        return pending(row).stream()
                .map(run -> problems.get(new RunId(origin, row, run.number())))
                .filter(text -> text != null)
                .findFirst()
                .orElse(null);
    }

    public String origin() {
        return origin;
    }
}

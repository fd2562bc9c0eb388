package org.hikae.files.client.send;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.client.BackupRow;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.capture.LocalBackups;
import org.hikae.files.client.table.Row;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.uplink.RunOutbox;

/**
 * The runs that one center is to have. A run is released by the receipt of all of it alone (R23, I6): then it is deleted, or, if its row
 * says so, marked as sent and kept a while. Where its row wants the receipts of the centers, that of the next party only keeps it from being
 * sent again. Thread-safe.
 */
public final class Outbox implements RunOutbox {

    /** How long the same runs are asked for, of more than can be asked for at once. */
    private static final long TURN_SECONDS = 60;

    private final String origin;
    private final Mine mine;
    private final Buffer buffer;
    private final LocalBackups backups;
    private final InstantSource clock;
    private final Runnable changed;

    /** Frames of runs that are durable at the center, as far as it said so since the platform was started. */
    private final Map<RunId, Long> durable = new ConcurrentHashMap<>();

    private final Map<RunId, String> problems = new ConcurrentHashMap<>();

    /** Centers that are known to have a run that is to be at all of them, by its identity. */
    private final Map<UUID, List<UUID>> known = new ConcurrentHashMap<>();

    /** Those that are at all of them, by their identity, and could not be released yet. */
    private final Set<UUID> everywhere = ConcurrentHashMap.newKeySet();

    /** Those that the next party was known to have when they were asked for last: what it said of others may be older than its receipt. */
    private volatile Set<UUID> heldWhenAsked = Set.of();

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
            pending(row.name()).stream()
                    .filter(run -> !isHeld(run, row))
                    .forEach(run -> waiting.add(info(origin, run, row.row())));
        }
        waiting.sort(Comparator.comparing(RunInfo::taken)
                .thenComparing(run -> run.id().backup())
                .thenComparing(run -> run.id().number()));
        return waiting;
    }

    /** One that is not to wait for the centers any more is announced again: the next party gives its receipt again. */
    private boolean isHeld(BufferedRun run, Row row) {
        return row.row().endToEnd() && buffer.held().has(run);
    }

    /** The runs of a row that the next party has, and that stay for the receipts of the centers: ids of centers that have them, by number. */
    public SortedMap<Long, List<UUID>> awaited(Row row) {
        SortedMap<Long, List<UUID>> awaited = new TreeMap<>();
        for (BufferedRun run : pending(row.name())) {
            if (isHeld(run, row)) {
                awaited.put(run.number(), known.getOrDefault(run.id(), List.of()));
            }
        }
        return awaited;
    }

    /** If there is too much to be asked for at once, each has its turn, for a while: what is asked for anew is answered at once. */
    @Override
    public List<RunKey> asked() throws IOException {
        List<RunKey> all = new ArrayList<>();
        Set<UUID> here = new HashSet<>();
        Set<UUID> held = new HashSet<>();
        for (Row row : mine.rows()) {
            for (BufferedRun run : row.row().endToEnd() ? pending(row.name()) : List.<BufferedRun>of()) {
                all.add(new RunKey(new RunId(origin, row.name(), run.number()), run.id()));
                here.add(run.id());
                if (isHeld(run, row)) {
                    held.add(run.id());
                }
            }
        }
        heldWhenAsked = held;
        known.keySet().retainAll(here);
        everywhere.retainAll(here);
        if (all.size() > Protocol.MAX_RUNS) {
            Collections.rotate(all, -turn(all.size()));
            return all.subList(0, Protocol.MAX_RUNS);
        }
        return all;
    }

    private int turn(int size) {
        return (int) Math.floorMod(clock.instant().getEpochSecond() / TURN_SECONDS * Protocol.MAX_RUNS, (long) size);
    }

    /** Where a run is everywhere, it may go when all before it may: what is given back from here counts on what came after it to be here too. */
    @Override
    public void confirmed(Confirmation confirmation) throws IOException {
        RunId id = confirmation.run().run();
        Optional<Row> row = row(id.backup()).filter(each -> each.row().endToEnd());
        Optional<BufferedRun> found = find(id).filter(run ->
                run.sent() == null && run.id().equals(confirmation.run().identity()));
        if (row.isEmpty() || found.isEmpty()) {
            return;
        }
        BufferedRun run = found.get();
        if (confirmation.everywhere()) {
            everywhere.add(run.id());
            releaseConfirmed(row.get());
        } else {
            known.put(run.id(), confirmation.centers());
            if (confirmation.lost()
                    && heldWhenAsked.contains(run.id())
                    && buffer.held().has(run)) {
                // It is announced again, and sent again if it is wanted.
                buffer.held().letGo(run);
                changed.run();
            }
        }
    }

    /**
     * The oldest first. A center that has a run has all that this builds upon; and one that has a run which builds upon none, and lacks one
     * before it, never can have that. Both are told by nothing but the later run, so that it goes last.
     */
    private void releaseConfirmed(Row row) throws IOException {
        List<BufferedRun> pending = pending(row.name());
        long full = last(pending, run -> everywhere.contains(run.id()) && run.base() == 0);
        long any = last(pending, run -> everywhere.contains(run.id()));
        for (BufferedRun run : pending) {
            boolean is = everywhere.contains(run.id())
                    || run.number() < any && buffer.held().has(run);
            if (!is && run.number() > full) {
                return;
            }
            release(run, row);
        }
    }

    private static long last(List<BufferedRun> runs, Predicate<BufferedRun> which) {
        return runs.stream().filter(which).mapToLong(BufferedRun::number).max().orElse(0);
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
            if (row.get().row().endToEnd()) {
                buffer.held().hold(found.get());
            } else {
                release(found.get(), row.get());
            }
        }
        durable.remove(run);
        problems.remove(run);
    }

    private void release(BufferedRun run, Row row) throws IOException {
        if (run.base() == 0) {
            // First: whatever ends the platform in between, the receipt is given again.
            buffer.forgetDamaged(run.backup(), run.number());
        }
        Duration keep = row.row().keepInBuffer();
        if (keep.isZero()) {
            buffer.delete(run);
        } else {
            buffer.markSent(run, clock.instant());
        }
        RunId id = new RunId(origin, run.backup(), run.number());
        durable.remove(id);
        problems.remove(id);
        known.remove(run.id());
        everywhere.remove(run.id());
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

package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.IncompleteVersionsException;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Reason;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.RunTable;
import org.hikae.files.client.select.PathOrder;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ItemRules;

/**
 * The versions of files that the buffer and the centers have, as one list (R25): a run in the buffer says what has become of the files
 * since the last one that a center has. Thread-safe.
 */
public final class Versions {

    private static final Comparator<FileName> ORDER = (a, b) -> PathOrder.compare(a.bytes(), b.bytes());

    private static final int AGAIN = 5;

    private final Buffer buffer;

    public Versions(Buffer buffer) {
        this.buffer = buffer;
    }

    /** What is known of a path and what is in it, what could not be asked, and what is missed because it is damaged. */
    record Answer(List<Found> found, List<IOException> silent, List<Damage.Missed> missed) {}

    /**
     * The state at a time: of each path the version that was there.
     *
     * @param at null: now
     */
    Answer at(FileName path, Instant at, List<Archive> centers) throws IOException {
        return steadily(runs -> look(path, at, centers, runs));
    }

    /** Looks at the runs that there are. */
    private interface Look<T> {
        T look(List<BufferedRun> runs) throws IOException;
    }

    /** A run that is sent meanwhile is neither here any more nor in what a center said before: then all are asked again. */
    private <T> T steadily(Look<T> look) throws IOException {
        for (int again = 0; ; again++) {
            try {
                return look.look(buffer.runs());
            } catch (NoSuchFileException e) {
                if (again == AGAIN) {
                    throw new IOException("runs were sent each time that the buffer was looked at; try again", e);
                }
            }
        }
    }

    private Answer look(FileName path, Instant at, List<Archive> centers, List<BufferedRun> runs) throws IOException {
        List<IOException> silent = new ArrayList<>();
        Damage damage = new Damage(buffer.damaged());
        Map<String, TreeMap<FileName, Found>> states = new HashMap<>();
        for (Archive center : centers) {
            ask(center, request(center, path, at, false), silent, found -> {
                damage.seen(found.backup(), found.run(), found.taken());
                newest(state(states, found.backup()), found);
            });
        }
        for (BufferedRun run : runs) {
            damage.seen(run.backup(), run.number(), run.taken());
            if (at == null || !run.taken().isAfter(at)) {
                damage.counts(run);
                silentIf(silent, () -> apply(run, path, state(states, run.backup())));
            }
        }
        TreeMap<FileName, Found> merged = new TreeMap<>(ORDER);
        for (TreeMap<FileName, Found> state : states.values()) {
            state.values()
                    .forEach(found -> merged.merge(
                            found.path(), found, (a, b) -> b.taken().isAfter(a.taken()) ? b : a));
        }
        return new Answer(List.copyOf(merged.values()), silent, damage.missed(path, at));
    }

    private static TreeMap<FileName, Found> state(Map<String, TreeMap<FileName, Found>> states, String backup) {
        return states.computeIfAbsent(backup, key -> new TreeMap<>(ORDER));
    }

    private static void newest(TreeMap<FileName, Found> state, Found found) {
        state.merge(found.path(), found, (a, b) -> b.run() > a.run() ? b : a);
    }

    /** A run that builds upon none says of every file that it does not name that it is gone. */
    private void apply(BufferedRun run, FileName path, TreeMap<FileName, Found> state) throws IOException {
        if (run.base() == 0) {
            state.values().removeIf(found -> found.run() < run.number());
        }
        try (RunTable.Reader table = run.table()) {
            for (RunTable.Entry entry = table.next(); entry != null; entry = table.next()) {
                if (!PathOrder.isWithin(entry.path().bytes(), path.bytes())) {
                    continue;
                }
                Found before = state.get(entry.path());
                if (before instanceof Found.Stored stored && isThat(run, entry, stored.version())) {
                    // It has been sent and is kept: what is here comes sooner.
                    state.put(entry.path(), new Found.Buffered(run, entry, stored.version()));
                    continue;
                }
                boolean older = before == null || before.run() < run.number();
                if (older && entry.isGone()) {
                    state.remove(entry.path());
                } else if (older) {
                    state.put(entry.path(), new Found.Buffered(run, entry, version(run, entry, 0)));
                }
            }
        }
    }

    /** Whether a center's version is what this run has: a number may have come twice. */
    private static boolean isThat(BufferedRun run, RunTable.Entry entry, StoredVersion stored) {
        StoredVersion own = entry.isGone() ? null : version(run, entry, 0);
        return own != null
                && own.run().number() == stored.run().number()
                && own.taken().equals(stored.taken())
                && own.type() == stored.type()
                && own.size() == stored.size()
                && own.modified().equals(stored.modified())
                && Objects.equals(own.sha256(), stored.sha256());
    }

    /**
     * Those that were there at a time, by path.
     *
     * @throws IncompleteVersionsException if somebody cannot be asked, or the buffer not be read: has what is known all the same
     */
    public List<StoredVersion> versionsAt(FileName path, Instant at, List<Archive> centers) throws IOException {
        Answer answer = at(path, at, centers);
        List<StoredVersion> found = answer.found().stream().map(Found::version).toList();
        return whole(found, answer.silent(), answer.missed());
    }

    private static List<StoredVersion> whole(
            List<StoredVersion> found, List<IOException> silent, List<Damage.Missed> missed)
            throws IncompleteVersionsException {
        List<String> lacking = new ArrayList<>();
        silent.forEach(each -> lacking.add(each.getMessage()));
        missed.forEach(each -> lacking.add(each.why()));
        if (!lacking.isEmpty()) {
            throw new IncompleteVersionsException(String.join("; ", lacking), found);
        }
        return found;
    }

    /**
     * All versions, by path, the newest first.
     *
     * @throws IncompleteVersionsException if somebody cannot be asked, or the buffer not be read: has what is known all the same
     */
    public List<StoredVersion> all(FileName path, List<Archive> centers) throws IOException {
        return steadily(runs -> lookAtAll(path, centers, runs));
    }

    private List<StoredVersion> lookAtAll(FileName path, List<Archive> centers, List<BufferedRun> runs)
            throws IOException {
        List<IOException> silent = new ArrayList<>();
        Damage damage = new Damage(buffer.damaged());
        Map<String, TreeMap<FileName, TreeMap<Long, StoredVersion>>> all = new HashMap<>();
        for (Archive center : centers) {
            ask(center, request(center, path, null, true), silent, found -> {
                damage.seen(found.backup(), found.run(), found.taken());
                put(all, found.version());
            });
        }
        for (BufferedRun run : runs) {
            damage.seen(run.backup(), run.number(), run.taken());
            silentIf(silent, () -> enter(run, path, all));
        }
        TreeMap<FileName, List<StoredVersion>> merged = new TreeMap<>(ORDER);
        all.values()
                .forEach(backup -> backup.forEach((file, versions) ->
                        merged.computeIfAbsent(file, key -> new ArrayList<>()).addAll(versions.values())));
        List<StoredVersion> list = new ArrayList<>();
        for (List<StoredVersion> versions : merged.values()) {
            versions.sort(Comparator.comparing(StoredVersion::taken)
                    .thenComparing(version -> version.run().number())
                    .reversed());
            list.addAll(versions);
        }
        return whole(list, silent, damage.missed(path, null));
    }

    private static void put(Map<String, TreeMap<FileName, TreeMap<Long, StoredVersion>>> all, StoredVersion version) {
        all.computeIfAbsent(version.run().backup(), key -> new TreeMap<>(ORDER))
                .computeIfAbsent(version.path(), key -> new TreeMap<>())
                .putIfAbsent(version.run().number(), version);
    }

    private void enter(BufferedRun run, FileName path, Map<String, TreeMap<FileName, TreeMap<Long, StoredVersion>>> all)
            throws IOException {
        TreeMap<FileName, TreeMap<Long, StoredVersion>> backup =
                all.computeIfAbsent(run.backup(), key -> new TreeMap<>(ORDER));
        if (run.base() == 0) {
            backup.values().forEach(versions -> end(versions, run.number()));
        }
        try (RunTable.Reader table = run.table()) {
            for (RunTable.Entry entry = table.next(); entry != null; entry = table.next()) {
                if (PathOrder.isWithin(entry.path().bytes(), path.bytes())) {
                    TreeMap<Long, StoredVersion> versions =
                            backup.computeIfAbsent(entry.path(), key -> new TreeMap<>());
                    end(versions, run.number());
                    if (!entry.isGone()) {
                        versions.putIfAbsent(run.number(), version(run, entry, 0));
                    }
                }
            }
        }
    }

    /** The version before a run is not there any more from that run on. */
    private static void end(TreeMap<Long, StoredVersion> versions, long run) {
        Map.Entry<Long, StoredVersion> before = versions.lowerEntry(run);
        if (before != null && before.getValue().until() == 0 && !versions.containsKey(run)) {
            StoredVersion old = before.getValue();
            versions.put(
                    before.getKey(),
                    new StoredVersion(
                            old.run(),
                            old.path(),
                            run,
                            old.taken(),
                            old.type(),
                            old.size(),
                            old.modified(),
                            old.sha256(),
                            old.medium(),
                            old.doubt()));
        }
    }

    private static StoredVersion version(BufferedRun run, RunTable.Entry entry, long until) {
        return new StoredVersion(
                new RunId("", run.backup(), run.number()),
                entry.path(),
                until,
                run.taken(),
                entry.type(),
                entry.size(),
                entry.modified(),
                entry.sha256() == null ? null : HexFormat.of().formatHex(entry.sha256()),
                null,
                entry.doubt());
    }

    private static VersionsRequest request(Archive center, FileName path, Instant at, boolean all) {
        return new VersionsRequest(center.origin(), null, path, true, at, all, null, VersionsRequest.MAX_LIMIT);
    }

    /** Takes what was found. */
    private interface Sink {
        void found(Found found);
    }

    /** What a center says is not trusted: of another path than was asked for, nothing is taken. */
    private static void ask(Archive center, VersionsRequest request, List<IOException> silent, Sink sink) {
        try {
            center.versions(request, version -> {
                ItemRules.checkPath(version.path());
                boolean asked = PathOrder.isWithin(
                                version.path().bytes(), request.path().bytes())
                        && version.run().origin().equals(request.origin())
                        && ItemRules.isBackup(version.run().backup());
                if (!asked) {
                    throw new IOException("it answers with what nobody has asked for: " + version.path());
                }
                sink.found(new Found.Stored(center, version));
            });
        } catch (IOException e) {
            silent.add(new IOException("center '" + center.name() + "' cannot be asked: " + Reason.of(e), e));
        }
    }

    /** Something that may fail. */
    private interface Step {
        void run() throws IOException;
    }

    /** That a run is not there any more is for whoever looks again. */
    private static void silentIf(List<IOException> silent, Step step) throws NoSuchFileException {
        try {
            step.run();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            silent.add(new IOException("the buffer cannot be read: " + Reason.of(e), e));
        }
    }
}

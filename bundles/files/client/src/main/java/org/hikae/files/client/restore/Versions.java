package org.hikae.files.client.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.files.Reach;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.IncompleteVersionsException;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.RunTable;
import org.hikae.files.client.select.PathOrder;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ItemRules;
import org.hikae.files.transfer.uplink.Histories;
import org.hikae.files.transfer.uplink.Uplink;

/**
 * The versions of files that the buffer and the centers have, as one list (R25): a run in the buffer says what has become of the files
 * since the last one that a center has. Thread-safe.
 */
public final class Versions {

    private static final Comparator<FileName> ORDER = (a, b) -> PathOrder.compare(a.bytes(), b.bytes());

    private static final int AGAIN = 5;

    /** Of one center: who lists more is not believed to come to an end. They are put aside in a file. */
    private static final long MOST = 100_000_000;

    /** As before, where they are in memory. */
    private static final long MOST_IN_MEMORY = 2_000_000;

    private final Path home;
    private final Buffer buffer;

    /** @param home folder for what is too much for memory */
    Versions(Path home, Buffer buffer) {
        this.home = home;
        this.buffer = buffer;
    }

    /** What is known of a path and what is in it, what could not be asked, and what is missed because it is damaged. */
    record Answer(FoundList found, List<IOException> silent, List<Damage.Missed> missed) {}

    /**
     * The state at a time: of each path the version that was there, in the order of paths. To be closed by whoever asks for it.
     *
     * @param at null: now
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     */
    Answer at(FileName path, Instant at, List<Archive> centers, Progress progress) throws IOException {
        return steadily(runs -> look(path, at, centers, runs, progress));
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

    private Answer look(FileName path, Instant at, List<Archive> centers, List<BufferedRun> runs, Progress progress)
            throws IOException {
        List<IOException> silent = new ArrayList<>();
        Damage damage = new Damage(buffer.damaged().unsent());
        List<BufferedRun> counting = runs.stream()
                .filter(run -> at == null || !run.taken().isAfter(at))
                .toList();
        FoundCodec codec = new FoundCodec(centers, counting);
        Histories<Archive> histories = new Histories<>();
        try (FoundSorter all = new FoundSorter(home, codec)) {
            for (Archive center : centers) {
                progress.phase("asking center " + center.name() + " what there is");
                Asking asking = new Asking(center, path, MOST, progress, found -> {
                    damage.seen(found.backup(), found.run(), found.taken());
                    all.add(found);
                });
                asking.ask(request(center, path, at, false), silent);
                asking.reach.forEach(each -> histories.heard(center, each));
            }
            progress.phase("looking what is in the buffer");
            runs.forEach(run -> damage.seen(run.backup(), run.number(), run.taken()));
            for (BufferedRun run : counting) {
                damage.counts(run);
                each(run, path, damage, progress, entry -> all.add(Found.Buffered.of(run, entry)));
            }
            return new Answer(state(all, new State(counting, histories), codec), silent, damage.missed(path, at));
        }
    }

    private FoundList state(FoundSorter all, State state, FoundCodec codec) throws IOException {
        FoundList list = new FoundList(home, codec);
        try {
            state.put(all.sorted(), list);
            return list;
        } catch (IOException | RuntimeException e) {
            list.close();
            throw e;
        }
    }

    /** Takes what a run says. */
    private interface Entries {
        void entry(RunTable.Entry entry) throws IOException;
    }

    /** What a run says of a path and of what is in it; nothing if it cannot be read. */
    private void each(BufferedRun run, FileName path, Damage damage, Progress progress, Entries to) throws IOException {
        try (RunTable.Reader table = table(run, damage, progress)) {
            for (RunTable.Entry entry = next(table); entry != null; entry = next(table)) {
                progress.check();
                if (PathOrder.isWithin(entry.path().bytes(), path.bytes())) {
                    to.entry(entry);
                }
            }
        }
    }

    private static RunTable.Entry next(RunTable.Reader table) throws IOException {
        return table == null ? null : table.next();
    }

    /**
     * The table of a run. One that is damaged, or gone while the run is there, is made anew.
     *
     * @return null: that cannot be, and is told
     * @throws NoSuchFileException if the run is not there any more: that is for whoever looks again
     */
    private RunTable.Reader table(BufferedRun run, Damage damage, Progress progress) throws IOException {
        try {
            return run.table();
        } catch (IOException e) {
            if (e instanceof NoSuchFileException
                    && buffer.run(run.backup(), run.number()).isEmpty()) {
                throw e;
            }
            try {
                progress.phase(
                        "reading run " + run.number() + " of backup " + run.backup() + ", whose table is damaged");
                run.repairTable(progress);
                return run.table();
            } catch (IOException f) {
                if (buffer.run(run.backup(), run.number()).isEmpty()) {
                    throw new NoSuchFileException(run.backup() + "/" + run.number());
                }
                e.addSuppressed(f);
                if (run.sent() == null && !buffer.held().has(run)) {
                    damage.unread(run, e);
                }
                return null;
            }
        }
    }

    /**
     * Those that were there at a time, by path.
     *
     * @throws IncompleteVersionsException if somebody cannot be asked, or the buffer not be read: has what is known all the same
     */
    public List<StoredVersion> versionsAt(FileName path, Instant at, List<Archive> centers) throws IOException {
        Answer answer = at(path, at, centers, Progress.NONE);
        List<StoredVersion> versions = new ArrayList<>();
        try (FoundList all = answer.found()) {
            FoundList.Cursor cursor = all.read();
            for (Found found = cursor.next(); found != null; found = cursor.next()) {
                versions.add(found.version());
            }
        }
        return whole(versions, answer.silent(), answer.missed());
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
        return all(path, centers, Progress.NONE);
    }

    List<StoredVersion> all(FileName path, List<Archive> centers, Progress progress) throws IOException {
        return steadily(runs -> lookAtAll(path, centers, runs, progress));
    }

    private List<StoredVersion> lookAtAll(
            FileName path, List<Archive> centers, List<BufferedRun> runs, Progress progress) throws IOException {
        List<IOException> silent = new ArrayList<>();
        Damage damage = new Damage(buffer.damaged().unsent());
        Map<String, TreeMap<FileName, TreeMap<Long, StoredVersion>>> all = new HashMap<>();
        for (Archive center : centers) {
            Asking asking = new Asking(center, path, MOST_IN_MEMORY, progress, found -> {
                damage.seen(found.backup(), found.run(), found.taken());
                put(all, found.version());
            });
            asking.ask(request(center, path, null, true), silent);
        }
        for (BufferedRun run : runs) {
            damage.seen(run.backup(), run.number(), run.taken());
            enter(run, path, damage, progress, all);
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

    private void enter(
            BufferedRun run,
            FileName path,
            Damage damage,
            Progress progress,
            Map<String, TreeMap<FileName, TreeMap<Long, StoredVersion>>> all)
            throws IOException {
        TreeMap<FileName, TreeMap<Long, StoredVersion>> backup =
                all.computeIfAbsent(run.backup(), key -> new TreeMap<>(ORDER));
        if (run.base() == 0) {
            backup.values().forEach(versions -> end(versions, run.number()));
        }
        each(run, path, damage, progress, entry -> {
            TreeMap<Long, StoredVersion> versions = backup.computeIfAbsent(entry.path(), key -> new TreeMap<>());
            end(versions, run.number());
            if (!entry.isGone()) {
                versions.putIfAbsent(run.number(), Found.Buffered.of(run, entry).version());
            }
        });
    }

    /** The version before a run is not there any more from that run on. */
    private static void end(TreeMap<Long, StoredVersion> versions, long run) {
        Map.Entry<Long, StoredVersion> before = versions.lowerEntry(run);
        if (before != null && before.getValue().until() == 0 && !versions.containsKey(run)) {
            StoredVersion old = before.getValue();
            versions.put(before.getKey(), old.endedBy(run));
        }
    }

    private static VersionsRequest request(Archive center, FileName path, Instant at, boolean all) {
        return new VersionsRequest(center.origin(), null, path, true, at, all, null, VersionsRequest.MAX_LIMIT);
    }

    /** Takes what was found. */
    private interface Sink {
        void found(Found found) throws IOException;
    }

    /** What a center says is not trusted: of another path than was asked for, or without end, nothing is taken. */
    private static final class Asking implements Uplink.VersionSink {

        private final Archive center;
        private final FileName path;
        private final long most;
        private final Progress progress;
        private final Sink sink;

        /** How far it reaches, as it has said with each page. */
        private final List<Map<String, Reach>> reach = new ArrayList<>();

        private long count;

        Asking(Archive center, FileName path, long most, Progress progress, Sink sink) {
            this.center = center;
            this.path = path;
            this.most = most;
            this.progress = progress;
            this.sink = sink;
        }

        void ask(VersionsRequest request, List<IOException> silent) throws IOException {
            try {
                center.versions(request, this);
            } catch (UncheckedIOException e) {
                throw new IOException("what there is cannot be put aside: " + Reason.of(e.getCause()), e);
            } catch (IOException e) {
                silent.add(new IOException("center '" + center.name() + "' cannot be asked: " + Reason.of(e), e));
            }
        }

        @Override
        public void version(StoredVersion version) throws IOException {
            progress.check();
            ItemRules.checkPath(version.path());
            boolean asked = PathOrder.isWithin(version.path().bytes(), path.bytes())
                    && version.run().origin().equals(center.origin())
                    && ItemRules.isBackup(version.run().backup());
            if (!asked) {
                throw new IOException("it answers with what nobody has asked for: " + version.path());
            } else if (++count > most) {
                throw new IOException("it lists more than " + most + " versions; ask for a smaller folder");
            }
            try {
                sink.found(new Found.Stored(center, version));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void reach(Map<String, Reach> said) {
            reach.add(said);
        }

        @Override
        public void check() {
            progress.check();
        }
    }
}

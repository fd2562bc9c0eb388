package org.hikae.files.client.restore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.known.RowStates;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.run.ItemRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives files back (e.7): what has not been sent from the buffer, the rest from centers, through the buffer. Thread-safe. */
public final class Restorer {

    private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);

    private static final int AT_ONCE = 5000;

    private final Path home;
    private final Buffer buffer;
    private final RowStates states;
    private final Versions versions;
    private final Duration pause;

    /** Records that are open: the same restore cannot be made twice at once. Guarded by itself. */
    private final Set<String> open = new HashSet<>();

    /** The centers that may have files of this client. */
    public interface Centers {

        /** Those that are asked for versions. */
        List<Archive> asked() throws IOException;

        /** The one that was sent the runs of a row. */
        Archive of(String row) throws IOException;
    }

    /**
     * @param home folder for what is under way
     * @param pause before a center is asked again by which something was cut off
     */
    public Restorer(Path home, Buffer buffer, RowStates states, Duration pause) {
        this.home = home;
        this.states = states;
        this.pause = pause;
        this.buffer = buffer;
        versions = new Versions(home, buffer);
    }

    /**
     * The path that a text means.
     *
     * @throws IOException if it is no absolute path
     */
    public static FileName path(String text) throws IOException {
        String stripped = text.length() > 1 ? text.replaceFirst("/+$", "") : text;
        boolean root = !text.isEmpty() && stripped.isEmpty();
        FileName path = FileName.parse(root ? "/" : stripped.replaceAll("/+", "/"));
        ItemRules.checkPath(path);
        return path;
    }

    /**
     * What is to be given back.
     *
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if there is nothing, or somebody who may have more cannot be asked
     */
    Plan plan(RestoreFiles request, Centers centers, Progress progress) throws IOException {
        FileName path = path(request.path());
        Versions.Answer answer = versions.at(path, request.at(), centers.asked(), progress);
        boolean planned = false;
        try {
            List<Damage.Missed> missed = check(path, answer);
            if (answer.found().size() == 0) {
                throw new IOException(nothing(path, request.at(), centers.asked(), progress));
            }
            Plan plan = new Plan(request, path, answer.found(), missed, centers);
            plan.check();
            planned = true;
            return plan;
        } finally {
            if (!planned) {
                answer.found().close();
            }
        }
    }

    /**
     * What is missed because it is damaged.
     *
     * @throws IOException if it cannot be told what there is. A file that is here alone needs nobody else
     */
    private static List<Damage.Missed> check(FileName path, Versions.Answer answer) throws IOException {
        Found.Buffered alone = answer.found().size() == 1
                        && answer.found().first() instanceof Found.Buffered buffered
                        && buffered.path().equals(path)
                        && buffered.version().type() != FileType.DIRECTORY
                        && buffered.entry().sameRun() == 0
                ? buffered
                : null;
        if (!answer.silent().isEmpty() && alone == null) {
            throw answer.silent().get(0);
        }
        List<Damage.Missed> missed = answer.missed().stream()
                .filter(each -> alone == null || each.mayConcern(alone))
                .toList();
        if (!missed.isEmpty() && answer.found().size() == 0) {
            throw missed.get(0).failure();
        }
        return missed;
    }

    /** Why there is nothing to give back, and what there is instead. */
    private String nothing(FileName path, Instant at, List<Archive> centers, Progress progress) throws IOException {
        List<StoredVersion> all = versions.all(path, centers, progress);
        Optional<Instant> last = all.stream().map(StoredVersion::taken).max(Comparator.naturalOrder());
        if (last.isEmpty()) {
            return "nothing of " + path
                    + " was ever backed up; check the path, and 'client status' for what is backed up";
        } else if (at != null) {
            return path + " was not there at " + at + "; 'client versions " + path
                    + "' shows when it was: give one of these" + " times with --at";
        }
        return path + " is not there any more; it was last backed up at " + last.get() + ": give it back with --at "
                + last.get() + ", or see 'client versions " + path + "' for others";
    }

    /** Versions to give back, once. */
    static final class Plan implements Closeable {

        private final RestoreFiles request;
        private final FileName path;
        private final FoundList found;
        private final List<Damage.Missed> missed;
        private final Centers centers;

        private Plan(
                RestoreFiles request, FileName path, FoundList found, List<Damage.Missed> missed, Centers centers) {
            this.request = request;
            this.path = path;
            this.found = found;
            this.missed = missed;
            this.centers = centers;
        }

        /** @throws IOException if there is nothing of which it is certain that it is what is wanted */
        private void check() throws IOException {
            FoundList.Cursor all = found.read();
            Found next = missed.isEmpty() ? null : all.next();
            boolean none = next != null;
            for (; none && next != null; next = all.next()) {
                none = doubt(next) != null;
            }
            if (none) {
                throw missed.get(0).failure();
            }
        }

        /** What may have something else than was found; null: it is certain. */
        private Damage.Missed doubt(Found one) {
            return missed.stream()
                    .filter(each -> each.mayConcern(one))
                    .findFirst()
                    .orElse(null);
        }

        /** Forgets it. */
        @Override
        public void close() throws IOException {
            found.close();
        }
    }

    /**
     * Looks what there is, and gives it back. If it is cut off, the same request goes on with it.
     *
     * @return the result of its job
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if there is nothing, somebody who may have more cannot be asked, or not all files could be given back; says which
     */
    public Map<String, Object> restore(RestoreFiles request, Centers centers, Progress progress) throws IOException {
        return restore(plan(request, centers, progress), progress);
    }

    /** As the other, when it is known what there is. */
    Map<String, Object> restore(Plan plan, Progress progress) throws IOException {
        // Whatever becomes of it: what it has put aside takes room as long as it is open.
        try (plan) {
            String key = RestoreRecord.key(plan.request);
            synchronized (open) {
                if (!open.add(key)) {
                    throw new IOException("the same restore is under way already");
                }
            }
            try {
                return opened(plan, progress);
            } finally {
                synchronized (open) {
                    open.remove(key);
                }
            }
        }
    }

    private Map<String, Object> opened(Plan plan, Progress progress) throws IOException {
        Outcome outcome = new Outcome();
        Target target = new Target(plan.path, plan.request.to());
        try (RestoreRecord record = RestoreRecord.open(home, plan.request, target.existing());
                Placer placer = new Placer(target, plan.request.overwrite(), record, progress, outcome)) {
            plan.missed.forEach(each -> outcome.missed(each.why()));
            try (Todo todo = todo(plan, record, placer, progress, outcome)) {
                place(todo, plan.centers, record, placer, progress, outcome);
                placer.finish();
            } finally {
                record.note();
            }
            if (outcome.failure() != null && !plan.request.incomplete()) {
                throw new IOException(outcome.failure());
            }
            record.forget();
        }
        return outcome.result();
    }

    /** What has to come. */
    private Todo todo(Plan plan, RestoreRecord record, Placer placer, Progress progress, Outcome outcome)
            throws IOException {
        Todo todo = new Todo(home, plan.found.codec());
        boolean whole = false;
        long bytes = 0;
        try (Untouched untouched = new Untouched(states)) {
            FoundList.Cursor all = plan.found.read();
            for (Found found = all.next(); found != null; found = all.next()) {
                progress.check();
                Wanted version = new Wanted(found.version(), null);
                Damage.Missed doubt = plan.doubt(found);
                if (doubt != null) {
                    // An older one is not given back as if it were the one that is wanted (I6).
                    outcome.failed(
                            found.path(),
                            new IOException("what is there of it is older than run " + doubt.number() + " of backup '"
                                    + doubt.backup() + "', which cannot be read"));
                } else if (!placer.isSettled(version, untouched)) {
                    todo.add(found, record.isBegun(version));
                    bytes += found.version().size();
                }
            }
            whole = true;
        } finally {
            if (!whole) {
                todo.close();
            }
        }
        placer.total(bytes);
        return todo;
    }

    private void place(
            Todo todo, Centers centers, RestoreRecord record, Placer placer, Progress progress, Outcome outcome)
            throws IOException {
        if (todo.begun() != null) {
            // First: what is left of it would be in the way of another large file.
            from(todo.begun().center(), record, placer, progress, outcome)
                    .place(List.of(new Wanted(todo.begun().version(), null)));
        }
        FoundList.Cursor buffered = todo.buffered().read();
        for (List<Found.Buffered> some = some(buffered); !some.isEmpty(); some = some(buffered)) {
            Map<Archive, List<Wanted>> elsewhere = new LinkedHashMap<>();
            for (Wanted each : new FromBuffer(buffer, placer, progress, outcome).place(some)) {
                Archive holder = centers.of(each.version().run().backup());
                elsewhere.computeIfAbsent(holder, key -> new ArrayList<>()).add(each);
            }
            for (Map.Entry<Archive, List<Wanted>> center : elsewhere.entrySet()) {
                from(center.getKey(), record, placer, progress, outcome).place(center.getValue());
            }
        }
        for (Map.Entry<Archive, FoundList> center : todo.stored().entrySet()) {
            FoundList.Cursor all = center.getValue().read();
            from(center.getKey(), record, placer, progress, outcome).place(() -> {
                Found next = all.next();
                return next == null ? null : new Wanted(next.version(), null);
            });
        }
    }

    /** The next ones, as many as may be in memory. */
    private static List<Found.Buffered> some(FoundList.Cursor all) throws IOException {
        List<Found.Buffered> some = new ArrayList<>();
        while (some.size() < AT_ONCE && all.next() instanceof Found.Buffered next) {
            some.add(next);
        }
        return some;
    }

    private FromCenter from(Archive center, RestoreRecord record, Placer placer, Progress progress, Outcome outcome) {
        return new FromCenter(center, record.folder(), placer, progress, outcome, pause);
    }

    public Versions versions() {
        return versions;
    }

    /** Forgets restores that nobody has gone on with since that time, and takes away what they have left. */
    public void forgetBefore(Instant time) throws IOException {
        if (!Files.isDirectory(home)) {
            return;
        }
        // None begins meanwhile: it would lose its record.
        synchronized (open) {
            try (var records = Files.newDirectoryStream(home)) {
                for (Path record : records) {
                    if (Files.isDirectory(record)
                            && !isOpen(record)
                            && Files.getLastModifiedTime(record).toInstant().isBefore(time)) {
                        forget(record);
                    }
                }
            }
        }
    }

    /** What lies where nobody can write at the moment is for another time. */
    private static void forget(Path record) {
        try {
            RestoreRecord.delete(record);
        } catch (IOException e) {
            LOG.warn("what is left of a restore cannot be taken away: {}", Reason.of(e));
        }
    }

    private boolean isOpen(Path record) {
        return open.stream().anyMatch(request -> record.getFileName().toString().equals(RestoreRecord.id(request)));
    }
}

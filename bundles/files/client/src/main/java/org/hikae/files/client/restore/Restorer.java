package org.hikae.files.client.restore;

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
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.known.RowStates;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.run.ItemRules;

/** Gives files back (e.7): what has not been sent from the buffer, the rest from centers, through the buffer. Thread-safe. */
public final class Restorer {

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
        versions = new Versions(buffer);
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
     * @throws IOException if there is nothing, or somebody who may have more cannot be asked
     */
    public Plan plan(RestoreFiles request, Centers centers) throws IOException {
        FileName path = path(request.path());
        Versions.Answer answer = versions.at(path, request.at(), centers.asked());
        boolean alone = answer.found().size() == 1
                && answer.found().get(0) instanceof Found.Buffered buffered
                && buffered.path().equals(path)
                && buffered.version().type() != FileType.DIRECTORY
                && buffered.entry().sameRun() == 0;
        if (!answer.silent().isEmpty() && !alone) {
            throw answer.silent().get(0);
        }
        for (Damage.Missed missed : answer.missed()) {
            boolean later = alone
                    && answer.found().get(0).backup().equals(missed.run().backup())
                    && answer.found().get(0).run() > missed.run().number();
            if (!later) {
                throw missed.failure();
            }
        }
        if (answer.found().isEmpty()) {
            throw new IOException(nothing(path, request.at(), centers.asked()));
        }
        return new Plan(request, path, answer.found(), centers);
    }

    /** Why there is nothing to give back, and what there is instead. */
    private String nothing(FileName path, Instant at, List<Archive> centers) throws IOException {
        List<StoredVersion> all = versions.all(path, centers);
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

    /** Versions to give back. */
    public static final class Plan {

        private final RestoreFiles request;
        private final FileName path;
        private final List<Found> found;
        private final Centers centers;

        private Plan(RestoreFiles request, FileName path, List<Found> found, Centers centers) {
            this.request = request;
            this.path = path;
            this.found = found;
            this.centers = centers;
        }
    }

    /**
     * Gives back. If it is cut off, the same request goes on with it.
     *
     * @return the result of its job
     * @throws IOException if not all files could be given back; says which
     */
    public Map<String, Object> restore(Plan plan, Progress progress) throws IOException {
        String key = plan.request.toString();
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

    private Map<String, Object> opened(Plan plan, Progress progress) throws IOException {
        Outcome outcome = new Outcome();
        Target target = new Target(plan.path, plan.request.to());
        try (RestoreRecord record = RestoreRecord.open(home, plan.request, target.existing());
                Placer placer = new Placer(target, plan.request.overwrite(), record, progress, outcome)) {
            List<Found> wanted = wanted(plan, record, placer, progress);
            try {
                place(wanted, plan.centers, record, placer, progress, outcome);
                placer.finish();
            } finally {
                record.note();
            }
            if (outcome.failures() > 0) {
                throw new IOException(outcome.failure());
            }
            record.forget();
        }
        return outcome.result();
    }

    /** What has to come. */
    private List<Found> wanted(Plan plan, RestoreRecord record, Placer placer, Progress progress) throws IOException {
        List<Found> wanted = new ArrayList<>();
        long bytes = 0;
        try (Untouched untouched = new Untouched(states)) {
            for (Found found : plan.found) {
                progress.check();
                Wanted version = new Wanted(found.version(), null);
                if (!placer.isSettled(version, untouched)) {
                    // What was begun comes first: what is left of it would be in the way of another large file.
                    wanted.add(record.isBegun(version) ? 0 : wanted.size(), found);
                    bytes += found.version().size();
                }
            }
        }
        placer.total(bytes);
        return wanted;
    }

    private void place(
            List<Found> wanted,
            Centers centers,
            RestoreRecord record,
            Placer placer,
            Progress progress,
            Outcome outcome)
            throws IOException {
        List<Found.Buffered> buffered = new ArrayList<>();
        Map<Archive, List<Wanted>> stored = new LinkedHashMap<>();
        for (Found found : wanted) {
            if (found instanceof Found.Buffered here) {
                buffered.add(here);
            } else if (found instanceof Found.Stored there) {
                stored.computeIfAbsent(there.center(), center -> new ArrayList<>())
                        .add(new Wanted(there.version(), null));
            }
        }
        if (!wanted.isEmpty() && wanted.get(0) instanceof Found.Stored first) {
            Wanted version = new Wanted(first.version(), null);
            if (record.isBegun(version)) {
                from(first.center(), record, placer, progress, outcome).place(List.of(version));
                stored.get(first.center()).remove(0);
            }
        }
        List<Wanted> elsewhere = new FromBuffer(buffer, placer, progress, outcome).place(buffered);
        for (Wanted each : elsewhere) {
            Archive holder = centers.of(each.version().run().backup());
            stored.computeIfAbsent(holder, key -> new ArrayList<>()).add(each);
        }
        for (Map.Entry<Archive, List<Wanted>> center : stored.entrySet()) {
            from(center.getKey(), record, placer, progress, outcome).place(center.getValue());
        }
    }

    private FromCenter from(Archive center, RestoreRecord record, Placer placer, Progress progress, Outcome outcome) {
        return new FromCenter(center, record.folder(), placer, progress, outcome, pause);
    }

    public Versions versions() {
        return versions;
    }

    /** Forgets restores that nobody has gone on with since that time. */
    public void forgetBefore(Instant time) throws IOException {
        if (!Files.isDirectory(home)) {
            return;
        }
        try (var records = Files.newDirectoryStream(home)) {
            for (Path record : records) {
                if (Files.isDirectory(record)
                        && Files.getLastModifiedTime(record).toInstant().isBefore(time)) {
                    RestoreRecord.delete(record);
                }
            }
        }
    }
}

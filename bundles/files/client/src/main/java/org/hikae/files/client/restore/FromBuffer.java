package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Progress;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.RunTable;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.hikae.files.transfer.run.RunState;

/**
 * Gets versions from runs in the buffer. Of those whose content was sent before, a run has the attributes alone: the content may be in a run
 * before it, or elsewhere. Not thread-safe.
 */
final class FromBuffer {

    /** So many runs, at most, refer to each other. */
    private static final int LONGEST = 100_000;

    private final Buffer buffer;
    private final Placer placer;
    private final Progress progress;
    private final Outcome outcome;

    private record Here(Wanted wanted, long frame) {}

    /** Where the content of a version is said to be. @param item its attributes */
    private record Said(Found.Buffered found, RunItem.FileItem item, long run, FileName path) {}

    FromBuffer(Buffer buffer, Placer placer, Progress progress, Outcome outcome) {
        this.buffer = buffer;
        this.placer = placer;
        this.progress = progress;
        this.outcome = outcome;
    }

    /**
     * Puts what is here into place: some thousand at a time.
     *
     * @return what has its content elsewhere
     */
    List<Wanted> place(List<Found.Buffered> found) {
        progress.phase("from the buffer");
        List<Wanted> elsewhere = new ArrayList<>();
        Map<BufferedRun, List<Here>> here = new LinkedHashMap<>();
        Map<BufferedRun, List<Found.Buffered>> same = new LinkedHashMap<>();
        for (Found.Buffered each : found) {
            if (each.entry().sameRun() != 0) {
                same.computeIfAbsent(each.in(), run -> new ArrayList<>()).add(each);
            } else {
                Here direct =
                        new Here(new Wanted(each.version(), null), each.entry().frame());
                here.computeIfAbsent(each.in(), run -> new ArrayList<>()).add(direct);
            }
        }
        for (Map.Entry<BufferedRun, List<Found.Buffered>> run : same.entrySet()) {
            resolve(run.getKey(), run.getValue(), here, elsewhere);
        }
        for (Map.Entry<BufferedRun, List<Here>> run : here.entrySet()) {
            read(run.getKey(), run.getValue(), elsewhere);
        }
        return elsewhere;
    }

    private void resolve(
            BufferedRun run, List<Found.Buffered> found, Map<BufferedRun, List<Here>> here, List<Wanted> elsewhere) {
        Map<FileName, RunItem.FileItem> items;
        try {
            items = items(run, found);
        } catch (IOException e) {
            found.forEach(each -> unread(run, new Wanted(each.version(), null), e, elsewhere));
            return;
        }
        List<Said> said = new ArrayList<>();
        for (Found.Buffered each : found) {
            said.add(new Said(
                    each,
                    items.get(each.path()),
                    each.entry().sameRun(),
                    each.entry().samePath()));
        }
        for (int i = 0; !said.isEmpty(); i++) {
            said = i < LONGEST ? follow(said, here, elsewhere) : endless(said);
        }
    }

    private List<Said> endless(List<Said> said) {
        said.forEach(each -> outcome.failed(
                each.found.path(), new IOException("the buffer is damaged: its content is said to be nowhere")));
        return List.of();
    }

    /**
     * What cannot be read here comes from the center if that has the whole run: it may just have gone there. Else it is lost, and nothing
     * besides.
     */
    private void unread(BufferedRun run, Wanted wanted, IOException why, List<Wanted> elsewhere) {
        boolean isThere = buffer.run(run.backup(), run.number())
                .map(still -> still.sent() != null || buffer.held().has(still))
                .orElse(true);
        if (isThere) {
            elsewhere.add(wanted);
        } else {
            outcome.failed(wanted.path(), why);
        }
    }

    /** Looks where the content of files is said to be. @return those of which it is said there that it is in another place */
    private List<Said> follow(List<Said> said, Map<BufferedRun, List<Here>> here, List<Wanted> elsewhere) {
        Map<Long, List<Said>> byRun = new TreeMap<>();
        said.forEach(each ->
                byRun.computeIfAbsent(each.run, run -> new ArrayList<>()).add(each));
        List<Said> further = new ArrayList<>();
        for (Map.Entry<Long, List<Said>> each : byRun.entrySet()) {
            List<Said> of = each.getValue();
            BufferedRun in = buffer.run(of.get(0).found.backup(), each.getKey()).orElse(null);
            try {
                Map<FileName, RunTable.Entry> table = in == null ? null : tableIfThere(in, of);
                if (table == null) {
                    of.forEach(one -> elsewhere.add(new Wanted(version(one.found, one.run, one.path), one.item)));
                } else {
                    of.forEach(one -> follow(one, table.get(one.path), in, here, further));
                }
            } catch (IOException e) {
                of.forEach(one -> outcome.failed(one.found.path(), e));
            }
        }
        return further;
    }

    private void follow(
            Said said, RunTable.Entry content, BufferedRun in, Map<BufferedRun, List<Here>> here, List<Said> further) {
        if (content == null || content.isGone()) {
            outcome.failed(
                    said.found.path(),
                    new IOException("run " + said.run + " of " + in.backup() + " in the buffer lacks " + said.path));
        } else if (content.sameRun() == 0) {
            Wanted wanted = new Wanted(version(said.found, said.run, said.path), said.item);
            here.computeIfAbsent(in, key -> new ArrayList<>()).add(new Here(wanted, content.frame()));
        } else if (content.sameRun() > said.run
                || content.sameRun() == said.run && content.samePath().equals(said.path)) {
            outcome.failed(
                    said.found.path(),
                    new IOException("the buffer is damaged: " + said.path + " has the content of a later run"));
        } else {
            further.add(new Said(said.found, said.item, content.sameRun(), content.samePath()));
        }
    }

    private static StoredVersion version(Found.Buffered found, long run, FileName path) {
        StoredVersion own = found.version();
        return new StoredVersion(
                new RunId(own.run().origin(), found.backup(), run),
                path,
                0,
                own.taken(),
                own.type(),
                own.size(),
                own.modified(),
                own.sha256(),
                null,
                null);
    }

    /** What a run says of some paths; null if it has just gone to the center. */
    private Map<FileName, RunTable.Entry> tableIfThere(BufferedRun run, List<Said> wanted) throws IOException {
        try {
            return table(run, wanted);
        } catch (NoSuchFileException e) {
            if (buffer.run(run.backup(), run.number()).isPresent()) {
                throw e;
            }
            return null;
        }
    }

    private static Map<FileName, RunTable.Entry> table(BufferedRun run, List<Said> wanted) throws IOException {
        Set<FileName> paths = new HashSet<>();
        wanted.forEach(each -> paths.add(each.path));
        Map<FileName, RunTable.Entry> table = new HashMap<>();
        try (RunTable.Reader reader = run.table()) {
            for (RunTable.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                if (paths.contains(entry.path())) {
                    table.put(entry.path(), entry);
                }
            }
        }
        return table;
    }

    /** The items of files in a run whose content was sent before. */
    private Map<FileName, RunItem.FileItem> items(BufferedRun run, List<Found.Buffered> found) throws IOException {
        Map<FileName, RunItem.FileItem> items = new HashMap<>();
        found.forEach(each -> items.put(each.path(), null));
        long first =
                found.stream().mapToLong(each -> each.entry().frame()).min().orElse(0);
        int left = items.size();
        try (RunReader reader = new RunReader(run.open(first), RunState.unknown(first))) {
            while (left > 0) {
                progress.check();
                RunItem item = reader.next();
                if (item == null) {
                    throw lacking(run);
                }
                boolean wanted = item instanceof RunItem.FileItem file
                        && file.content() instanceof RunItem.Same
                        && items.containsKey(file.path())
                        && items.put(file.path(), file) == null;
                left -= wanted ? 1 : 0;
            }
        }
        return items;
    }

    private static IOException lacking(BufferedRun run) {
        return new IOException("run " + run.number() + " of " + run.backup() + " in the buffer lacks files");
    }

    /** Several may have the same content: it is read once for each. */
    private void read(BufferedRun run, List<Here> all, List<Wanted> elsewhere) {
        List<Here> left = all;
        while (!left.isEmpty()) {
            Map<FileName, Here> pass = new HashMap<>();
            List<Here> later = new ArrayList<>();
            for (Here each : left) {
                if (pass.putIfAbsent(each.wanted.version().path(), each) != null) {
                    later.add(each);
                }
            }
            passes(run, pass, elsewhere);
            left = later;
        }
    }

    /** Behind what cannot be read it is gone on with at the next file. A file that cannot be read where it was begun with is the damaged one. */
    private void passes(BufferedRun run, Map<FileName, Here> left, List<Wanted> elsewhere) {
        while (!left.isEmpty()) {
            int before = left.size();
            try {
                pass(run, left);
            } catch (IOException e) {
                if (buffer.run(run.backup(), run.number()).isEmpty()) {
                    // All of it has just gone to the center.
                    left.values().forEach(each -> unread(run, each.wanted, e, elsewhere));
                    return;
                } else if (left.size() == before) {
                    Here first = Collections.min(left.values(), Comparator.comparingLong(Here::frame));
                    left.remove(first.wanted.version().path());
                    unread(run, first.wanted, e, elsewhere);
                }
            }
        }
    }

    /** Reads from the first of the files to the last. @param left those that are not settled yet */
    private void pass(BufferedRun run, Map<FileName, Here> left) throws IOException {
        long first = left.values().stream().mapToLong(Here::frame).min().orElse(0);
        Feed feed = null;
        FileName path = null;
        try (RunReader reader = new RunReader(run.open(first), RunState.unknown(first))) {
            while (!left.isEmpty()) {
                progress.check();
                RunItem item = reader.next();
                if (item == null) {
                    throw lacking(run);
                } else if (item instanceof RunItem.FileItem file) {
                    path = file.path();
                    feed = left.containsKey(path)
                            ? new Feed(List.of(left.get(path).wanted), placer, progress, outcome)
                            : null;
                } else if (item instanceof RunItem.FileVoid && feed != null) {
                    // Another attempt follows.
                    placer.abandon();
                    feed = null;
                }
                if (feed != null) {
                    feed.item(item);
                    if (feed.settled() == 1) {
                        left.remove(path);
                        feed = null;
                    }
                }
            }
        } finally {
            placer.abandon();
        }
    }
}

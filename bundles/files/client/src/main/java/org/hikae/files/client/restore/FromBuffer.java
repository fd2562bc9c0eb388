package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final Buffer buffer;
    private final Placer placer;
    private final Progress progress;
    private final Outcome outcome;

    /** What is in runs, by path, as far as was asked for. */
    private final Map<BufferedRun, Map<FileName, RunTable.Entry>> tables = new HashMap<>();

    private record Here(Wanted wanted, long frame) {}

    FromBuffer(Buffer buffer, Placer placer, Progress progress, Outcome outcome) {
        this.buffer = buffer;
        this.placer = placer;
        this.progress = progress;
        this.outcome = outcome;
    }

    /**
     * Puts what is here into place.
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
        for (Found.Buffered each : found) {
            try {
                resolve(each, items.get(each.path()), here, elsewhere);
            } catch (IOException e) {
                outcome.failed(each.path(), e);
            }
        }
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

    /** Finds where the content is of which a run says that it was sent before. */
    private void resolve(
            Found.Buffered found, RunItem.FileItem item, Map<BufferedRun, List<Here>> here, List<Wanted> elsewhere)
            throws IOException {
        RunTable.Entry entry = found.entry();
        long run = entry.sameRun();
        FileName path = entry.samePath();
        BufferedRun in = buffer.run(found.backup(), run).orElse(null);
        while (in != null) {
            Map<FileName, RunTable.Entry> table = tableIfThere(in);
            if (table == null) {
                break;
            }
            RunTable.Entry content = table.get(path);
            if (content == null || content.isGone()) {
                throw new IOException("run " + run + " of " + found.backup() + " in the buffer lacks " + path);
            } else if (content.sameRun() == 0) {
                Wanted wanted = new Wanted(version(found, run, path), item);
                here.computeIfAbsent(in, key -> new ArrayList<>()).add(new Here(wanted, content.frame()));
                return;
            } else if (content.sameRun() > run
                    || content.sameRun() == run && content.samePath().equals(path)) {
                throw new IOException("the buffer is damaged: " + path + " has the content of a later run");
            }
            run = content.sameRun();
            path = content.samePath();
            in = buffer.run(found.backup(), run).orElse(null);
        }
        elsewhere.add(new Wanted(version(found, run, path), item));
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

    /** Null if the run has just gone to the center. */
    private Map<FileName, RunTable.Entry> tableIfThere(BufferedRun run) throws IOException {
        try {
            return table(run);
        } catch (NoSuchFileException e) {
            if (buffer.run(run.backup(), run.number()).isPresent()) {
                throw e;
            }
            return null;
        }
    }

    private Map<FileName, RunTable.Entry> table(BufferedRun run) throws IOException {
        Map<FileName, RunTable.Entry> table = tables.get(run);
        if (table == null) {
            table = new HashMap<>();
            try (RunTable.Reader reader = run.table()) {
                for (RunTable.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                    table.put(entry.path(), entry);
                }
            }
            tables.put(run, table);
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
            try {
                pass(run, pass);
            } catch (IOException e) {
                pass.values().forEach(each -> unread(run, each.wanted, e, elsewhere));
            }
            left = later;
        }
    }

    /** Reads from the first of the files to the last. */
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

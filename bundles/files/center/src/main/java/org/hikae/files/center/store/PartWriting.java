package org.hikae.files.center.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.files.RunInfo;
import org.hikae.api.fs.FileName;
import org.hikae.files.center.table.NewEntry;
import org.hikae.files.center.table.NewEntry.None;
import org.hikae.files.center.table.NewEntry.Other;
import org.hikae.files.center.table.NewEntry.Own;
import org.hikae.files.center.table.NewEntry.Source;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Gone;
import org.hikae.files.transfer.run.RunItem.Same;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunParser;
import org.hikae.files.transfer.run.RunState;
import org.hikae.files.transfer.run.StoredFrame;

/** The table of a part that comes in. Used by one thread at a time. */
final class PartWriting implements Closeable {

    private final RunInfo run;
    private final long first;
    /** Number of the first frame behind this part that is here already; -1: none is. */
    private final long limit;

    private final RunParser parser;
    private final List<Integer> lengths = new ArrayList<>();
    private final List<NewEntry> entries = new ArrayList<>();
    /** What files refer to, by the index of their entry. */
    private final Map<Integer, Same> references = new HashMap<>();
    /** Bytes that the entries take, about. */
    private long weight;

    private RunState state;
    /** Where the file that is open begins; null: none is. */
    private PartRow.Open open;

    /** That file; null if it began in an earlier part: then the state has it. */
    private FileItem file;

    PartWriting(RunInfo run, long first, long limit, RunState state, PartRow.Open open) {
        this.run = run;
        this.first = first;
        this.limit = limit;
        this.state = state;
        this.open = open;
        this.file = state.open();
        this.parser = new RunParser(state);
    }

    RunInfo run() {
        return run;
    }

    long first() {
        return first;
    }

    long next() {
        return first + lengths.size();
    }

    int frames() {
        return lengths.size();
    }

    long weight() {
        return weight;
    }

    boolean isEnded() {
        return state.ended();
    }

    /** Whether the next frame is here already. */
    boolean isAtLimit() {
        return limit >= 0 && next() >= limit;
    }

    /**
     * Takes a frame apart.
     *
     * @throws IOException if it is not the next one of this run, or makes no sense: no other can come then
     */
    List<RunItem> parse(StoredFrame frame) throws IOException {
        if (isEnded() || isAtLimit()) {
            throw new IOException("frame " + frame.number() + " of run " + run.id() + ", behind the last one wanted");
        }
        if (frame.number() != next()) {
            throw new IOException("frame " + frame.number() + " of run " + run.id() + " instead of " + next());
        }
        List<RunItem> items = parser.items(frame);
        if (items.get(0) instanceof Start start) {
            boolean same = start.id().equals(run.identity())
                    && start.backup().equals(run.id().backup())
                    && start.number() == run.id().number()
                    && start.base() == run.base();
            if (!same) {
                throw new IOException("the frames are those of run " + start.number() + " of " + start.backup()
                        + " upon " + start.base() + ", and run " + run.id() + " upon " + run.base() + " was announced");
            }
        }
        return items;
    }

    /** Adds a frame that was taken apart and written. */
    void add(StoredFrame frame, List<RunItem> items) {
        long number = frame.number();
        for (int i = 0; i < items.size(); i++) {
            add(items.get(i), number, i);
        }
        lengths.add(frame.header().frameLength());
        state = parser.state();
    }

    private void add(RunItem item, long frame, int index) {
        if (item instanceof FileItem next && next.content() instanceof Follows) {
            file = next;
            open = new PartRow.Open(frame, index, 0);
        } else if (item instanceof FileItem next) {
            if (next.content() instanceof Same same) {
                references.put(entries.size(), same);
            }
            enter(entry(next, frame, index, frame, null, null, new None()));
        } else if (item instanceof FileEnd end) {
            enter(entry(file, open.frame(), open.item(), frame, end.sha256(), end.doubt(), new Own()));
            file = null;
            open = null;
        } else if (item instanceof FileVoid) {
            file = null;
            open = null;
        } else if (item instanceof Gone gone) {
            enter(NewEntry.gone(frame, index, gone.path()));
        }
    }

    private void enter(NewEntry entry) {
        entries.add(entry);
        weight += 128
                + entry.path().length()
                + (entry.doubt() == null ? 0 : entry.doubt().length());
    }

    private static NewEntry entry(
            FileItem file, long frame, int item, long last, byte[] sha256, String doubt, Source content) {
        return new NewEntry(
                false,
                frame,
                item,
                last,
                file.path(),
                file.type(),
                file.size(),
                file.times().modified(),
                sha256,
                doubt,
                content);
    }

    /** Looks up what a file refers to that is not in this part: its entry, or null if it is not here. */
    interface Lookup {
        NewEntry find(Same same) throws IOException;
    }

    /**
     * Replaces references by where the content is (R22).
     *
     * @throws MissingReferenceException if it is not here
     */
    void resolve(Lookup lookup) throws IOException {
        Map<FileName, NewEntry> known = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            NewEntry entry = entries.get(i);
            Same same = references.get(i);
            if (same != null) {
                NewEntry found = same.run() == run.id().number() ? known.get(same.path()) : null;
                if (found == null) {
                    found = lookup.find(same);
                }
                entry = resolved(entry, same, found);
                entries.set(i, entry);
            }
            if (!(entry.content() instanceof None)) {
                known.put(entry.path(), entry);
            }
        }
    }

    private NewEntry resolved(NewEntry entry, Same same, NewEntry found) throws MissingReferenceException {
        boolean elsewhere = found != null && found.content() instanceof NewEntry.Elsewhere;
        if (found == null || !elsewhere && found.size() != entry.size()) {
            throw new MissingReferenceException("run " + run.id() + " has " + entry.path() + " with the content of "
                    + same.path() + " in run " + same.run() + ", which is not here");
        }
        Source content = found.content() instanceof Own
                ? new Other(run.id().number(), found.frame(), found.item(), found.last())
                : found.content();
        return new NewEntry(
                false,
                entry.frame(),
                entry.item(),
                entry.last(),
                entry.path(),
                entry.type(),
                entry.size(),
                entry.modified(),
                elsewhere ? null : found.sha256(),
                elsewhere ? null : found.doubt(),
                content);
    }

    /** As it is written and entered. */
    PartTable table() {
        int[] all = lengths.stream().mapToInt(Integer::intValue).toArray();
        return new PartTable(
                all,
                slim(state),
                open == null ? -1 : open.frame(),
                open == null ? 0 : open.item(),
                List.copyOf(entries));
    }

    /** Without what is not needed to go on, and would take too much space. */
    private static RunState slim(RunState state) {
        FileItem file = state.open();
        if (file == null) {
            return state;
        }
        FileItem slim = new FileItem(
                file.path(),
                file.type(),
                file.mode(),
                file.uid(),
                file.gid(),
                file.owner(),
                file.group(),
                file.times(),
                file.size(),
                file.target(),
                file.device(),
                List.of(),
                file.link(),
                file.content());
        return new RunState(
                state.frames(),
                state.known(),
                state.mark(),
                state.number(),
                state.base(),
                state.files(),
                state.gone(),
                state.bytes(),
                state.digest(),
                slim,
                state.position(),
                state.ended());
    }

    @Override
    public void close() {
        parser.close();
    }
}

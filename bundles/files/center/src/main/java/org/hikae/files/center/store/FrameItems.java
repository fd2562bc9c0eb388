package org.hikae.files.center.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.files.RunId;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunParser;
import org.hikae.files.transfer.run.RunState;
import org.hikae.files.transfer.run.StoredFrame;

/** The items of any frames of an origin. Remembers those of the last frames. Used by one thread at a time. */
final class FrameItems implements Closeable {

    /** Frames that are remembered: several small files are in one, and those of a folder came in about the same order. */
    private static final int REMEMBERED = 4;

    private record Key(long run, long frame) {}

    private record Frame(List<RunItem> items, long next) {}

    private final Core core;
    private final Map<Key, Frame> remembered = new LinkedHashMap<>(16, 0.75f, true);
    /** Parts that were asked for, by run id and first frame. */
    private final Map<Key, PartRow> parts = new HashMap<>();
    /** The part that is open; null: none is. */
    private PartRow open;

    private PartInput input;
    /** Goes on from frame to frame; null: it has to begin anew. */
    private RunParser parser;

    private Key parsed;

    FrameItems(Core core) {
        this.core = core;
    }

    /**
     * The items of a frame.
     *
     * @param run its run, and {@code id} that of its row
     * @param position where the frame begins in its object; -1: as the frame before it, which was asked for last, says, or at the
     *     beginning of a part
     */
    List<RunItem> items(RunId run, long id, long frame, long position) throws IOException {
        Key key = new Key(id, frame);
        Frame known = remembered.get(key);
        if (known == null) {
            known = read(run, key, position);
            remembered.put(key, known);
            if (remembered.size() > REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
        return known.items;
    }

    private Frame read(RunId run, Key key, long position) throws IOException {
        PartRow part = part(key);
        if (part != open) {
            close();
            String name = PartName.part(run, part.first()).toString();
            input = new PartInput(core.area(part.medium()).open(name), part.framesEnd());
            open = part;
        }
        long at = position;
        Frame before = remembered.get(new Key(key.run, key.frame - 1));
        if (at < 0) {
            at = key.frame == part.first() || before == null ? part.framesAt() : before.next;
        }
        StoredFrame frame = input.frame(at);
        if (frame.number() != key.frame) {
            throw new FormatException("run " + run + " has frame " + frame.number() + " where frame " + key.frame
                    + " is expected: it is damaged");
        }
        List<RunItem> items = parse(key, frame);
        return new Frame(items, at + frame.header().frameLength());
    }

    private List<RunItem> parse(Key key, StoredFrame frame) throws IOException {
        if (parser == null || !key.equals(parsed)) {
            endParser();
            parser = new RunParser(RunState.unknown(key.frame));
        }
        parsed = null;
        List<RunItem> items = parser.items(frame);
        parsed = new Key(key.run, key.frame + 1);
        return items;
    }

    private PartRow part(Key key) throws IOException {
        if (open != null && open.run() == key.run && key.frame >= open.first() && key.frame < open.end()) {
            return open;
        }
        Optional<PartRow> found = core.tables().call(connection -> PartRow.with(connection, key.run, key.frame));
        PartRow part = found.orElseThrow(
                () -> new IOException("frame " + key.frame + " is not here any more: it was dropped meanwhile"));
        PartRow same = parts.putIfAbsent(new Key(key.run, part.first()), part);
        return same == null ? part : same;
    }

    private void endParser() {
        if (parser != null) {
            parser.close();
            parser = null;
        }
    }

    @Override
    public void close() throws IOException {
        endParser();
        open = null;
        if (input != null) {
            PartInput last = input;
            input = null;
            last.close();
        }
    }
}

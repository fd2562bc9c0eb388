package org.hikae.files.transfer.run;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The items of frames that come one after the other, from any frame of a run on. Everything that can be told is checked:
 * order, offsets, lengths, limits, counts; only the SHA-256 of contents is left to who wants to compute it. Not
 * thread-safe.
 */
public final class RunParser implements Closeable {
    private final FrameCodec codec = new FrameCodec();
    private final RunCheck check;

    /** @param state before the first frame that will be given, see {@link RunState#BEGIN} and {@link RunState#unknown} */
    public RunParser(RunState state) {
        check = new RunCheck(state);
    }

    /**
     * Takes the next frame apart.
     *
     * @return its items, at least one
     * @throws FormatException if it is not the next frame of this run, or something in it is wrong: nothing of it may be
     *     kept, and the parser is of no use any more
     */
    public List<RunItem> items(StoredFrame frame) throws FormatException {
        check.begin(frame.header());
        ByteBuffer raw = codec.decode(frame);
        ByteBuffer left = raw.duplicate();
        List<RunItem> items = new ArrayList<>();
        while (left.hasRemaining()) {
            RunItem item;
            try {
                item = ItemCodec.take(left);
                check.item(item, items.isEmpty(), !left.hasRemaining());
            } catch (FormatException e) {
                throw in(frame, e);
            }
            items.add(item);
        }
        check.finish(raw);
        return items;
    }

    private static FormatException in(StoredFrame frame, FormatException e) {
        FormatException more = new FormatException("frame " + frame.number() + ": " + e.getMessage());
        more.initCause(e);
        return more;
    }

    /** Behind the last frame; to be asked for between frames. */
    public RunState state() {
        return check.state();
    }

    @Override
    public void close() {
        codec.close();
    }
}

package org.hikae.files.transfer.run;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Iterator;
import java.util.List;

/** The items of a run, off a channel with its frames, as {@link RunParser} checks them. Not thread-safe. */
public final class RunReader implements Closeable {
    private final FrameReader frames;
    private final RunParser parser;
    private Iterator<RunItem> items = List.<RunItem>of().iterator();
    private long frame = -1;
    private boolean ended;

    /** @param channel with the frames of a run, from its first on */
    public RunReader(ReadableByteChannel channel) {
        this(channel, RunState.BEGIN);
    }

    /** @param state before the first frame on the channel */
    public RunReader(ReadableByteChannel channel, RunState state) {
        frames = new FrameReader(channel);
        parser = new RunParser(state);
        ended = state.ended();
    }

    /**
     * The next item; null after {@link RunItem.End}.
     *
     * @throws EOFException if the frames stop before the end
     * @throws FormatException if something is wrong with them
     * @throws IOException if the channel cannot be read
     */
    public RunItem next() throws IOException {
        if (!items.hasNext()) {
            StoredFrame next = frames.next();
            if (next == null) {
                if (!ended) {
                    throw new EOFException(
                            "a run that stops behind " + parser.state().frames() + " frames");
                }
                return null;
            }
            items = parser.items(next).iterator();
            frame = next.number();
            ended = parser.state().ended();
        }
        return items.next();
    }

    /** Number of the frame of the last item; -1 before the first one. */
    public long frame() {
        return frame;
    }

    /** Closes the channel. */
    @Override
    public void close() throws IOException {
        try (parser) {
            frames.close();
        }
    }
}

package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunReader;
import org.hikae.files.transfer.run.RunWriter;

/** Files of two runs as one: what is here, and what passes through from above. */
public final class MergedContent extends Feed {

    private final Iterator<Boolean> turns;
    private final RunReader here;
    private final RunReader above;
    private final FrameCodec codec = new FrameCodec();
    private final Deque<ByteBuffer> made = new ArrayDeque<>();
    private final RunWriter writer;
    /** Whose file is under way; null: none is. */
    private RunReader open;

    private boolean finished;

    private MergedContent(List<Boolean> turns, ReadableByteChannel here, ReadableByteChannel above, Instant now)
            throws IOException {
        this.turns = turns.iterator();
        this.here = new RunReader(here);
        this.above = new RunReader(above);
        Start start = new Start(UUID.randomUUID(), "restore", 1, 0, now);
        writer = new RunWriter(start, (number, raw) -> {
            ByteBuffer heap =
                    ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip();
            made.add(codec.encode(number, start.mark(), heap).bytes());
        });
    }

    /**
     * Takes both channels over, which are closed with it, and if it cannot be made.
     *
     * @param turns of each file, in the order in which they are given, whether it is the next one of those that are here
     */
    public static ReadableByteChannel of(
            List<Boolean> turns, ReadableByteChannel here, ReadableByteChannel above, Instant now) throws IOException {
        try {
            return new MergedContent(turns, here, above, now);
        } catch (IOException | RuntimeException e) {
            try (here;
                    above) {
                throw e;
            }
        }
    }

    @Override
    ByteBuffer next() throws IOException {
        while (made.isEmpty() && !finished) {
            if (open != null) {
                goOn();
            } else if (turns.hasNext()) {
                begin(turns.next() ? here : above);
            } else {
                writer.finish();
                finished = true;
            }
        }
        return made.poll();
    }

    private void begin(RunReader from) throws IOException {
        RunItem item = from.next();
        if (item instanceof Start) {
            item = from.next();
        }
        if (!(item instanceof FileItem file)) {
            throw new FormatException("an answer with fewer files than were asked for");
        }
        writer.write(file);
        open = file.content() instanceof Follows ? from : null;
    }

    private void goOn() throws IOException {
        RunItem item = open.next();
        if (item instanceof Data data) {
            writer.write(data);
        } else if (item instanceof FileEnd || item instanceof FileVoid) {
            writer.write(item);
            open = null;
        } else {
            throw new FormatException("an answer with a file that does not end");
        }
    }

    @Override
    void end() throws IOException {
        codec.close();
        try (here;
                above) {
            made.clear();
        }
    }
}

package org.hikae.files.transfer.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Start;

/** Files of several runs as one: what is here, and what passes through from others. */
public final class MergedContent extends Feed {

    private final Iterator<Integer> turns;
    private final List<RunReader> sources = new ArrayList<>();
    private final FrameCodec codec = new FrameCodec();
    private final Deque<ByteBuffer> made = new ArrayDeque<>();
    private final RunWriter writer;
    /** Whose file is under way; null: none is. */
    private RunReader open;

    private boolean finished;

    private MergedContent(List<Integer> turns, List<ReadableByteChannel> channels, Instant now) throws IOException {
        this.turns = turns.iterator();
        for (ReadableByteChannel each : channels) {
            sources.add(new RunReader(each));
        }
        Start start = new Start(UUID.randomUUID(), "restore", 1, 0, now);
        writer = new RunWriter(start, (number, raw) -> {
            ByteBuffer heap =
                    ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip();
            made.add(codec.encode(number, start.mark(), heap).bytes());
        });
    }

    /**
     * Takes the channels over, which are closed with it, and if it cannot be made.
     *
     * @param turns of each file, in the order in which they are given, of which channel it is the next one
     */
    public static ReadableByteChannel of(List<Integer> turns, List<ReadableByteChannel> channels, Instant now)
            throws IOException {
        try {
            return new MergedContent(List.copyOf(turns), List.copyOf(channels), now);
        } catch (IOException | RuntimeException e) {
            try {
                closeAll(channels);
            } catch (IOException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
    }

    /** Closes all of them, whatever goes wrong. */
    public static void closeAll(List<? extends Closeable> channels) throws IOException {
        IOException failure = null;
        for (Closeable each : channels) {
            try {
                each.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    protected ByteBuffer next() throws IOException {
        while (made.isEmpty() && !finished) {
            if (open != null) {
                goOn();
            } else if (turns.hasNext()) {
                begin(sources.get(turns.next()));
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
    protected void end() throws IOException {
        codec.close();
        made.clear();
        closeAll(sources);
    }
}

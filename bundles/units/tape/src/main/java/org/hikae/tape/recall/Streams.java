package org.hikae.tape.recall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/** Tells sequential reads of an object from others. Thread-safe. */
final class Streams {

    /** So many readers that share an object are told apart. */
    private static final int MOST = 4;

    private final Limits limits;
    private final SlotMemory memory;
    private final LongSupplier nanos;
    /** At most {@link #MOST}; guarded by this. */
    private final List<Stream> streams = new ArrayList<>(MOST);

    private boolean closed;

    /**
     * Slots to be read ahead.
     *
     * @param from the first
     * @param to the one behind the last
     */
    record Ahead(Stream stream, long from, long to) {}

    Streams(Limits limits, SlotMemory memory, LongSupplier nanos) {
        this.limits = limits;
        this.memory = memory;
        this.nanos = nanos;
    }

    /**
     * Takes note of a read.
     *
     * @return what it belongs to, if that is sequential; else null
     */
    synchronized Stream note(long position, int length) {
        for (Stream stream : streams) {
            if (stream.fits(position)) {
                stream.add(position, length);
                return stream.isSequential() ? stream : null;
            }
        }
        if (streams.size() == MOST) {
            long now = nanos.getAsLong();
            Stream oldest = Collections.max(streams, Comparator.comparingLong(stream -> now - stream.used()));
            streams.remove(oldest);
            memory.forget(oldest);
        }
        streams.add(new Stream(position, length, limits.slot(), nanos));
        return null;
    }

    /**
     * What is to be read ahead now, if so much of it was used up that it is worth while to let a drive run again; it counts as asked
     * for then.
     *
     * @return null: nothing
     */
    synchronized Ahead ahead(Stream stream) {
        if (closed || !streams.contains(stream)) {
            return null;
        }
        memory.passed(stream, stream.left());
        long from = stream.ahead();
        long to = stream.next() + limits.window();
        if (to - from < (limits.window() + 1) / 2) {
            return null;
        }
        stream.askedUpTo(to);
        return new Ahead(stream, from, to);
    }

    /** There was no room for all that was to be read ahead. */
    synchronized void stopped(Ahead ahead, long slot) {
        if (ahead.stream().ahead() == ahead.to()) {
            ahead.stream().askedUpTo(slot);
        }
    }

    /** Nothing is read ahead any more. */
    synchronized void close() {
        closed = true;
        streams.forEach(memory::forget);
        streams.clear();
    }
}

package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A slot that is being read from tape, once for all who wait for it. Guarded by its {@link Fetches}. */
final class Fetch {

    final Source source;
    final SlotKey key;
    /** Offset of its first byte in the object. */
    final long from;
    /** Number of its bytes. */
    final int length;

    private final List<Taker> takers = new ArrayList<>(1);
    /** Numbers of the copies that could not be read. */
    private final Set<Long> tried = new HashSet<>(2);

    private final List<IOException> failures = new ArrayList<>(1);
    /** What is being done; null while a copy is chosen. */
    private Attempt attempt;
    /** Whether it belongs into the buffer. */
    private boolean kept;
    /** Whether its bytes are there: who comes is given them still. */
    private boolean delivering;

    /** One copy's turn. */
    static final class Attempt {

        final Fetch fetch;
        final Layout layout;
        /** Those that are not read yet. */
        final List<Piece> pieces = new ArrayList<>(1);
        /** Null until there is something to read; only those who read a piece write to it, each to its own bytes. */
        private ByteBuffer data;

        Attempt(Fetch fetch, Layout layout) {
            this.fetch = fetch;
            this.layout = layout;
            for (Layout.Part part : layout.parts(fetch.from, fetch.from + fetch.length)) {
                pieces.add(new Piece(this, part));
            }
        }

        boolean isCurrent() {
            return fetch.attempt == this;
        }

        ByteBuffer data() {
            return data;
        }

        void data(ByteBuffer to) {
            data = to;
        }
    }

    Fetch(Source source, SlotKey key, long from, int length) {
        this.source = source;
        this.key = key;
        this.from = from;
        this.length = length;
    }

    void join(Taker taker, boolean keep) {
        takers.add(taker);
        kept |= keep;
    }

    /** @return whether nobody waits any more, so that it need not be read */
    boolean leave(Taker taker) {
        return takers.remove(taker) && takers.isEmpty() && !delivering;
    }

    boolean isWanted() {
        return !takers.isEmpty();
    }

    /** Those who wait, who do not after this. */
    List<Taker> takeTakers() {
        List<Taker> all = List.copyOf(takers);
        takers.clear();
        return all;
    }

    boolean isKept() {
        return kept;
    }

    Attempt attempt() {
        return attempt;
    }

    void attempt(Attempt next) {
        attempt = next;
    }

    void deliver() {
        delivering = true;
    }

    /** The copy of the attempt is no good. */
    void failed(IOException why) {
        tried.add(attempt.layout.copy().number());
        failures.add(why);
        attempt = null;
    }

    Set<Long> tried() {
        return Set.copyOf(tried);
    }

    List<IOException> failures() {
        return List.copyOf(failures);
    }
}

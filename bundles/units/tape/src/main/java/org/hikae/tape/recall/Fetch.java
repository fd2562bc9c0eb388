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
    /** What is being done; null while a copy is chosen, and after. */
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
        /** The slot; null until something is read. Who reads a piece writes its bytes, and nobody else does. */
        ByteBuffer data;

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

        /** Whether some of the slot is zeros that are not on tape. */
        boolean hasHoles() {
            return pieces.stream().mapToLong(Piece::length).sum() < fetch.length;
        }
    }

    Fetch(Source source, SlotKey key, int slotBytes) {
        this.source = source;
        this.key = key;
        from = key.index() * slotBytes;
        length = (int) Math.min(slotBytes, key.object().length() - from);
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

    /** Whether a cartridge is being waited for, or read. */
    boolean needs(Cartridge cartridge) {
        return attempt != null
                && attempt.pieces.stream().anyMatch(piece -> piece.volume().equals(cartridge.volume));
    }

    Attempt attempt() {
        return attempt;
    }

    void begin(Attempt next) {
        attempt = next;
    }

    void end() {
        attempt = null;
    }

    void deliver() {
        attempt = null;
        delivering = true;
    }

    void failed(long copy, IOException why) {
        tried.add(copy);
        failures.add(why);
    }

    Set<Long> tried() {
        return Set.copyOf(tried);
    }

    List<IOException> failures() {
        return List.copyOf(failures);
    }
}

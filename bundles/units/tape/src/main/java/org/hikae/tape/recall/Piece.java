package org.hikae.tape.recall;

import java.util.Comparator;

/** Bytes of a slot that are to be read from one cartridge. Guarded by the {@link Fetches}. */
final class Piece {

    /** Those that come first on the tape first. */
    static final Comparator<Piece> BY_POSITION =
            Comparator.<Piece>comparingLong(piece -> piece.part.block()).thenComparingLong(piece -> piece.number);

    final Fetch.Attempt attempt;
    final Layout.Part part;
    /** In the order of coming, among those for its cartridge; also what the cartridge had given until then. */
    private long number;

    private long givenBefore;
    /** How often it could not be read. */
    private int failures;

    Piece(Fetch.Attempt attempt, Layout.Part part) {
        this.attempt = attempt;
        this.part = part;
    }

    void queued(long as, long given) {
        number = as;
        givenBefore = given;
    }

    long givenBefore() {
        return givenBefore;
    }

    int failures() {
        return failures;
    }

    void failed() {
        failures++;
    }

    long length() {
        return part.to() - part.from();
    }
}

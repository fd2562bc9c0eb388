package org.hikae.tape.recall;

import java.util.UUID;

/** Bytes of a slot that are to be read from one cartridge. Guarded by the {@link Fetches}. */
final class Piece {

    final Fetch.Attempt attempt;
    final Layout.Part part;
    private Place place;
    /** Bytes that the cartridge had given when this came. */
    private long givenBefore;

    /**
     * Where it is in the order of positions.
     *
     * @param block position of its first record
     * @param number in the order of coming
     */
    record Place(long block, long number) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int order = Long.compare(block, other.block);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    Piece(Fetch.Attempt attempt, Layout.Part part) {
        this.attempt = attempt;
        this.part = part;
    }

    void queued(long number, long given) {
        place = new Place(part.block(), number);
        givenBefore = given;
    }

    Place place() {
        return place;
    }

    long givenBefore() {
        return givenBefore;
    }

    UUID volume() {
        return part.extent().volume();
    }

    long length() {
        return part.to() - part.from();
    }
}

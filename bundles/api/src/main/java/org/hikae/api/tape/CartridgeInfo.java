package org.hikae.api.tape;

import java.time.Instant;
import java.util.UUID;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/**
 * A cartridge.
 *
 * @param barcode by which people and libraries know it
 * @param volume id that its label has; null of one without a label of ours, or that was never read
 * @param pool the pool that it is in; null as {@code volume}
 * @param state how it stands
 * @param library name of the library that it is in; null: in none
 * @param place where it is in there; null: in none
 * @param writtenBytes up to the end of its data, with all that is no longer needed
 * @param neededBytes of objects that are still listed
 * @param objects number of these, wholly or in part
 * @param labelled when its label was written; null as {@code volume}
 * @param lastWritten when it was written to last; null: never
 * @param note what else is to be said of it, in a sentence, such as why it is damaged; null: nothing
 */
public record CartridgeInfo(
        String barcode,
        UUID volume,
        String pool,
        State state,
        String library,
        Place place,
        long writtenBytes,
        long neededBytes,
        int objects,
        Instant labelled,
        Instant lastWritten,
        String note) {

    /** How a cartridge stands. The first that applies, but in the order of the words' gravity: damaged, off-site, and so on. */
    public enum State {
        /** In a library, and not read yet. */
        UNKNOWN,
        /** Blank or labelled, with nothing on it: it can be given to any pool. */
        SCRATCH,
        /** More can be written. */
        APPENDABLE,
        /** No more can be written. */
        FULL,
        /** Full or not, nothing on it is needed any more: it can be erased. */
        EXPIRED,
        /** It could not be written or read somewhere: nothing more is written to it. */
        DAMAGED,
        /** Something that is not of this home is on it: it is not touched. */
        FOREIGN,
        /** It is known, and in no library. */
        OFF_SITE,
        /** It was declared lost for good: nothing on it is counted on. */
        LOST
    }
}

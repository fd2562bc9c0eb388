package org.hikae.tapevirtual;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds out what a word is that begins nothing whole: the torn end of a tape, a record whose first or last word was changed, or
 * a changed filemark. What is found counts as one object, so that those behind it keep their positions.
 *
 * <p>A record's data may look like a tape. So nothing is believed that rests on a single word.
 */
final class Resync {

    private static final int PIECE = 1 << 18;

    private final TapReader reader;

    Resync(TapReader reader) {
        this.reader = reader;
    }

    TapObject broken(long at, int word) throws IOException {
        boolean torn = TapWords.isRecord(word) && at + TapWords.span(TapWords.length(word)) > reader.size();
        long next = next(at, word);
        // That the file ends there proves nothing of a record that may have been cut off anywhere.
        if (next >= 0 && !(torn && next == reader.size())) {
            return new TapObject(TapObject.Kind.BAD, at, 0, next);
        }
        return new TapObject(torn ? TapObject.Kind.END : TapObject.Kind.LOST, at, 0, at);
    }

    /** Where the object ends that begins with a wrong word, or ends with one; -1: nobody knows. */
    private long next(long at, int word) throws IOException {
        if (TapWords.isRecord(word)) {
            long end = at + TapWords.span(TapWords.length(word));
            // The words behind the record and before the next one are neighbours, and may be damaged together.
            if (end <= reader.size() && (isObject(end) || endOfRecord(end) >= 0)) {
                return end;
            }
        }
        long end = endOfRecord(at);
        if (end >= 0) {
            return end;
        }
        long behindMark = at + TapWords.WORD;
        return isObject(behindMark) ? behindMark : -1;
    }

    /** Where a record ends whose first word cannot be relied upon: its last one says how far that is from the beginning. */
    private long endOfRecord(long at) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        long data = at + TapWords.WORD;
        long last = Math.min(reader.size() - TapWords.WORD, data + TapWords.padded(TapWords.LONGEST));
        for (long from = data; from <= last; from += PIECE - TapWords.WORD) {
            reader.cancellation().check();
            reader.bytes(from, piece.clear());
            for (int i = 0; i + TapWords.WORD <= piece.position() && i < PIECE - TapWords.WORD; i += 2) {
                long place = from + i;
                if (isLastWord(piece.getInt(i), place - data) && isObject(place + TapWords.WORD)) {
                    return place + TapWords.WORD;
                }
            }
        }
        return -1;
    }

    private static boolean isLastWord(int word, long distance) {
        return distance > 0 && TapWords.isRecord(word) && TapWords.padded(TapWords.length(word)) == distance;
    }

    /** Whether an object begins there, or the file ends. */
    private boolean isObject(long at) throws IOException {
        long left = reader.size() - at;
        if (left == 0) {
            return true;
        } else if (left < TapWords.WORD) {
            return false;
        }
        int word = reader.word(at);
        if (word == TapWords.FILEMARK || word == TapWords.END_OF_MEDIUM || word == TapWords.GAP) {
            // These are common in data too: what follows must be right as well.
            long behind = at + TapWords.WORD;
            return reader.size() - behind < TapWords.WORD || isWord(behind);
        }
        return reader.record(at, word) != null;
    }

    private boolean isWord(long at) throws IOException {
        int word = reader.word(at);
        return word == TapWords.FILEMARK || word == TapWords.END_OF_MEDIUM || reader.record(at, word) != null;
    }
}

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
    /** More of them in a row are taken for data. */
    private static final int MARKS = 8;

    private final TapReader reader;

    Resync(TapReader reader) {
        this.reader = reader;
    }

    /** What stands where a word is that is neither a mark nor the length of a whole record. */
    TapObject broken(long at, int word) throws IOException {
        boolean torn = TapWords.isRecord(word) && at + TapWords.span(TapWords.length(word)) > reader.size();
        long next = next(at, word);
        // That the file ends there proves nothing of a record that may have been cut off anywhere.
        if (next >= 0 && !(torn && next == reader.size())) {
            return new TapObject(TapObject.Kind.BAD, at, 0, next);
        }
        return new TapObject(torn ? TapObject.Kind.END : TapObject.Kind.LOST, at, 0, at);
    }

    /** What stands where a filemark is: one bit makes the length of a record one, if it is a power of two. */
    TapObject filemark(long at) throws IOException {
        long behind = at + TapWords.WORD;
        if (reader.size() - behind >= TapWords.WORD && !isWord(behind)) {
            long end = endOfRecord(at);
            if (end >= 0 && end < reader.size() && Integer.bitCount(reader.word(end - TapWords.WORD)) == 1) {
                return new TapObject(TapObject.Kind.BAD, at, 0, end);
            }
        }
        return new TapObject(TapObject.Kind.FILEMARK, at, 0, behind);
    }

    /** Where the object ends that begins with a wrong word, or ends with one; -1: nobody knows. */
    private long next(long at, int word) throws IOException {
        long end = endOfRecord(at);
        if (end >= 0) {
            return end;
        }
        long behindMark = isObject(at + TapWords.WORD) ? at + TapWords.WORD : -1;
        long said = endSaid(at, word);
        if (said < 0 || behindMark < 0) {
            return Math.max(said, behindMark);
        }
        // Either is possible. A filemark with a single wrong bit is likelier than a last word with more of them.
        int wrongInEnd = Integer.bitCount(word ^ reader.word(said - TapWords.WORD));
        boolean mark = Integer.bitCount(word) == 1 && (wrongInEnd > 1 || TapWords.length(word) == 0);
        return mark ? behindMark : said;
    }

    /** Where a record ends as its first word says, if what follows bears that out; else -1. */
    private long endSaid(long at, int word) throws IOException {
        if (!TapWords.isRecord(word)) {
            return -1;
        }
        long said = at + TapWords.span(TapWords.length(word));
        // The words behind the record and before the next one are neighbours, and may be damaged together.
        return said <= reader.size() && (isObject(said) || endOfRecord(said) >= 0) ? said : -1;
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

    /** Whether a record begins there, maybe behind a few marks, or the file ends. Marks alone are common in data. */
    private boolean isObject(long at) throws IOException {
        long place = at;
        for (int marks = 0; marks <= MARKS; marks++) {
            long left = reader.size() - place;
            if (left < TapWords.WORD) {
                return left == 0;
            }
            int word = reader.word(place);
            if (!isMark(word)) {
                return reader.record(place, word) != null;
            }
            place += word == TapWords.HALF_GAP ? TapWords.WORD / 2 : TapWords.WORD;
        }
        return false;
    }

    private boolean isWord(long at) throws IOException {
        int word = reader.word(at);
        return isMark(word) || reader.record(at, word) != null;
    }

    private static boolean isMark(int word) {
        return word == TapWords.FILEMARK
                || word == TapWords.END_OF_MEDIUM
                || word == TapWords.GAP
                || word == TapWords.HALF_GAP;
    }
}

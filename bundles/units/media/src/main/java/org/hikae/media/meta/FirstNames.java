package org.hikae.media.meta;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.media.index.Keyed;
import org.hikae.media.index.KeyedSorter;
import org.hikae.media.index.KeyedSource;
import org.hikae.media.index.ScratchFolder;

/**
 * Finds out, of files with several names, which of these comes first: that gives the file its number. In bounded memory, however
 * many names there are. Not thread-safe.
 */
final class FirstNames implements Closeable {

    private static final byte[] NOTHING = {};

    /** Ordinals of names by the files' numbers in the source. */
    private final KeyedSorter names;
    /** By the ordinals of all names but the first ones, those of these. */
    private final KeyedSorter others;
    /** The next of the others; null if there are no more. */
    private Keyed next;

    private KeyedSource sorted;

    FirstNames(ScratchFolder scratch) {
        names = new KeyedSorter(scratch);
        others = new KeyedSorter(scratch);
    }

    /** Adds a name, of a file that may have others. */
    void add(long sourceNumber, long ordinal) throws IOException {
        names.add(new Keyed(numbers(sourceNumber, ordinal), NOTHING));
    }

    /** To be called when all names were added. */
    void end() throws IOException {
        KeyedSource all = names.sorted();
        long file = 0;
        long first = -1;
        for (Keyed name = all.next(); name != null; name = all.next()) {
            ByteBuffer key = ByteBuffer.wrap(name.key());
            long number = key.getLong();
            long ordinal = key.getLong();
            if (first >= 0 && number == file) {
                others.add(new Keyed(numbers(ordinal), numbers(first)));
            } else {
                file = number;
                first = ordinal;
            }
        }
        sorted = others.sorted();
        next = sorted.next();
    }

    /** The ordinal of the first name of a file; asked for ordinals in ascending order, and for no other's. */
    long of(long ordinal) throws IOException {
        if (next == null || ByteBuffer.wrap(next.key()).getLong() != ordinal) {
            return ordinal;
        }
        long first = ByteBuffer.wrap(next.value()).getLong();
        next = sorted.next();
        return first;
    }

    private static byte[] numbers(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        names.close();
        others.close();
    }
}

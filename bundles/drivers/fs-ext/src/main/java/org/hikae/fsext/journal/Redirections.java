package org.hikae.fsext.journal;

import java.util.SortedMap;
import java.util.TreeMap;
import org.hikae.api.fs.FileSystemRefusedException;

/** Which blocks are to be read from the journal instead of from their own place, and where. */
final class Redirections {

    /** What an entry takes in memory, roughly. */
    private static final int ENTRY_BYTES = 128;

    /** The highest bit of a place tells that the content is escaped. */
    static final long ESCAPED = Long.MIN_VALUE;

    private final TreeMap<Long, Long> places = new TreeMap<>();
    private final long most;

    /** @param memory bytes that may be used */
    Redirections(long memory) {
        most = memory / ENTRY_BYTES;
    }

    /**
     * Puts a committed transaction on top of those before it. What it revokes is not replayed from them: the block may
     * hold a file's content since, which no journal has.
     */
    void commit(Transaction transaction) throws FileSystemRefusedException {
        for (Transaction.Image image : transaction.images) {
            places.put(image.block(), image.escaped() ? image.place() | ESCAPED : image.place());
        }
        transaction.revoked.forEach(places::remove);
        check(places.size());
    }

    /** @throws FileSystemRefusedException if it does not fit into the memory for it, as far as it was read */
    void check(Transaction transaction) throws FileSystemRefusedException {
        check((long) places.size() + transaction.images.size() + transaction.revoked.size());
    }

    private void check(long count) throws FileSystemRefusedException {
        if (count > most) {
            throw new FileSystemRefusedException(
                    "journal",
                    -1,
                    "it changes more than " + most + " blocks, too many for the memory that there is;"
                            + " mount the file system once, so that it is replayed, or give Java more memory");
        }
    }

    /** By the number of the block. */
    SortedMap<Long, Long> places() {
        return places;
    }
}

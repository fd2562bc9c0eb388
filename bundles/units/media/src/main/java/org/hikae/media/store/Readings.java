package org.hikae.media.store;

import java.io.IOException;
import org.hikae.media.read.StoredManifest;

/** Begins to read generations, also while merges take the place of some. Thread-safe. */
record Readings(Finder finder, Shelves shelves, InUse inUse, Garbage garbage) {

    /** More than merges can switch while there is a generation to be read. */
    private static final int ATTEMPTS = 1000;

    /** What is to be used. */
    private interface Attempt {
        void run(Reading reading) throws IOException;
    }

    /**
     * Begins to use a generation, alone; its manifest may be damaged.
     *
     * @param how what is done, after "data@1 ..."
     */
    Reading alone(String id, String how) throws IOException {
        return attempt(how, reading -> reading.begin(id));
    }

    /** Begins to use a generation and all that it builds upon. */
    Reading chain(String id, String how) throws IOException {
        return downTo(id, null, how);
    }

    /** @param oldest id of the last one that is used; null: the full one */
    Reading downTo(String id, String oldest, String how) throws IOException {
        return attempt(how, reading -> {
            reading.begin(id);
            reading.addParents(oldest);
        });
    }

    /**
     * If a merge takes the place of generations during an attempt, then what was seen may not be together, or may have been
     * deleted before it was pinned: it is looked again instead.
     */
    private Reading attempt(String how, Attempt attempt) throws IOException {
        for (int attempts = 1; ; attempts++) {
            long switches = inUse.switches();
            Reading reading = new Reading(this, how);
            boolean whole = false;
            try {
                attempt.run(reading);
                whole = inUse.switches() == switches;
            } catch (IOException e) {
                if (inUse.switches() == switches || attempts == ATTEMPTS) {
                    throw e;
                }
            } finally {
                if (!whole) {
                    reading.close();
                }
            }
            if (whole) {
                return reading;
            } else if (attempts == ATTEMPTS) {
                throw new IOException("what is to be read is made anew all the time; try again");
            }
        }
    }

    /** The objects of a manifest are not needed any more, by one reader. */
    void unpin(StoredManifest manifest) {
        if (inUse.unpin(manifest)) {
            garbage.unpinned(manifest);
        }
    }
}

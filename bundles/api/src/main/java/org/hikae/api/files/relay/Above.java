package org.hikae.api.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.osgi.annotation.versioning.ProviderType;

/** What centers above this one have: a relay provides it, so that restores pass through (R25). Thread-safe. */
@ProviderType
public interface Above {

    /** Whether what this center has received is handed on: then nothing of it is deleted but what all centers above have (I6). */
    boolean isHandingOn();

    /**
     * What the centers above, up to the last ones, have said of runs, which are asked for there if they have not said enough (R23).
     *
     * @param member who asks, in place of what it has asked before
     * @param runs at most 1000
     * @param more told of all of them, on any thread, whenever something new is said of one
     * @return in the order of the runs; empty: nothing is above this center, so that its own receipts are what counts
     * @throws IOException if it cannot be told whether something is above
     */
    default Optional<List<Confirmation>> confirm(String member, List<RunKey> runs, Consumer<List<Confirmation>> more)
            throws IOException {
        return Optional.of(runs.stream().map(Confirmation::none).toList());
    }

    /**
     * Versions of a file, or of all in a folder, that centers above have.
     *
     * @param origin as this center knows the client
     * @param at those that were there at this time; null: all
     * @param released of each backup the newest run that is not here any more since those above have it
     * @throws IOException if one that may have more, or know better, cannot be asked; says which
     */
    Listing versions(String origin, String path, Instant at, Map<String, Long> released) throws IOException;

    /**
     * What centers above have.
     *
     * @param reach of one time: by backup, how far what those reaches that are believed; null: not known
     */
    record Listing(List<StoredVersion> versions, Map<String, Reach> reach) {

        /** Of centers of which nothing is known. */
        public static final Listing NONE = new Listing(List.of(), null);

        public Listing {
            versions = List.copyOf(versions);
        }
    }

    /**
     * Names a version.
     *
     * @param run number of the run in which the file came
     */
    record Key(String backup, long run, FileName path) {}

    /**
     * A content of which whoever asks has a part already.
     *
     * @param bytes from the beginning on; pieces before need not come, but may
     * @param sha256 of the whole content, 64 hexadecimal digits
     */
    record Begun(long bytes, String sha256) {}

    /**
     * Frames in the format of runs that hold these versions in this order, the first {@code skip} left out.
     *
     * @param begun what is there of the first one that is not left out; null: nothing
     * @throws java.nio.file.NoSuchFileException if all centers answer, and there are some that none of them has, or the one that was begun
     *     has another content; a {@link MissingVersionsException}, counted without those that are left out, where that is known
     * @throws IOException if the centers that answer have not all of them between them; says which one does not answer, and why
     */
    ReadableByteChannel content(String origin, List<Key> versions, int skip, Begun begun) throws IOException;
}

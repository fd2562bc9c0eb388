package org.hikae.files.client.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.hikae.files.client.known.KnownFile;
import org.hikae.files.client.known.KnownFiles;
import org.hikae.files.client.select.Facts;

/**
 * Large files that the last run saw, by what a new name leaves as it was: so that one that was moved is not sent again. Whether the
 * content is the same is for its hash to say. Immutable.
 */
final class Renamed {

    /** Of smaller ones to send them again costs no more than to look for them. */
    static final long LARGE = 1 << 20;

    /** Each takes some hundred bytes of memory. */
    private static final int MOST = 50_000;

    private final Map<Mark, KnownFile> files = new HashMap<>();

    private record Mark(long inode, long size, Instant modified) {}

    private Renamed() {}

    /** None at all. */
    static Renamed none() {
        return new Renamed();
    }

    /** @param known the known files of the last run */
    static Renamed of(Path known) throws IOException {
        Renamed renamed = new Renamed();
        try (KnownFiles.Reader reader = KnownFiles.open(known)) {
            for (KnownFile file = reader.peek(); file != null && renamed.files.size() < MOST; file = reader.peek()) {
                if (file.sha256() != null && file.size() >= LARGE) {
                    renamed.files.put(new Mark(file.inode(), file.size(), file.modified()), file);
                }
                reader.skip();
            }
        }
        return renamed;
    }

    /** What a file of that look was; null if there was none. */
    KnownFile find(Facts facts) {
        return files.get(new Mark(facts.inode(), facts.size(), facts.modified()));
    }
}

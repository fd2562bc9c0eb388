package org.hikae.files.client.restore;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.known.KnownFile;
import org.hikae.files.client.known.KnownFiles;
import org.hikae.files.client.known.RowStates;
import org.hikae.files.client.select.Facts;
import org.hikae.files.client.select.PathOrder;

/**
 * Tells which files are in their places just as they are wanted, so that nothing of them has to come: nothing has touched them since
 * they were backed up, not even their attributes, and what was backed up is the version that is wanted. Asked in the order of paths.
 * Not thread-safe.
 */
final class Untouched implements Closeable {

    private final RowStates states;

    /** By row; empty: nothing is known of it. */
    private final Map<String, Optional<KnownFiles.Reader>> known = new HashMap<>();

    Untouched(RowStates states) {
        this.states = states;
    }

    /**
     * Whether a version is in its place. One of several names of a file never is: the others may be wanted too.
     *
     * @param there what is in its place
     */
    boolean is(StoredVersion version, Facts there) throws IOException {
        if (version.type() == FileType.DIRECTORY || there.links() > 1) {
            return false;
        }
        KnownFile file = at(version.run().backup(), version.path().bytes());
        return file != null
                && file.looksLike(there)
                && file.run() == version.run().number()
                && file.type() == version.type()
                && file.size() == (there.isRegular() ? version.size() : file.size())
                && file.modified().equals(version.modified())
                && hasContent(file, version);
    }

    private static boolean hasContent(KnownFile file, StoredVersion version) {
        return version.sha256() == null
                ? file.sha256() == null
                : file.sha256() != null
                        && Arrays.equals(file.sha256(), HexFormat.of().parseHex(version.sha256()));
    }

    /** What the last run of a row saw at a path; null: nothing is known. */
    private KnownFile at(String row, byte[] path) throws IOException {
        KnownFiles.Reader reader = reader(row).orElse(null);
        KnownFile next = reader == null ? null : reader.peek();
        while (next != null && PathOrder.compare(next.path(), path) < 0) {
            reader.skip();
            next = reader.peek();
        }
        return next != null && Arrays.equals(next.path(), path) ? next : null;
    }

    private Optional<KnownFiles.Reader> reader(String row) {
        Optional<KnownFiles.Reader> reader = known.get(row);
        if (reader == null) {
            reader = open(row);
            known.put(row, reader);
        }
        return reader;
    }

    /** What cannot be read of this costs that more comes than has to. */
    private Optional<KnownFiles.Reader> open(String row) {
        try {
            var file = states.lastKnown(row);
            return file.isEmpty() ? Optional.empty() : Optional.of(KnownFiles.open(file.get()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        for (Optional<KnownFiles.Reader> reader : known.values()) {
            if (reader.isPresent()) {
                reader.get().close();
            }
        }
        known.clear();
    }
}

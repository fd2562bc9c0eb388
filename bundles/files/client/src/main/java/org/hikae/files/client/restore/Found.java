package org.hikae.files.client.restore;

import java.time.Instant;
import java.util.HexFormat;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.RunTable;
import org.hikae.files.client.send.Archive;

/** A version of a file, and where it is. */
sealed interface Found {

    FileName path();

    String backup();

    /** Number of the run in which it came. */
    long run();

    Instant taken();

    StoredVersion version();

    /** In the buffer. */
    record Buffered(BufferedRun in, RunTable.Entry entry, StoredVersion version) implements Found {

        /** Of which nothing is known to be elsewhere. */
        static Buffered of(BufferedRun run, RunTable.Entry entry) {
            StoredVersion version = new StoredVersion(
                    new RunId("", run.backup(), run.number()),
                    entry.path(),
                    0,
                    run.taken(),
                    entry.type(),
                    entry.size(),
                    entry.modified(),
                    entry.sha256() == null ? null : HexFormat.of().formatHex(entry.sha256()),
                    null,
                    entry.doubt());
            return new Buffered(run, entry, version);
        }

        /** Whether a center has it too. */
        boolean isStoredToo() {
            return !version.run().origin().isEmpty();
        }

        @Override
        public FileName path() {
            return entry.path();
        }

        @Override
        public String backup() {
            return in.backup();
        }

        @Override
        public long run() {
            return in.number();
        }

        @Override
        public Instant taken() {
            return in.taken();
        }
    }

    /** At a center. */
    record Stored(Archive center, StoredVersion version) implements Found {

        @Override
        public FileName path() {
            return version.path();
        }

        @Override
        public String backup() {
            return version.run().backup();
        }

        @Override
        public long run() {
            return version.run().number();
        }

        @Override
        public Instant taken() {
            return version.taken();
        }
    }
}

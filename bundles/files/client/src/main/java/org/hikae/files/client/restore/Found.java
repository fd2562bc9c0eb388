package org.hikae.files.client.restore;

import java.time.Instant;
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

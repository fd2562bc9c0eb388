package org.hikae.nbd.export;

import java.io.Closeable;
import java.io.IOException;
import org.hikae.api.block.BlockDevice;

/** One client's hold on an export, which stays open until its last lease is closed. Thread-safe. */
public interface Lease extends Closeable {

    /** The name that the platform knows the export by. */
    String name();

    /** What it is, for people. */
    String description();

    /** Shared with the other leases; not to be closed. */
    BlockDevice device();

    /** Idempotent. */
    @Override
    void close() throws IOException;
}

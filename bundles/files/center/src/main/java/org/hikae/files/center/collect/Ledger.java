package org.hikae.files.center.collect;

import java.time.Instant;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Transfer;

/**
 * What the collection table remembers across restarts: when requests arrived, what is done, and the transfers (e.5). Clients announce
 * again what waits, so that what the last second has written may be lost. Thread-safe.
 */
public interface Ledger {

    /** @param arrived when it was announced first */
    record Arrival(RunInfo run, Instant arrived) {}

    /** @param ended when the last frame was durable */
    record Done(RunInfo run, Instant arrived, Instant ended) {}

    /** Requests that have arrived and are not gone, by their time. */
    List<Arrival> arrivals();

    void arrived(RunInfo run, Instant arrived);

    void gone(RunId run);

    void done(RunInfo run, Instant arrived, Instant ended);

    /** The newest first. */
    List<Done> done(int limit);

    void transferred(Transfer transfer);

    /**
     * The newest first.
     *
     * @param client of this one alone, or what a relay sent; null: all
     */
    List<Transfer> transfers(String client, int limit);
}

package org.hikae.files.center.collect;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Transfer;

/**
 * What the collection table remembers across restarts: when requests arrived, what is done, and the transfers (e.5). What is told it is
 * kept in the order in which it was told, some time later: whoever tells does not wait. Thread-safe.
 *
 * <p>What a crash loses, which is at most what the last second or two have brought, is found again:
 *
 * <ul>
 *   <li>a request: its sender announces it again, and it counts as arrived then
 *   <li>that one is done: the run is complete in the tables of what is stored, and {@link #resume} looks there
 *   <li>a transfer that has brought something: the part that came is noted together with the part itself, and {@link #resume} makes a row of
 *       that, which says what came, and neither from which address nor when it began
 *   <li>a transfer that has brought nothing is lost; nothing has changed by it, and it is tried again
 * </ul>
 */
public interface Ledger {

    /** @param arrived when it was announced first */
    record Arrival(RunInfo run, Instant arrived) {}

    /** @param ended when the last frame was durable */
    record Done(RunInfo run, Instant arrived, Instant ended) {}

    /** Takes rows, as long as it wants more. */
    @FunctionalInterface
    interface Sink<T> {
        /** @return whether more is wanted */
        boolean take(T row);

        /** One that wants all. */
        static <T> Sink<T> all(Consumer<? super T> consumer) {
            return row -> {
                consumer.accept(row);
                return true;
            };
        }
    }

    /**
     * Finds again what a crash has lost, before anything is received. Then gives the requests that wait, as they arrived.
     *
     * @throws IOException if it cannot be read or written
     */
    void resume(Consumer<Arrival> waiting) throws IOException;

    /** Requests that have arrived and are not gone, as they arrived. @throws IOException if they cannot be read */
    void arrivals(Sink<Arrival> sink) throws IOException;

    /** Number of requests that wait. @throws IOException if they cannot be read */
    long waiting() throws IOException;

    void arrived(RunInfo run, Instant arrived);

    void gone(RunId run);

    void done(RunInfo run, Instant arrived, Instant ended);

    /** The newest first. @throws IOException if they cannot be read */
    void done(Sink<Done> sink) throws IOException;

    /** One that has ended. */
    void transferred(Transfer transfer);

    /**
     * The newest first.
     *
     * @param client of this one alone, or what a relay sent; null: all
     * @throws IOException if they cannot be read
     */
    void transfers(String client, Sink<Transfer> sink) throws IOException;
}

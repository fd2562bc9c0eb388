package org.hikae.files.transfer.uplink;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.hikae.api.files.StoredVersion;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;

/**
 * Hands runs of an outbox to a center when that asks for them, and asks it for versions and contents. Each uplink has
 * threads and connections of its own: one that is stuck delays no other. Thread-safe.
 */
public final class Uplink implements Closeable {
    /**
     * Does nothing before {@link #start}, except to answer queries.
     *
     * @param address as {@link Joining#join} had it
     * @param route asked before each poll, see {@code PollRequest}; gives nothing for a client
     * @throws IOException if the identity is of no use
     */
    public Uplink(
            URI address,
            Identity identity,
            RunOutbox outbox,
            Supplier<List<UUID>> route,
            UplinkTimes times,
            Clock clock,
            RandomGenerator random)
            throws IOException {}

    /** Begins to announce runs, and to send what is ordered. Once. */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** There is something new in the outbox: it is announced at once, unless the center wanted to be left alone. Never waits. */
    public void changed() {
        throw new UnsupportedOperationException();
    }

    public UplinkStatus status() {
        throw new UnsupportedOperationException();
    }

    /**
     * All versions that answer a request, page by page: its {@code limit} is that of a page.
     *
     * @param to told of each, in the order of the answer
     * @throws RefusedException if the center does not give them
     * @throws IOException if it cannot be reached, or the answer is cut off or makes no sense
     */
    public void versions(VersionsRequest request, VersionSink to) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Takes versions. */
    @FunctionalInterface
    public interface VersionSink {
        /** @throws IOException to hear of no more */
        void version(StoredVersion version) throws IOException;
    }

    /**
     * The frames of a run that holds versions with their contents. Closing the channel early ends the transfer.
     *
     * @throws RefusedException if the center does not give them
     * @throws IOException if it cannot be reached
     */
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Ends all that goes on, queries too, and waits until no thread of it calls the outbox any more. */
    @Override
    public void close() {}
}

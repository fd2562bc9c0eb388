package org.hikae.nbd.server;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hikae.nbd.export.Catalogue;
import org.hikae.nbd.export.Lease;
import org.hikae.nbd.handshake.Agreement;
import org.hikae.nbd.handshake.Handshake;
import org.hikae.nbd.protocol.Input;
import org.hikae.nbd.protocol.Output;
import org.hikae.nbd.protocol.ProtocolException;
import org.hikae.nbd.session.Helpers;
import org.hikae.nbd.session.Payloads;
import org.hikae.nbd.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client, from its greeting to its end. */
final class Connection implements Runnable {

    /** What connections share. */
    record Shared(Catalogue catalogue, Payloads payloads, Helpers helpers, ScheduledExecutorService timer) {}

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final SocketChannel channel;
    private final Shared shared;
    private final Duration patience;
    /** Null before an export is chosen. Guarded by this, as is {@link #stopping}. */
    private Session session;

    private boolean stopping;

    /** @param patience how long the client may take to choose an export */
    Connection(SocketChannel channel, Shared shared, Duration patience) {
        this.channel = channel;
        this.shared = shared;
        this.patience = patience;
    }

    @Override
    public void run() {
        try (channel) {
            Input input = new Input(channel);
            Output output = new Output(channel);
            Agreement agreement = agree(input, output);
            if (agreement != null) {
                // The export is closed before the client sees the end: then it finds the disk idle.
                try {
                    LOG.debug("A client uses {}", agreement.lease().name());
                    serve(new Session(agreement, input, output, shared.payloads(), shared.helpers(), channel));
                } finally {
                    release(agreement.lease());
                }
            }
        } catch (ProtocolException e) {
            LOG.warn("A client is dropped: {}", e.getMessage());
        } catch (IOException e) {
            LOG.debug("A client was lost", e);
        } catch (RuntimeException | Error e) {
            LOG.error("A client is dropped, for serving it failed in an unforeseen way", e);
        }
    }

    private Agreement agree(Input input, Output output) throws IOException {
        Future<?> limit = shared.timer().schedule(this::hurry, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return new Handshake(input, output, shared.catalogue()).run();
        } finally {
            limit.cancel(false);
        }
    }

    private void hurry() {
        LOG.warn("A client is dropped: it has chosen no export within {} s", patience.toSeconds());
        close();
    }

    private void serve(Session agreed) {
        synchronized (this) {
            if (stopping) {
                return;
            }
            session = agreed;
        }
        agreed.run();
    }

    /** The last to leave makes durable what nobody has flushed, and no answer tells of that. */
    private static void release(Lease lease) {
        try {
            lease.close();
        } catch (IOException e) {
            LOG.error("What clients wrote to {} may be lost, for it could not be made durable", lease.name(), e);
        }
    }

    /** Refuses further requests. */
    synchronized void refuse() {
        stopping = true;
        if (session != null) {
            session.refuse();
        }
    }

    /** After {@link #refuse}: waits for the requests in flight, and ends the connection. */
    void stop(long millis) {
        Session current;
        synchronized (this) {
            current = session;
        }
        if (current != null && !current.awaitIdle(millis)) {
            LOG.warn("Requests of a client were still under way when its connection was closed");
        }
        close();
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed", e);
        }
    }
}

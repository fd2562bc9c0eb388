package org.hikae.nbd.server;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hikae.nbd.export.Catalogue;
import org.hikae.nbd.session.Payloads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections, whatever socket they came in by. Thread-safe. */
public final class Clients implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final int MOST = 256;
    /** Buffers for all: 64 MiB. */
    private static final int PAYLOADS = 64;
    /** For requests in flight when the server stops. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final Duration handshake;
    private final HelperThreads helpers = new HelperThreads();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, Threads.named("hikae-nbd-timer"));
    private final Connection.Shared shared;
    /** Each with its thread. Guarded by itself. */
    private final Map<Connection, Thread> current = new HashMap<>();
    /** Guarded by {@link #current}. */
    private boolean stopped;

    /** @param handshake how long a client may take to choose an export */
    public Clients(Catalogue catalogue, Duration handshake) {
        this.handshake = handshake;
        // Its thread goes when nobody is in a handshake.
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        shared = new Connection.Shared(catalogue, new Payloads(PAYLOADS), helpers, timer);
    }

    /** Serves a client on a thread of its own; false if there are too many. */
    boolean begin(SocketChannel channel) {
        Connection connection = new Connection(channel, shared, handshake);
        Thread thread = Threads.named("hikae-nbd-client").newThread(() -> {
            connection.run();
            synchronized (current) {
                current.remove(connection);
            }
        });
        synchronized (current) {
            if (stopped || current.size() >= MOST) {
                return false;
            }
            current.put(connection, thread);
            if (!Threads.started(thread)) {
                current.remove(connection);
                return false;
            }
        }
        return true;
    }

    /** Ends all connections, once their requests in flight are done, and returns when they have ended. */
    @Override
    public void close() {
        Map<Connection, Thread> ending;
        synchronized (current) {
            stopped = true;
            ending = Map.copyOf(current);
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        ending.keySet().forEach(Connection::refuse);
        ending.keySet().forEach(connection -> connection.stop(left(end)));
        helpers.close();
        timer.shutdown();
        awaitAll(List.copyOf(ending.values()), end);
    }

    private static void awaitAll(List<Thread> threads, long end) {
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, left(end)));
                if (thread.isAlive()) {
                    LOG.warn("A request of a client takes too long; the server stops all the same");
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long left(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
}

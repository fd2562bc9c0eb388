package org.hikae.tape.medium;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.tape.store.TapeStore;
import org.hikae.tape.store.write.NoCartridgeLeftException;
import org.hikae.tape.store.write.ObjectStream;

/**
 * Sessions that last as long as somebody writes to their pool, and a while longer: the objects of a backup, by however many workers, go
 * into one. Thread-safe.
 */
public final class OpenSessions implements TapeWriting, AutoCloseable {

    private final TapeStore store;
    private final Duration linger;
    private final Ending ending = new Ending();
    private final ScheduledExecutorService timer;
    /** By pool and library; guarded by this. */
    private final Map<Key, SharedSession> sessions = new HashMap<>();

    /** Guarded by this. */
    private boolean closed;

    private record Key(String pool, String library) {}

    /** @param linger how long a session is kept that nobody writes to */
    public OpenSessions(TapeStore store, Duration linger) {
        this.store = store;
        this.linger = linger;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "hikae-tape-linger");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        this.timer = executor;
    }

    @Override
    public ObjectWriter create(UUID medium, String mediumName, String name, String pool, String library)
            throws IOException {
        SharedSession shared = shared(new Key(pool, library));
        try {
            return shared.begin(new ObjectStream.Name(medium, mediumName, name));
        } catch (CancellationException e) {
            throw new IOException(e.getMessage(), e);
        } catch (NoCartridgeLeftException e) {
            throw new MediumFullException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a cartridge");
        }
    }

    private synchronized SharedSession shared(Key key) throws IOException {
        if (closed) {
            throw new IOException("tape control ends");
        }
        return sessions.computeIfAbsent(
                key,
                absent -> new SharedSession(
                        progress -> store.begin(key.pool(), key.library(), progress),
                        ending,
                        session -> timer.schedule(session::closeIfIdle, linger.toMillis(), TimeUnit.MILLISECONDS)));
    }

    /** Number of sessions that are open. */
    int open() {
        return ending.open();
    }

    /** Ends all sessions; what was not committed is lost. */
    @Override
    public void close() {
        ending.end();
        List<SharedSession> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(sessions.values());
        }
        all.forEach(SharedSession::close);
        timer.shutdownNow();
    }
}

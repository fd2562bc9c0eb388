package org.hikae.files.center.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.files.center.common.CommonArea;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The center's areas of media, which stay open. Each is opened by a thread of its own, once at a time: one that hangs holds up whoever wants
 * it, for so long and no longer, and nobody else. When it has opened after all it is of use from then on. Thread-safe.
 */
final class OpenMedia implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenMedia.class);

    /** Opens an area; may take as long as it likes. */
    interface Opener {
        CommonArea open(String name) throws IOException;
    }

    private final Opener opener;
    private final Duration patience;

    /** By name of the medium; guarded by this. */
    private final Map<String, Opening> openings = new HashMap<>();

    /** Guarded by this. */
    private boolean closed;

    /** @param patience how long one that is being opened is waited for since that began */
    OpenMedia(Opener opener, Duration patience) {
        this.opener = opener;
        this.patience = patience;
    }

    /** A medium that is open, is being opened, or could not be. */
    private static final class Opening {

        final CompletableFuture<CommonArea> area = new CompletableFuture<>();
        final long begun = System.nanoTime();
        Thread thread;

        /** Null: it is not open. */
        CommonArea now() {
            return area.isDone() && !area.isCompletedExceptionally() ? area.join() : null;
        }
    }

    /**
     * The area of a medium, which is opened if it is not open.
     *
     * @param wait whether to wait for it
     * @throws UnopenedException if it is not open yet
     * @throws IOException if it cannot be opened
     */
    CommonArea get(String name, boolean wait) throws IOException {
        Opening opening = begin(name);
        long left = wait ? patience.toNanos() - (System.nanoTime() - opening.begun) : 0;
        try {
            return opening.area.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            boolean late = System.nanoTime() - opening.begun >= patience.toNanos();
            throw new UnopenedException(
                    name,
                    late
                            ? "medium '" + name + "' does not open: it has not answered for more than " + seconds()
                                    + "; it is of use again as soon as it answers"
                            : "medium '" + name + "' is being opened; try again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for medium '" + name + "'");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private String seconds() {
        long seconds = patience.toSeconds();
        return seconds < 1 ? "a moment" : seconds + " s";
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException failure) {
            return failure;
        }
        return new IOException("a medium cannot be opened: " + cause, cause);
    }

    /**
     * Opens media all at once, and waits for them as long as for one.
     *
     * @return those that are not open, and why
     */
    Map<String, IOException> prepare(Collection<String> names) throws IOException {
        for (String name : names) {
            begin(name);
        }
        Map<String, IOException> unopened = new HashMap<>();
        for (String name : names) {
            try {
                get(name, true);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                unopened.put(name, e);
            }
        }
        return unopened;
    }

    private synchronized Opening begin(String name) throws IOException {
        if (closed) {
            throw new IOException("files of clients are not received any more: the center's store is closed");
        }
        Opening opening = openings.get(name);
        if (opening == null) {
            Opening next = new Opening();
            next.thread = new Thread(() -> open(name, next), "hikae-center-open-" + name);
            next.thread.setDaemon(true);
            next.thread.start();
            openings.put(name, next); // not if the machine has no more threads
            opening = next;
        }
        return opening;
    }

    private void open(String name, Opening opening) {
        try {
            CommonArea area = opener.open(name);
            if (!keep(name, opening, area)) {
                close(name, area);
            }
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it was, it hangs no more. The next one who wants it tries again.
            forget(name, opening);
            opening.area.completeExceptionally(e);
        }
    }

    private synchronized boolean keep(String name, Opening opening, CommonArea area) {
        if (openings.get(name) != opening) {
            opening.area.completeExceptionally(new IOException("the center's store is closed"));
            return false;
        }
        return opening.area.complete(area);
    }

    private synchronized void forget(String name, Opening opening) {
        openings.remove(name, opening);
    }

    /** Closes those that nobody needs. Nobody may use them meanwhile. */
    void closeAllBut(Collection<String> needed) {
        Map<String, CommonArea> unneeded = new HashMap<>();
        synchronized (this) {
            openings.forEach((name, opening) -> {
                CommonArea area = opening.now();
                if (area != null && !needed.contains(name)) {
                    unneeded.put(name, area);
                }
            });
            openings.keySet().removeAll(unneeded.keySet());
        }
        unneeded.forEach(OpenMedia::close);
    }

    private static void close(String name, CommonArea area) {
        try {
            area.close();
        } catch (IOException e) {
            LOG.warn("medium {} was not closed well", name, e);
        }
    }

    /** One that is being opened is closed as soon as it is open. Idempotent. */
    @Override
    public void close() throws IOException {
        List<Opening> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(openings.values());
            openings.clear();
        }
        IOException failure = null;
        for (Opening each : all) {
            CommonArea area = each.now();
            if (area == null) {
                each.thread.interrupt();
                continue;
            }
            try {
                area.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

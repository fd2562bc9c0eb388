package org.hikae.files.center;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.hikae.api.backup.Retention;
import org.hikae.api.job.ForwardingProgress;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what is not to be kept any more, once an hour and when a rule has changed, finds what the tables lack (f.4), and sees to it that equal
 * content lies once (R22). Thread-safe.
 */
final class Keeper implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration OFTEN = Duration.ofHours(1);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(2);
    /** By then the platform has started: a relay of it is known. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    private static final int PATIENCE_AT_END_SECONDS = 10;

    /** Clients that are asked for at once. */
    private static final int PAGE = 1000;

    private final CenterSettings settings;
    private final CenterStore store;
    private final Sharer sharer;
    private final BooleanSupplier handingOn;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(3, Keeper::thread);

    /** Whether the tables were whole then. Used by one thread at a time, as the next. */
    private boolean whole;

    private long lookedAt = System.nanoTime();

    /** @param handingOn whether runs are handed on by a relay, and go when all above have them, not by rules of here (I6) */
    Keeper(CenterSettings settings, CenterStore store, Sharer sharer, BooleanSupplier handingOn) {
        this.settings = settings;
        this.store = store;
        this.sharer = sharer;
        this.handingOn = handingOn;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hikae-keeper", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged by the sweep
    void start() {
        thread.scheduleWithFixedDelay(this::sweep, FIRST.toSeconds(), OFTEN.toSeconds(), TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(this::look, LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(this::share, FIRST.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
    }

    /** A rule has changed. */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged by the sweep
    void soon() {
        thread.schedule(this::sweep, SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once an hour; as long as media are missing whose files the tables may lack, more often. A medium that hangs holds up this alone. */
    private void look() {
        boolean late = System.nanoTime() - lookedAt > OFTEN.toNanos();
        try {
            if ((late || !whole) && settings.state().medium() != null) {
                whole = store.look(new UntilClosed());
                lookedAt = System.nanoTime();
            }
        } catch (CancellationException e) {
            LOG.debug("the media are looked at another time", e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the media cannot be looked at for files of clients: {}", e.toString());
        }
    }

    /** What a relay has goes as soon as all above have it: that is not worth it. What was stored once before it was one goes with it. */
    void share() {
        try {
            CenterSettings.State state = settings.state();
            if (!state.running() || state.medium() == null) {
                return;
            }
            if (handingOn.getAsBoolean()) {
                store.discardShared(new UntilClosed());
            } else {
                sharer.look(new UntilClosed());
            }
        } catch (CancellationException e) {
            LOG.debug("equal content is looked for another time", e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("equal content of clients is not looked for now: {}", e.toString());
        }
    }

    void sweep() {
        if (handingOn.getAsBoolean()) {
            return;
        }
        try {
            List<String> problems = new ArrayList<>();
            Map<String, Rule> clients = settings.clients(problems);
            problems.forEach(problem -> LOG.warn("{}", problem));
            Retention all = settings.center().keep();
            List<String> page = List.of();
            do {
                page = store.origins(page.isEmpty() ? null : page.get(page.size() - 1), PAGE);
                for (String origin : page) {
                    Retention keep =
                            clients.containsKey(origin) ? clients.get(origin).keep() : null;
                    // Where a client's own rule cannot be read, nothing of it is dropped by another one.
                    boolean readable = problems.isEmpty() || clients.containsKey(origin);
                    if (readable && (keep != null || all != null)) {
                        retain(origin, keep != null ? keep : all);
                    }
                }
            } while (page.size() == PAGE && !thread.isShutdown());
        } catch (IOException | RuntimeException e) {
            LOG.warn("what is not to be kept stays for now: {}", e.toString());
        }
    }

    private void retain(String origin, Retention keep) {
        try {
            CenterStore.Dropped dropped = store.retain(origin, keep, new UntilClosed());
            if (dropped.runs() > 0) {
                LOG.info("{} runs of {} are not kept any more, {} bytes", dropped.runs(), origin, dropped.bytes());
            }
        } catch (CancellationException e) {
            LOG.debug("the rest is dropped another time", e);
        } catch (IOException e) {
            LOG.warn("what of {} is not to be kept stays for now: {}", origin, e.getMessage());
        }
    }

    private final class UntilClosed extends ForwardingProgress {

        UntilClosed() {
            super(Progress.NONE);
        }

        @Override
        public void check() {
            if (thread.isShutdown()) {
                throw new CancellationException("the center ends");
            }
        }

        @Override
        public void pass(Check check) {
            check();
        }
    }

    /** Idempotent. */
    @Override
    public void close() {
        thread.shutdown();
        thread.getQueue().clear();
        try {
            if (!thread.awaitTermination(PATIENCE_AT_END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("what is not to be kept is still being dropped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

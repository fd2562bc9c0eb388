package org.hikae.tape.store.write;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.Progress;
import org.hikae.io.BufferPool;
import org.hikae.tape.format.Table;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.store.registry.ObjectBook;
import org.hikae.tape.store.write.SessionQueue.Task;

/**
 * Writes objects to the cartridges of a pool, several at the same time if that is wanted: their records alternate then. What was
 * committed stays, whatever becomes of the rest. A thread of its own feeds the drive. Thread-safe, but each stream is used by one
 * thread.
 */
public final class Session implements Closeable {

    private final Appending appending;
    private final SessionQueue queue;
    private final WriteLimits limits;
    private final Reservations reservations;
    private final ObjectBook known;
    private final AtomicLong objects = new AtomicLong();
    private final Thread thread;
    /** The last cartridge, if it is still mounted when the thread has ended. */
    private Mounted last;

    private Session(Appending appending, SessionQueue queue, SessionParts parts, String pool) {
        this.appending = appending;
        this.queue = queue;
        this.limits = parts.limits();
        this.reservations = parts.reservations();
        this.known = parts.objects();
        this.thread = new Thread(this::run, "hikae-tape-write-" + pool);
        thread.setDaemon(true);
    }

    /**
     * Begins a session, with a cartridge mounted.
     *
     * @throws NoCartridgeLeftException if none can be written
     * @throws CancellationException if the progress was cancelled
     * @throws IOException if what is known of cartridges cannot be read or stored
     */
    public static Session open(SessionParts parts, String pool, String library, Progress progress) throws IOException {
        WriteLimits limits = parts.limits();
        Candidates candidates = new Candidates(
                parts.mounts(),
                parts.volumes(),
                parts.reservations(),
                parts.tables().home(),
                pool,
                library);
        Targets targets = new Targets(
                parts.mounts(), candidates, parts.catchUp(), parts.labeller(), parts.reservations(), pool, progress);
        BufferPool buffers = new BufferPool(limits.record(), limits.window() + limits.ring());
        SessionQueue queue = new SessionQueue(buffers, limits.window() + limits.ring(), progress);
        Appending appending = Appending.open(targets, parts, pool, piece -> queue.give(List.of(piece)));
        Session session = new Session(appending, queue, parts, pool);
        session.thread.start();
        return session;
    }

    /** Id of the session. */
    public UUID id() {
        return appending.session();
    }

    /** Begins an object. */
    public ObjectStream begin(ObjectStream.Name name) {
        return new ObjectStream(name, objects.getAndIncrement(), queue, appending.sizes(), limits.batch());
    }

    /**
     * Says that an object whose stream was finished may be committed with whatever table comes next, at the latest by the next {@link
     * #commit}: so it stays if cartridges run out behind it.
     */
    void finish(Table.StoredObject object) {
        queue.add(new Task.Whole(object));
    }

    /**
     * Commits objects whose streams were finished: they are durably on tape, and known, when this returns.
     *
     * @throws NoCartridgeLeftException if none can take them: it may be called again with the same
     * @throws CancellationException if the progress was cancelled
     * @throws IOException if they cannot be written
     */
    public void commit(Pending pending) throws IOException {
        if (!pending.given) {
            pending.given = true;
            queue.add(pending.commit);
        }
        queue.await(pending.commit);
    }

    /** As {@link #commit}, also when the progress was cancelled; waits no longer than a drive takes that does something. */
    void commitAnyway(Pending pending) throws IOException {
        pending.given = true;
        queue.add(pending.commit);
        queue.awaitAnyway(pending.commit, limits.grace());
    }

    /** Gives up a commit that has not returned: the objects are not there, or vanish again. */
    public void withdraw(Pending pending) {
        queue.withdraw(pending.commit);
    }

    /** Whether nothing more can be written. */
    public boolean hasFailed() {
        return queue.hasFailed();
    }

    /** Objects that are to be committed together. Used by one thread. */
    public static final class Pending {
        private final Task.Commit commit;
        private boolean given;

        public Pending(List<Table.StoredObject> objects) {
            commit = new Task.Commit(List.copyOf(objects));
        }
    }

    /** Barcodes of the cartridges that were written, in their order; once the session has ended. */
    public List<String> barcodes() {
        return appending.barcodes();
    }

    private void run() {
        try {
            List<Task> tasks = queue.next();
            while (tasks != null) {
                perform(tasks);
                tasks = queue.next();
            }
        } catch (IOException e) {
            queue.fail(e);
        } catch (RuntimeException | Error e) {
            queue.fail(new IOException("the session failed: " + e.getMessage(), e));
        } finally {
            last = appending.end();
        }
    }

    private void perform(List<Task> tasks) throws IOException {
        Task first = tasks.get(0);
        if (first instanceof Task.Data data) {
            untilDone(() -> appending.write(data.pieces()), appending::drain);
            appending.giveWay(false, reservations);
        } else if (first instanceof Task.Whole whole) {
            appending.finish(whole.object());
        } else if (first instanceof Task.Commit) {
            commit(tasks);
            appending.giveWay(false, reservations);
        } else if (first instanceof Task.Settle) {
            appending.settle();
            untilDone(appending::drain, appending::drain);
            queue.relieve();
        } else {
            appending.giveWay(true, reservations);
        }
    }

    private void commit(List<Task> tasks) throws IOException {
        Step step = () -> {
            List<Table.StoredObject> all = new ArrayList<>();
            for (Task task : tasks) {
                Task.Commit commit = (Task.Commit) task;
                if (!queue.isWithdrawn(commit)) {
                    all.addAll(commit.objects);
                }
            }
            appending.commit(all);
        };
        untilDone(step, step);
        for (Task task : tasks) {
            Task.Commit commit = (Task.Commit) task;
            if (!queue.done(commit)) {
                for (Table.StoredObject object : commit.objects) {
                    known.forget(id(), object.object());
                }
            }
        }
    }

    /** Does something; whenever there may be a cartridge for it again, what is left of it. */
    private void untilDone(Step step, Step rest) throws IOException {
        Step now = step;
        while (now != null) {
            try {
                now.run();
                now = null;
            } catch (NoCartridgeLeftException e) {
                if (!queue.park(e)) {
                    throw e;
                }
                now = rest;
            }
        }
    }

    /** Something that needs a cartridge. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** Ends the session; what was not committed is lost. Idempotent. */
    @Override
    public void close() {
        Mounted mounted = end();
        if (mounted != null) {
            mounted.close();
        }
    }

    /**
     * As {@link #close}, but the last cartridge stays mounted.
     *
     * @return it; null if none is
     */
    public Mounted end() {
        appending.stop();
        queue.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                TimeUnit.MILLISECONDS.timedJoin(thread, limits.grace().toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (thread.isAlive()) {
                appending.cancelDrive();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Mounted mounted = last;
        last = null;
        return mounted;
    }
}

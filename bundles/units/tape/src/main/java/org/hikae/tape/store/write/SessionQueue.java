package org.hikae.tape.store.write;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Progress;
import org.hikae.io.BufferPool;
import org.hikae.tape.format.Table;

/**
 * Between those who bring objects and the thread that writes them: records on their way, and as many buffers as there may be. Whoever
 * brings data waits for buffers; so the drive streams as long as data come fast enough, and memory is bounded. Thread-safe.
 */
final class SessionQueue {

    private static final long LOOK_MILLIS = 250;

    private final BufferPool buffers;
    private final int limit;
    private final Progress progress;

    /** Guarded by this, as all below. */
    private final Deque<Task> tasks = new ArrayDeque<>();

    private int used;
    private int waiting;
    private int streams;
    /** Buffers beyond the limit. */
    private int lent;

    private IOException failure;
    private NoCartridgeLeftException stuck;
    private boolean closed;

    /** @param limit of buffers in use, besides one for each stream */
    SessionQueue(BufferPool buffers, int limit, Progress progress) {
        this.buffers = buffers;
        this.limit = limit;
        this.progress = progress;
        progress.onCancel(this::wake);
    }

    /** What the thread that writes is to do. */
    sealed interface Task {

        /** Records of an object in a row. */
        record Data(List<Piece> pieces) implements Task {}

        /** An object that is whole with what came before: the next table may name it. */
        record Whole(Table.StoredObject object) implements Task {}

        /** Objects that are whole with what came before. */
        final class Commit implements Task {
            final List<Table.StoredObject> objects;
            /** Guarded by the queue, as what follows. */
            private boolean done;

            private boolean withdrawn;

            Commit(List<Table.StoredObject> objects) {
                this.objects = objects;
            }
        }

        /** Buffers are needed, and nothing else is to be done. */
        record Settle() implements Task {}

        /** Nothing is to be done. */
        record Idle() implements Task {}
    }

    synchronized void enter() {
        streams++;
    }

    synchronized void leave() {
        streams--;
    }

    /** Records that a stream may keep before it hands them over. */
    synchronized int stripe(int most) {
        return Math.max(1, Math.min(most, limit / (4 * Math.max(1, streams))));
    }

    /** A buffer if there is one; null: one has to hand over what one has, and {@link #take} one. */
    synchronized ByteBuffer poll() {
        if (isExhausted()) {
            return null;
        }
        used++;
        return buffers.take();
    }

    /**
     * Waits for a buffer.
     *
     * @throws NoCartridgeLeftException if nothing can be written now; who comes again lets it be tried again
     */
    synchronized ByteBuffer take() throws IOException {
        unstick();
        waiting++;
        notifyAll();
        try {
            while (isExhausted()) {
                check();
                await(LOOK_MILLIS);
            }
        } finally {
            waiting--;
        }
        check();
        used++;
        return buffers.take();
    }

    private boolean isExhausted() {
        return used >= limit + streams + lent;
    }

    /** Everything is on the tape, and still there is no buffer: streams that are not gone on with hold them. Lends one more. */
    synchronized void relieve() {
        if (tasks.isEmpty() && waiting > 0 && isExhausted()) {
            lent++;
            notifyAll();
        }
    }

    /** Gives buffers back. */
    synchronized void give(List<Piece> pieces) {
        for (Piece piece : pieces) {
            buffers.give(piece.buffer);
            used--;
        }
        notifyAll();
    }

    /** Hands records over. */
    synchronized void add(List<Piece> pieces) {
        tasks.add(new Task.Data(pieces));
        notifyAll();
    }

    /** Says that an object is whole, of which all records were handed over. */
    synchronized void add(Task.Whole whole) {
        tasks.add(whole);
        notifyAll();
    }

    synchronized void add(Task.Commit commit) {
        tasks.add(commit);
        notifyAll();
    }

    /** Waits until it is done. Throws as {@link #take}. */
    synchronized void await(Task.Commit commit) throws IOException {
        unstick();
        while (!commit.done) {
            check();
            await(LOOK_MILLIS);
        }
    }

    /** As {@link #await}, whether or not the progress was cancelled, but no longer than that. */
    synchronized void awaitAnyway(Task.Commit commit, Duration limit) throws IOException {
        unstick();
        long end = System.nanoTime() + limit.toNanos();
        while (!commit.done) {
            checkSession();
            if (System.nanoTime() - end >= 0) {
                throw new IOException("the drive has not written a table in time");
            }
            await(LOOK_MILLIS);
        }
    }

    /** Gives it up; what is written of it all the same is forgotten by the thread that writes. */
    synchronized void withdraw(Task.Commit commit) {
        tasks.remove(commit);
        commit.withdrawn = true;
    }

    synchronized boolean isWithdrawn(Task.Commit commit) {
        return commit.withdrawn;
    }

    /** What has failed for want of a cartridge is tried again. */
    private void unstick() {
        stuck = null;
        notifyAll();
    }

    /** A session that fails because it was cancelled was cancelled. */
    private void check() throws IOException {
        progress.check();
        CurrentProgress.get().check(); // several jobs may share the session
        checkSession();
    }

    private void checkSession() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (stuck != null) {
            throw new NoCartridgeLeftException(stuck.getMessage());
        }
        if (closed) {
            throw new IOException("the session was ended");
        }
    }

    private void await(long millis) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.timedWait(this, millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the drive");
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** What is to be done next; null: nothing any more. Of the thread that writes. */
    synchronized List<Task> next() throws InterruptedIOException {
        if (tasks.isEmpty() && !closed && waiting == 0) {
            await(LOOK_MILLIS);
        }
        if (closed) {
            return null;
        } else if (tasks.isEmpty()) {
            return List.of(waiting > 0 ? new Task.Settle() : new Task.Idle());
        }
        List<Task> next = new ArrayList<>();
        next.add(tasks.remove());
        // who commits at the same time shares a table
        while (next.get(0) instanceof Task.Commit && tasks.peek() instanceof Task.Commit) {
            next.add(tasks.remove());
        }
        return next;
    }

    /** It is done; false if it was withdrawn before. */
    synchronized boolean done(Task.Commit commit) {
        commit.done = true;
        notifyAll();
        return !commit.withdrawn;
    }

    synchronized boolean hasFailed() {
        return failure != null || closed;
    }

    /** Nothing can be written for want of a cartridge; waits until that is to be tried again. False: it is not. */
    synchronized boolean park(NoCartridgeLeftException why) throws InterruptedIOException {
        stuck = why;
        notifyAll();
        while (stuck != null && !closed) {
            await(LOOK_MILLIS);
        }
        return !closed;
    }

    synchronized void fail(IOException why) {
        if (failure == null) {
            failure = why;
        }
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}

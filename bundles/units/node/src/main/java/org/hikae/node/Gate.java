package org.hikae.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.hikae.api.log.NodeLog;

/**
 * What every write of a node to a disk passes on its way in and out: it can be held for a while, and it counts who is
 * inside under which logs. A node has two for a disk: calls pass one above its cache, what is written out passes the other,
 * the door's, below it (R4).
 *
 * <p>The logs in force are replaced, never changed: a write keeps those it came in with until it leaves, and whoever
 * takes a log out of force can wait for the last write that knew it (R9).
 */
final class Gate {

    /** The logs that a write came in under. */
    static final class Regime {

        private final List<NodeLog> logs;
        /** Writes inside; guarded by {@link Gate#lock}. */
        private long inside;

        Regime(List<NodeLog> logs) {
            this.logs = logs;
        }

        List<NodeLog> logs() {
            return logs;
        }
    }

    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by {@link #lock}, as all below. */
    private Regime regime = new Regime(List.of());

    /** Those that are not in force any more, as long as a write is inside. */
    private final List<Regime> leaving = new ArrayList<>();

    private long inside;
    private boolean held;
    private long heldUntil;
    private boolean closed;

    Gate(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Lets a write in, as soon as there is no hold.
     *
     * @return what to give to {@link #leave}; null if the gate is closed for good
     */
    Regime enter() {
        lock.lock();
        try {
            while (holding() && !closed) {
                await(heldUntil - nanoClock.getAsLong());
            }
            if (closed) {
                return null;
            }
            regime.inside++;
            inside++;
            return regime;
        } finally {
            lock.unlock();
        }
    }

    void leave(Regime entered) {
        lock.lock();
        try {
            entered.inside--;
            inside--;
            if (entered.inside == 0) {
                leaving.remove(entered);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void hold(Duration limit) {
        holdUntil(nanoClock.getAsLong() + limit.toNanos());
    }

    private void holdUntil(long nanos) {
        lock.lock();
        try {
            held = true;
            heldUntil = nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Holds as long as another gate does; false if that does not hold any more. */
    boolean holdAs(Gate other) {
        other.lock.lock();
        try {
            if (!other.holding()) {
                return false;
            }
            holdUntil(other.heldUntil);
            return true;
        } finally {
            other.lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            held = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody is inside; false if the hold ended before. */
    boolean drain() {
        lock.lock();
        try {
            while (holding() && inside > 0) {
                await(heldUntil - nanoClock.getAsLong());
            }
            return holding();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a log in force for whoever enters from now on; false, and nothing was done, if there is no hold or somebody
     * is inside.
     */
    boolean addHeld(NodeLog log) {
        lock.lock();
        try {
            if (!holding() || inside > 0) {
                return false;
            }
            List<NodeLog> logs = new ArrayList<>(regime.logs);
            logs.add(log);
            regime = new Regime(List.copyOf(logs));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a log out of force, and waits until the last write that came in under it has left. */
    void remove(NodeLog log) {
        lock.lock();
        try {
            if (regime.logs.contains(log)) {
                if (regime.inside > 0) {
                    leaving.add(regime);
                }
                regime = new Regime(
                        regime.logs.stream().filter(other -> other != log).toList());
            }
            // Another log's removal may have replaced the regime that the last such write came in under.
            while (leaving.stream().anyMatch(old -> old.logs.contains(log))) {
                await(Long.MAX_VALUE);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more. A hold goes on, for whoever makes it relies on it. */
    void shut() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more, and waits until all have left. */
    void close() {
        shut();
        lock.lock();
        try {
            while (inside > 0) {
                await(Long.MAX_VALUE);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean holding() {
        return held && heldUntil - nanoClock.getAsLong() > 0;
    }

    /** An interrupt is kept for later: a write that was let in half would break the count. */
    private void await(long nanos) {
        boolean interrupted = false;
        boolean waited = false;
        while (!waited) {
            try {
                changed.awaitNanos(nanos);
                waited = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

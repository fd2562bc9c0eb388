package org.hikae.node.cache;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.hikae.api.node.NodeGoneException;
import org.hikae.node.cache.HeldLeases.Pin;
import org.hikae.node.cache.HeldLeases.Recall;

/**
 * The leases of a node on one file: pins what is there, asks for what is not, gives up what others need. Thread-safe.
 *
 * <p>At most one request of a node for a file is under way: what is granted then is pinned for whoever asked, at once, so
 * that it is not called back before it was of use.
 */
final class FileLeases {

    private final CachedFile file;
    private final NodeAccess node;
    private final Counters counters;
    /** Held while leases are asked for, or all are given up. */
    private final ReentrantLock asking = new ReentrantLock(true);
    /** Guarded by this, as all below. */
    private final HeldLeases held = new HeldLeases();

    private List<Lease> asked;
    private Pin granted;

    FileLeases(CachedFile file, NodeAccess node, Counters counters) {
        this.file = file;
        this.node = node;
        this.counters = counters;
    }

    /** Pins what an operation needs, asking for it if need be. The operation has pinned nothing else. */
    Pin pin(List<Lease> needs) throws IOException {
        node.check();
        Pin pin = pinHeld(needs);
        return pin == null ? ask(needs) : pin;
    }

    private synchronized Pin pinHeld(List<Lease> needs) {
        return held.pin(needs);
    }

    private Pin ask(List<Lease> needs) throws IOException {
        asking.lock();
        try {
            Pin pin = pinHeld(needs);
            if (pin != null) {
                return pin;
            }
            begin(needs);
            counters.requests.increment();
            node.acquire(file, needs);
            return end();
        } catch (IOException | RuntimeException e) {
            cancel();
            throw e;
        } finally {
            asking.unlock();
        }
    }

    private synchronized void begin(List<Lease> needs) {
        asked = needs;
        granted = null;
    }

    private synchronized Pin end() throws NodeGoneException {
        if (granted == null) {
            node.check();
            throw new IllegalStateException("leases on " + file + " were not granted");
        }
        Pin pin = granted;
        granted = null;
        asked = null;
        return pin;
    }

    private synchronized void cancel() {
        if (granted != null) {
            unpin(granted);
        }
        granted = null;
        asked = null;
    }

    synchronized void granted(List<Lease> leases) {
        if (asked == null) {
            throw new IllegalStateException("nobody asked for leases on " + file);
        }
        granted = held.granted(leases, asked);
    }

    synchronized void unpin(Pin pin) {
        held.unpin(pin);
        notifyAll();
    }

    /**
     * Gives up what another node needs, once nobody here relies on it, and it was written out.
     *
     * @param writeOut writes out what is dirty of it, and drops it if an exclusive lease is wanted
     * @param inTheWay what of the wished pages is kept, because of what is cached
     */
    List<PageRange> recall(
            PageRange needed, PageRange wished, LeaseMode wanted, Step writeOut, Supplier<List<PageRange>> inTheWay)
            throws IOException {
        counters.recalls.increment();
        Recall recall = beginRecall(needed, wanted);
        boolean written = false;
        try {
            writeOut.run();
            written = true;
        } finally {
            if (!written) {
                keep(recall);
            }
        }
        synchronized (this) {
            List<PageRange> given = held.giveUp(recall, wished, inTheWay.get());
            notifyAll();
            return given;
        }
    }

    private synchronized Recall beginRecall(PageRange needed, LeaseMode wanted) {
        Recall recall = held.recall(needed, wanted);
        Waits.until(this, () -> held.isFree(recall));
        return recall;
    }

    private synchronized void keep(Recall recall) {
        held.keep(recall);
        notifyAll();
    }

    synchronized boolean covers(Lease lease) {
        return held.covers(lease);
    }

    synchronized List<Lease> all() {
        return held.all();
    }

    /** Gives all up, if nobody relies on anything; nothing is cached. */
    void release() {
        asking.lock();
        try {
            if (clear()) {
                node.release(file);
            }
        } finally {
            asking.unlock();
        }
    }

    /** From now on everybody has to ask, and those who do wait until the leases are given up. */
    private synchronized boolean clear() {
        boolean something = !held.isEmpty();
        Waits.until(this, held::isIdle);
        held.clear();
        return something;
    }

    /** What a recall has to do. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }
}

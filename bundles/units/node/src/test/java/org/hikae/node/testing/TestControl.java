package org.hikae.node.testing;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.cache.PageRange;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.api.node.NodeGoneException;
import org.hikae.node.cache.HeldLeases;

/**
 * The smallest cache control that keeps its promises to nodes; it believes nobody: a grant beside a lease in conflict fails
 * the test. Thread-safe.
 */
public final class TestControl implements CacheControl {

    /** What it knows of a file. */
    private static final class File {
        private final ReentrantLock turn = new ReentrantLock(true);
        /** Who has what; whoever has the turn changes it. A node comes in, and is lost, under the file's monitor. */
        private final Map<NodeGate, HeldLeases> nodes = new ConcurrentHashMap<>();
    }

    private final Map<CachedFile, File> files = new ConcurrentHashMap<>();
    private final Set<NodeGate> present = ConcurrentHashMap.newKeySet();
    public final AtomicLong requests = new AtomicLong();
    public final AtomicLong recalls = new AtomicLong();
    /** Whether whoever is alone gets all. */
    public volatile boolean generous = true;
    /** Called when it is known that a node is present, and just before it is granted something. */
    public volatile Runnable beforeGrant = () -> {};

    @Override
    public void admit(NodeGate node) {
        present.add(node);
    }

    public List<NodeGate> nodes() {
        return List.copyOf(present);
    }

    @Override
    public void dismiss(NodeGate node) {
        lost(node);
    }

    @Override
    public void lost(NodeGate node) {
        present.remove(node);
        for (File file : files.values()) {
            synchronized (file) {
                file.nodes.remove(node);
                file.notifyAll();
            }
        }
    }

    private File file(CachedFile id) {
        return files.computeIfAbsent(id, any -> new File());
    }

    @Override
    public void acquire(NodeGate node, CachedFile id, List<Lease> needs) throws IOException {
        requests.incrementAndGet();
        File file = file(id);
        file.turn.lock();
        try {
            for (Lease need : needs) {
                callBack(file, id, node, need);
            }
            node.granted(id, grant(file, node, needs));
        } finally {
            file.turn.unlock();
        }
    }

    private void callBack(File file, CachedFile id, NodeGate asker, Lease need) throws IOException {
        for (Map.Entry<NodeGate, HeldLeases> other : file.nodes.entrySet()) {
            if (other.getKey() != asker && conflicts(other.getValue(), need)) {
                recalls.incrementAndGet();
                try {
                    PageRange wished = wished(need.pages());
                    List<PageRange> given = other.getKey().recall(id, need.pages(), wished, need.mode());
                    for (PageRange range : given) {
                        HeldLeases.Recall recall = other.getValue().recall(range, need.mode());
                        other.getValue().giveUp(recall, range, List.of());
                    }
                } catch (NodeGoneException e) {
                    awaitLost(file, other.getKey());
                }
            }
        }
    }

    private static PageRange wished(PageRange needed) {
        return needed.first() < 0
                ? needed
                : new PageRange(needed.first() & -256, Math.max(needed.end(), (needed.first() | 255) + 1));
    }

    private static boolean conflicts(HeldLeases held, Lease need) {
        return held.all().stream()
                .anyMatch(lease ->
                        lease.pages().intersects(need.pages()) && lease.mode().conflicts(need.mode()));
    }

    private static void awaitLost(File file, NodeGate node) {
        synchronized (file) {
            while (file.nodes.containsKey(node)) {
                try {
                    file.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** No node is lost in the midst of it: nobody would take from it what it is granted after that. */
    private List<Lease> grant(File file, NodeGate node, List<Lease> needs) throws NodeGoneException {
        synchronized (file) {
            if (!present.contains(node)) {
                throw new NodeGoneException(node.name());
            }
            beforeGrant.run();
            List<Lease> granted = grantable(file, node, needs);
            HeldLeases held = file.nodes.computeIfAbsent(node, any -> new HeldLeases());
            held.unpin(held.granted(granted, List.of()));
            return granted;
        }
    }

    private List<Lease> grantable(File file, NodeGate node, List<Lease> needs) {
        boolean alone = file.nodes.entrySet().stream()
                .allMatch(other -> other.getKey() == node || other.getValue().isEmpty());
        List<Lease> granted = alone && generous ? List.of(new Lease(PageRange.ALL, LeaseMode.EXCLUSIVE)) : needs;
        for (Map.Entry<NodeGate, HeldLeases> other : file.nodes.entrySet()) {
            if (other.getKey() != node && granted.stream().anyMatch(lease -> conflicts(other.getValue(), lease))) {
                throw new AssertionError("granted to " + node.name() + ": " + granted + ", but "
                        + other.getKey().name() + " has " + other.getValue().all());
            }
        }
        return granted;
    }

    @Override
    public void release(NodeGate node, CachedFile id) {
        File file = file(id);
        file.turn.lock();
        try {
            file.nodes.remove(node);
        } finally {
            file.turn.unlock();
        }
    }

    @Override
    public List<CachedRegion> table(String disk) {
        return present.stream().flatMap(node -> node.cached(disk).stream()).toList();
    }

    @Override
    public CacheTraffic traffic() {
        return new CacheTraffic(requests.get(), recalls.get(), 0);
    }

    @Override
    public Pause begin(Disk disk, LogSession session, Instantaneous atT0) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Pause instant(Disk disk, Instantaneous atT0) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LogReceipt> end(LogSession session) {
        throw new UnsupportedOperationException();
    }
}

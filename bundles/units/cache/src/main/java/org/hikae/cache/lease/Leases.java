package org.hikae.cache.lease;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.hikae.api.cache.CacheControl.CacheTraffic;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.cache.PageRange;
import org.hikae.api.job.Reason;
import org.hikae.api.node.NodeGoneException;

/** The leases of all files (a.1, R15). Requests for different files never wait for each other. Thread-safe. */
public final class Leases {

    private final ConcurrentMap<CachedFile, LeasedFile> files = new ConcurrentHashMap<>();
    private final Set<NodeGate> nodes = ConcurrentHashMap.newKeySet();
    private final Duration patience;
    private final LongAdder requests = new LongAdder();
    private final LongAdder recalls = new LongAdder();
    private final LongAdder releases = new LongAdder();

    /** @param patience how long a request waits for the leases of a node that cannot be asked, to be taken from it */
    public Leases(Duration patience) {
        this.patience = patience;
    }

    /** From now on a node can have leases. */
    public void admit(NodeGate node) {
        nodes.add(node);
    }

    /** From now on a node gets no more leases, and its requests fail. It keeps those that it has until {@link #drop}. */
    public void leave(NodeGate node) {
        nodes.remove(node);
        files.values().forEach(LeasedFile::gone);
    }

    /** Takes all leases from a node that left, for others to have. */
    public void drop(NodeGate node) {
        files.keySet().forEach(file -> drop(node, file));
    }

    private void drop(NodeGate node, CachedFile file) {
        files.computeIfPresent(file, (key, known) -> {
            known.drop(node);
            return known.isEmpty() ? null : known;
        });
    }

    /** As {@link org.hikae.api.cache.CacheControl#release}. */
    public void release(NodeGate node, CachedFile file) {
        releases.increment();
        drop(node, file);
    }

    /** As {@link org.hikae.api.cache.CacheControl#acquire}. */
    public void acquire(NodeGate node, CachedFile file, List<Lease> needs) throws IOException {
        requests.increment();
        Object request = new Object();
        LeasedFile leased = files.compute(file, (key, known) -> {
            LeasedFile there = known == null ? new LeasedFile(file, nodes::contains) : known;
            there.enqueue(request);
            return there;
        });
        try {
            leased.await(node, request);
            serve(node, file, leased, needs);
        } finally {
            leased.end(request);
            files.computeIfPresent(file, (key, known) -> known.isEmpty() ? null : known);
        }
    }

    private void serve(NodeGate node, CachedFile file, LeasedFile leased, List<Lease> needs) throws IOException {
        Optional<LeaseTable.Recall<NodeGate>> recall = leased.recall(node, needs);
        while (recall.isPresent()) {
            callBack(node, file, leased, recall.get());
            recall = leased.recall(node, needs);
        }
        node.granted(file, leased.grant(node, needs));
    }

    private void callBack(NodeGate asker, CachedFile file, LeasedFile leased, LeaseTable.Recall<NodeGate> recall)
            throws IOException {
        recalls.increment();
        NodeGate holder = recall.holder();
        try {
            List<PageRange> given = holder.recall(file, recall.needed(), recall.wished(), recall.wanted());
            leased.reduced(asker, recall, given);
        } catch (NodeGoneException e) {
            leased.awaitDropped(holder, asker, patience);
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "node '" + holder.name() + "' has what node '" + asker.name() + "' needs of " + Names.of(file)
                            + ", and could not give it up: " + Reason.of(e),
                    e);
        }
    }

    /** What leases have cost so far. */
    public CacheTraffic traffic() {
        return new CacheTraffic(requests.sum(), recalls.sum(), releases.sum());
    }
}

package org.hikae.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.cache.spi.Fence;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.api.node.NodeGoneException;
import org.hikae.cache.lease.Leases;
import org.hikae.cache.lease.Waiting;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the nodes, the sessions in force and the leases. */
@Component(configurationPid = "org.hikae.cache")
@Designate(ocd = CacheControlUnit.Config.class)
public final class CacheControlUnit implements CacheControl {

    @ObjectClassDefinition(
            name = "Cache control",
            description = "When others get what a lost node had that no fence reaches")
    @interface Config {
        @AttributeDefinition(
                description = "Seconds within which a node that cannot reach cache control stops by itself",
                min = "0")
        int leaseSeconds() default 20;

        @AttributeDefinition(description = "Milliseconds by which a node's clock may be slow over that time", min = "0")
        int driftMillis() default 500;

        @AttributeDefinition(description = "Seconds that a write may be on its way to a disk", min = "0")
        int longestIoSeconds() default 60;
    }

    private static final Logger LOG = LoggerFactory.getLogger(CacheControlUnit.class);

    /** Attempts at T0 before giving up: a hold that times out is a machine that stalls, which may pass. */
    private static final int TRIES = 5;
    /** How long it may take until a node that answers no more is noticed, and declared lost. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private final Members members = new Members();
    private final Fences fences = new Fences();
    private final SilenceBound bound;
    private final Leases leases;
    private final Consumer<Duration> wait;
    /** Held while nodes come or go, and while they are brought to an instant: neither happens in the midst of the other. */
    private final ReentrantLock standing = new ReentrantLock();

    @Activate
    public CacheControlUnit(Config config) {
        this(
                new SilenceBound(
                        Duration.ofSeconds(config.leaseSeconds()),
                        Duration.ofMillis(config.driftMillis()),
                        Duration.ofSeconds(config.longestIoSeconds())),
                Waiting::pass);
    }

    /** @param wait how to wait */
    CacheControlUnit(SilenceBound bound, Consumer<Duration> wait) {
        this.bound = bound;
        this.wait = wait;
        leases = new Leases(bound.total().plus(NOTICE));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Fence fence, Map<String, Object> properties) {
        fences.bind(fence, properties);
    }

    void unbind(Fence fence, Map<String, Object> properties) {
        fences.unbind(properties);
    }

    /** A session that does not take the node fails: the node will write, and that backup would not know what. */
    @Override
    public void admit(NodeGate node) {
        standing.lock();
        try {
            try {
                members.expect().forEach(session -> enter(node, session));
                members.add(node);
            } finally {
                members.expectNoMore();
            }
            leases.admit(node);
        } finally {
            standing.unlock();
        }
    }

    private static void enter(NodeGate node, LogSession session) {
        try {
            node.hold(session.disk(), Barrier.HOLD_LIMIT);
            if (!node.settle(session.disk()) || !node.enter(session)) {
                session.fail("node '" + node.name() + "' joined too slowly", null);
            }
        } catch (IOException | RuntimeException e) {
            session.fail("node '" + node.name() + "' could not join", e);
        } finally {
            node.release(session.disk());
        }
    }

    /** Draining may take long, so nobody else waits for it; only then is the node off the list. */
    @Override
    public void dismiss(NodeGate node) {
        leases.leave(node);
        Map<LogSession, LogReceipt> receipts = new LinkedHashMap<>();
        members.sessions().forEach(session -> receipts.put(session, node.leave(session)));
        remove(node, session -> receipts.containsKey(session) ? receipts.get(session) : node.leave(session));
        leases.drop(node);
    }

    private void remove(NodeGate node, Function<LogSession, LogReceipt> leaving) {
        standing.lock();
        try {
            Map<LogSession, LogReceipt> receipts = new LinkedHashMap<>();
            for (LogSession session : members.sessions()) {
                LogReceipt receipt = leaving.apply(session);
                if (receipt != null) {
                    receipts.put(session, receipt);
                }
            }
            members.remove(node, receipts);
        } finally {
            standing.unlock();
        }
    }

    @Override
    public void lost(NodeGate node) {
        if (!members.losing(node)) {
            return;
        }
        leases.leave(node);
        boolean fenced = fences.fence(node);
        if (!fenced) {
            outwait(node);
        }
        leases.drop(node);
        remove(node, session -> fenced ? receipt(node, session, node::lost) : unknown(node, session));
    }

    /** Until it is over, the node may write what no log has. */
    private void outwait(NodeGate node) {
        LOG.error(
                "node {} is lost and no fence reaches it: what it had of files is given to others in {} s",
                node.name(),
                bound.total().toSeconds());
        members.sessions().forEach(session -> unknown(node, session));
        wait.accept(bound.total());
    }

    private static LogReceipt unknown(NodeGate node, LogSession session) {
        session.fail("node '" + node.name() + "' is lost, and nothing keeps it from writing what is not logged", null);
        return null;
    }

    /** What a node has logged may be known to it alone: if it does not answer, the backup fails (R9). */
    private static LogReceipt receipt(NodeGate node, LogSession session, Function<LogSession, LogReceipt> ask) {
        try {
            return ask.apply(session);
        } catch (RuntimeException e) {
            session.fail("node '" + node.name() + "' is lost, and with it what it has logged", e);
            return null;
        }
    }

    /** Nodes that start again would be admitted by a successor that does not know the sessions. */
    @Deactivate
    void stop() {
        members.sessions().forEach(session -> session.fail("cache control was stopped", null));
    }

    @Override
    public Pause begin(Disk disk, LogSession session, Instantaneous atT0) throws IOException {
        return bring(disk, session::check, barrier -> {
            boolean passed = barrier.pass(session, atT0);
            if (passed) {
                members.begin(session);
            }
            return passed;
        });
    }

    @Override
    public Pause instant(Disk disk, Instantaneous atT0) throws IOException {
        return bring(disk, () -> {}, barrier -> barrier.pass(atT0));
    }

    private Pause bring(Disk disk, Instantaneous check, Attempt attempt) throws IOException {
        for (int count = 1; count <= TRIES; count++) {
            members.awaitLosses();
            check.run();
            List<NodeGate> nodes = members.nodes();
            try {
                new FlushRounds(disk.name(), nodes).run();
                Pause pause = tryOnce(disk, attempt, count);
                if (pause != null) {
                    return pause;
                }
                LOG.warn("disk {}: a node held its writes too long, instant tried again ({})", disk.name(), count);
            } catch (NodeGoneException e) {
                LOG.warn("disk {}: a node went, instant tried again ({})", disk.name(), count);
                members.awaitChange(nodes, NOTICE);
            }
        }
        throw new IOException("the nodes of disk '" + disk.name() + "' could not be brought to one instant in " + TRIES
                + " attempts: a node or the disk is too slow; try again when it is less busy");
    }

    private Pause tryOnce(Disk disk, Attempt attempt, int count) throws IOException {
        standing.lock();
        try {
            List<NodeGate> nodes = members.nodes();
            Barrier barrier = new Barrier(disk.name(), nodes);
            return attempt.passes(barrier) ? new Pause(barrier.nanos(), nodes.size(), count) : null;
        } finally {
            standing.unlock();
        }
    }

    @Override
    public List<LogReceipt> end(LogSession session) {
        Members.Ended ended = members.end(session);
        if (ended == null) {
            return List.of();
        }
        List<LogReceipt> receipts = new ArrayList<>(ended.receipts());
        for (NodeGate node : ended.nodes()) {
            boolean lost = ended.losing().contains(node);
            LogReceipt receipt = receipt(node, session, lost ? node::lost : node::leave);
            if (receipt != null) {
                receipts.add(receipt);
            }
        }
        return receipts;
    }

    @Override
    public void acquire(NodeGate node, CachedFile file, List<Lease> needs) throws IOException {
        leases.acquire(node, file, needs);
    }

    @Override
    public void release(NodeGate node, CachedFile file) {
        leases.release(node, file);
    }

    @Override
    public List<CachedRegion> table(String disk) {
        return members.nodes().stream()
                .flatMap(node -> node.cached(disk).stream())
                .sorted(Comparator.comparing(CachedRegion::node)
                        .thenComparing(region -> region.file().disk())
                        .thenComparing(region -> region.file().file())
                        .thenComparing(CachedRegion::offset))
                .toList();
    }

    @Override
    public CacheTraffic traffic() {
        return leases.traffic();
    }

    /** One attempt at an instant; false if it came to nothing and may be made again. */
    @FunctionalInterface
    private interface Attempt {
        boolean passes(Barrier barrier) throws IOException;
    }
}

package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * A third party's log gathering: hands everything to one that ships, and tells a {@link Watch} of each step, which may
 * hold the thread there.
 */
final class ProbeGathering implements LogGathering {
    /** What a test does at the steps of a write. Called by the threads that do them. */
    interface Watch {
        /** The instant T0 of one attempt: nothing is in flight, and every node holds its writers until this returns. */
        default void instant() throws IOException {}

        /** A node joins: at the instant, or in mid-backup. */
        default void joined(String node) throws IOException {}

        /** It was looked up what is missing in the log; the before-image is not read yet. */
        default void missing(BlockRun run, List<BlockRun> missing) {}

        /** The before-image has been read; it is not logged yet. */
        default void beforeAppend(String node, BlockRun run, ByteBuffer data) throws IOException {}

        /** The before-image is logged; the block is not written yet. */
        default void afterAppend(String node, BlockRun run) {}

        /** A record is handed to the placement. */
        default void put(long number, BlockRun run) {}

        /** The session gives a number; returns the one that the gathering gets. */
        default long number(long number) {
            return number;
        }
    }

    private final String name;
    /** Looked up for each session: its bundle may have been stopped and started since. */
    private final Supplier<LogGathering> real;

    private ServiceRegistration<?> registration;
    private volatile Watch watch = new Watch() {};

    private ProbeGathering(String name, Supplier<LogGathering> real) {
        this.name = name;
        this.real = real;
    }

    /** Registers a probe of that name, of the central gathering. */
    static ProbeGathering register(BundleContext context, Services services, String name) {
        return register(context, services, name, "central");
    }

    /** Registers a probe of some gathering. */
    static ProbeGathering register(BundleContext context, Services services, String name, String real) {
        ProbeGathering probe =
                new ProbeGathering(name, () -> services.get(LogGathering.class, "(" + NAME + "=" + real + ")"));
        probe.registration = context.registerService(LogGathering.class, probe, new Hashtable<>(Map.of(NAME, name)));
        return probe;
    }

    String name() {
        return name;
    }

    void unregister() {
        registration.unregister();
    }

    void watch(Watch newWatch) {
        watch = newWatch;
    }

    @Override
    public Gatherer open(Session session, LogSink sink) throws IOException {
        Watch current = watch;
        Gatherer gatherer = real.get().open(new ProbeSession(session, current), new ProbeSink(sink, current));
        return new ProbeGatherer(gatherer, session, current);
    }

    private record ProbeSession(Session session, Watch watch) implements Session {
        @Override
        public String disk() {
            return session.disk();
        }

        @Override
        public int blockSize() {
            return session.blockSize();
        }

        @Override
        public long nextNumber() {
            return watch.number(session.nextNumber());
        }

        @Override
        public void failed(IOException cause) {
            session.failed(cause);
        }

        @Override
        public boolean hasFailed() {
            return session.hasFailed();
        }

        @Override
        public Overload overload() {
            return session.overload();
        }

        @Override
        public Patience patience() {
            return session.patience();
        }
    }

    private record ProbeSink(LogSink sink, Watch watch) implements LogSink {
        @Override
        public void put(long number, BlockRun run, ByteBuffer data) throws IOException {
            watch.put(number, run);
            sink.put(number, run, data);
        }

        @Override
        public void complete() throws IOException {
            sink.complete();
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    private static final class ProbeGatherer implements Gatherer {
        private final Gatherer gatherer;
        private final Session session;
        private final Watch watch;
        /** Who joined since the instant was tried last. Guarded by this. */
        private final Set<String> joined = new HashSet<>();

        ProbeGatherer(Gatherer gatherer, Session session, Watch watch) {
            this.gatherer = gatherer;
            this.session = session;
            this.watch = watch;
        }

        @Override
        public NodeRecords join(LoggingNode node) throws IOException {
            if (beginsInstant(node.name() + " " + node.incarnation())) {
                watch.instant();
            }
            watch.joined(node.name());
            return new ProbeRecords(node.name(), gatherer.join(node), session.blockSize(), watch);
        }

        /** The first node to join begins the instant; one that joins once more begins it anew. */
        private synchronized boolean beginsInstant(String incarnation) {
            boolean again = joined.contains(incarnation);
            if (again) {
                joined.clear();
            }
            boolean first = joined.isEmpty();
            joined.add(incarnation);
            return first;
        }

        @Override
        public List<BlockRun> unlogged(BlockRun run) {
            return gatherer.unlogged(run);
        }

        @Override
        public Gathered complete() throws IOException {
            return gatherer.complete();
        }

        @Override
        public void close() {
            gatherer.close();
        }
    }

    private record ProbeRecords(String node, NodeRecords records, int blockSize, Watch watch) implements NodeRecords {
        @Override
        public List<BlockRun> missing(BlockRun run) {
            List<BlockRun> missing = records.missing(run);
            watch.missing(run, missing);
            return missing;
        }

        @Override
        public void append(List<BlockRun> runs, ByteBuffer data) throws IOException {
            int position = data.position();
            for (BlockRun run : runs) {
                int length = Math.toIntExact(run.count() * blockSize);
                watch.beforeAppend(node, run, data.slice(position, length));
                position += length;
            }
            records.append(runs, data);
            for (BlockRun run : runs) {
                watch.afterAppend(node, run);
            }
        }

        @Override
        public void close() throws IOException {
            records.close();
        }

        @Override
        public void lost() throws IOException {
            records.lost();
        }
    }
}

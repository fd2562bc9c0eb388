package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogPlacement;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.GenerationWriter;

/** A gathering that keeps which blocks it was given, as the central one does, and a placement that keeps nothing. */
final class FakeStrategy {

    static final int BLOCK = 512;

    /** Guarded by itself. */
    final BlockSet.Builder held = new BlockSet.Builder();

    /** Of each call, the runs. */
    final List<List<BlockRun>> calls = new ArrayList<>();
    /** Of each record. */
    final List<Byte> firstBytes = new ArrayList<>();

    final List<String> ended = new ArrayList<>();
    /** Its services as they are told of sessions. */
    LogGathering.Session session;

    Patience patience;
    /** The node of this name cannot close its log. */
    String torn = "torn";
    /** The loss of a node is the loss of its log. */
    boolean losesLogs;

    static LoggingNode node(String name, long incarnation) {
        return new LoggingNode(name, incarnation, Path.of("none"));
    }

    static Disk disk() {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(),
                new Class<?>[] {Disk.class},
                (proxy, method, args) -> method.getName().equals("blockSize") ? BLOCK : "d");
    }

    static GenerationWriter generation() {
        return (GenerationWriter) Proxy.newProxyInstance(
                GenerationWriter.class.getClassLoader(),
                new Class<?>[] {GenerationWriter.class},
                (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** A session of it that wants these blocks, and has begun. */
    Session begin(BlockSet wanted, Overload overload) throws IOException {
        Session begun = new Session(
                disk(), wanted, new Session.Strategy(gathering(), placement(), null, overload), closed -> {});
        begun.begin(generation());
        return begun;
    }

    LogPlacement placement() {
        return (generation, logMedium, patience) -> {
            this.patience = patience;
            return new Sink();
        };
    }

    LogGathering gathering() {
        return (session, sink) -> {
            this.session = session;
            return new Gatherer();
        };
    }

    private final class Gatherer implements LogGathering.Gatherer {

        @Override
        public LogGathering.NodeRecords join(LoggingNode node) {
            return new Records(node.name());
        }

        @Override
        public List<BlockRun> unlogged(BlockRun run) {
            synchronized (held) {
                return held.missing(run);
            }
        }

        @Override
        public LogGathering.Gathered complete() {
            return new LogGathering.Gathered(1, 0, 2, 3, held.build());
        }

        @Override
        public void close() {
            ended.add("gatherer");
        }
    }

    private final class Records implements LogGathering.NodeRecords {

        private final String node;

        Records(String node) {
            this.node = node;
        }

        @Override
        public List<BlockRun> missing(BlockRun run) {
            synchronized (held) {
                return held.missing(run);
            }
        }

        @Override
        public void append(List<BlockRun> runs, ByteBuffer data) {
            synchronized (held) {
                calls.add(runs);
                int at = data.position();
                for (BlockRun run : runs) {
                    held.add(run);
                    firstBytes.add(data.get(at));
                    at += (int) run.count() * BLOCK;
                }
                assertThat(at).isEqualTo(data.limit());
            }
        }

        @Override
        public void close() throws IOException {
            if (node.equals(torn)) {
                throw new IOException("its medium is gone");
            }
        }

        @Override
        public void lost() throws IOException {
            if (losesLogs) {
                throw new IOException("what it held is lost with it");
            }
            close();
        }
    }

    private final class Sink implements LogSink {

        @Override
        public void put(long number, BlockRun run, ByteBuffer data) {}

        @Override
        public void complete() {
            ended.add("complete");
        }

        @Override
        public void close() {
            ended.add("sink");
        }
    }
}

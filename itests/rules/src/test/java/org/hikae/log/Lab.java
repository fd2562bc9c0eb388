package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogPlacement;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A disk in memory, the log manager in use with a gathering in use, and a generation that remembers what it is given. */
final class Lab implements AutoCloseable {

    static final int BLOCK = 512;
    static final int BLOCKS = 16;

    /** What each block holds at T0: its number, from 1. */
    final MemoryDevice device = new MemoryDevice(BLOCKS, BLOCK);

    final MemoryGeneration generation;
    final Disk disk;
    final LogSession session;
    private final Path folder;

    /** @param folder for the nodes' temporary logs */
    Lab(LogGathering gathering, Path folder) throws IOException {
        this(gathering, folder, new MemoryGeneration(BLOCK));
    }

    Lab(LogGathering gathering, Path folder, MemoryGeneration generation) throws IOException {
        this.generation = generation;
        this.folder = folder;
        this.disk = proxy(Disk.class, "blockSize", BLOCK, "size", (long) BLOCKS * BLOCK, "name", "d");
        LogManagerUnit manager = new LogManagerUnit(configured());
        manager.addGathering(gathering, Map.of(LogGathering.NAME, "tried"));
        manager.addPlacement(new OverlayPlacement(), Map.of(LogPlacement.NAME, "overlay"));
        this.session = open(manager);
    }

    private LogSession open(LogManager manager) throws IOException {
        return manager.open(disk, BlockSet.range(0, BLOCKS), generation);
    }

    /** Has the strategy: the gathering that is tried, laid over. */
    private static ConfigurationAdmin configured() {
        Hashtable<String, Object> properties =
                new Hashtable<>(Map.of("name", Strategies.DEFAULT_NAME, "gather", "tried", "place", "overlay"));
        Configuration configuration = proxy(Configuration.class, "getProperties", properties);
        return proxy(ConfigurationAdmin.class, "listConfigurations", new Configuration[] {configuration});
    }

    /** Something of which only some methods are called: their names and what they return. */
    static <T> T proxy(Class<T> type, Object... answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            for (int i = 0; i < answers.length; i += 2) {
                if (answers[i].equals(method.getName())) {
                    return answers[i + 1];
                }
            }
            return switch (method.getName()) {
                case "equals" -> self == args[0];
                case "hashCode" -> System.identityHashCode(self);
                case "toString" -> type.getSimpleName();
                default -> null;
            };
        }));
    }

    LoggingNode node(String name) {
        return new LoggingNode(name, 1, folder.resolve(name));
    }

    NodeLog join(String name) throws IOException {
        return session.join(node(name));
    }

    static BlockRun block(long block) {
        return new BlockRun(block, 1);
    }

    /** A guest's write of one block, as a node's door does it. */
    void write(NodeLog log, long block) throws IOException {
        for (BlockRun missing : log.missing(block(block))) {
            log.append(List.of(missing), read(missing));
        }
        overwrite(block);
    }

    ByteBuffer read(BlockRun run) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(run.count() * BLOCK));
        device.read(data, run.first() * BLOCK);
        return data.flip();
    }

    void overwrite(long block) throws IOException {
        device.write(ByteBuffer.allocate(BLOCK), block * BLOCK);
    }

    /** Copies what is on the disk by now. */
    void copyRest() throws IOException {
        for (long block = 0; block < BLOCKS; block++) {
            if (!generation.copied.containsKey(block)) {
                generation.openBlocks().write(block(block), read(block(block)));
                session.copied(block(block));
            }
        }
    }

    /** Once every node has left. */
    void assertSealedAsOfT0(List<LogReceipt> receipts) throws IOException {
        copyRest();
        session.complete(receipts);
        for (long block = 0; block < BLOCKS; block++) {
            assertOfT0(block);
        }
    }

    /** What the generation shows of a block, with the log laid over, is of T0. */
    void assertOfT0(long block) {
        assertThat(generation.shown(block)).as("block %d", block).isEqualTo((byte) (block + 1));
    }

    @Override
    public void close() {
        session.close();
    }
}

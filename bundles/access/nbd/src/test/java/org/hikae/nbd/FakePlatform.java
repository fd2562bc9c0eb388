package org.hikae.nbd;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;

/** Disks, nodes and generations, as simple as exports can bear. What it is not asked for, it cannot do. */
final class FakePlatform {

    static final int SIZE = 1 << 20;

    final Map<String, Node> nodes = new TreeMap<>();
    final List<DiskStatus> disks = new ArrayList<>();
    final List<GenerationInfo> generationList = new ArrayList<>();
    /** Every device that was opened, by what it was opened as. */
    final Map<String, List<MemoryDevice>> opened = new TreeMap<>();

    FakePlatform() {
        addNode("n1");
        disks.add(new DiskStatus("data", Path.of("/d"), "raw", "raw", SIZE, 512, null));
        disks.add(new DiskStatus("lost", Path.of("/l"), "raw", "raw", -1, 512, "there is no such file"));
        generationList.add(generation("data@1", null));
        generationList.add(generation("data@2", "its manifest is damaged"));
    }

    void addNode(String name) {
        nodes.put(name, service(Node.class, (method, arguments) -> switch (method) {
            case "name" -> name;
            case "open" -> open(name, (String) arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        }));
    }

    private MemoryDevice open(String node, String disk) throws IOException {
        if (!disk.equals("data")) {
            throw new IOException("there is no disk '" + disk + "'; see 'disk list'");
        }
        return remember(node + "/" + disk);
    }

    private synchronized MemoryDevice remember(String name) {
        MemoryDevice device = new MemoryDevice(SIZE);
        opened.computeIfAbsent(name, any -> new ArrayList<>()).add(device);
        return device;
    }

    Disks disks() {
        return service(Disks.class, (method, arguments) -> List.copyOf(disks));
    }

    Nodes nodes() {
        return service(Nodes.class, (method, arguments) -> {
            if (method.equals("list")) {
                return List.copyOf(nodes.values());
            }
            Node node = nodes.get((String) arguments[0]);
            if (node == null) {
                throw new IOException("there is no node '" + arguments[0] + "'; see 'node list'");
            }
            return node;
        });
    }

    Generations generations() {
        return service(Generations.class, (method, arguments) -> {
            if (method.equals("list")) {
                return List.copyOf(generationList);
            }
            for (GenerationInfo info : generationList) {
                if (info.id().equals(arguments[0]) && info.problem() == null) {
                    return new Reader(info, remember(info.id()));
                }
            }
            throw new IOException("there is no generation " + arguments[0]);
        });
    }

    private static GenerationInfo generation(String id, String problem) {
        return new GenerationInfo(
                id,
                "data",
                new UUID(1, 2),
                1,
                "full",
                null,
                null,
                null,
                null,
                Instant.parse("2026-11-05T12:00:00Z"),
                SIZE,
                512,
                "raw",
                1,
                1,
                1,
                1,
                1,
                "packed",
                "overlay",
                "m1",
                "m1",
                1,
                problem);
    }

    /** What a method of a service does. */
    private interface Behaviour {
        Object call(String method, Object[] arguments) throws Exception;
    }

    private static <T> T service(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> behaviour.call(method.getName(), arguments);
                }));
    }

    private record Reader(GenerationInfo info, BlockDevice device) implements GenerationReader {

        @Override
        public BlockSet storedSince(String ancestor) {
            throw new UnsupportedOperationException("storedSince");
        }

        @Override
        public Optional<FileSystem> openMeta() {
            return Optional.empty();
        }

        @Override
        public double generationsAsked() {
            return 0;
        }

        @Override
        public BlockSet set() {
            return BlockSet.range(0, blockCount());
        }

        @Override
        public long size() {
            return device.size();
        }

        @Override
        public int blockSize() {
            return device.blockSize();
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            device.read(dst, offset);
        }

        @Override
        public void write(ByteBuffer src, long offset) {
            throw new java.nio.channels.NonWritableChannelException();
        }

        @Override
        public void zero(long offset, long length) {
            throw new java.nio.channels.NonWritableChannelException();
        }

        @Override
        public void force() {}

        @Override
        public boolean readOnly() {
            return true;
        }

        @Override
        public void close() throws IOException {
            device.close();
        }
    }
}

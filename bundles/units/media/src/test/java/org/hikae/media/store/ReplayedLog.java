package org.hikae.media.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryDriver;

/** Makes logs as files, as they come out of a backup. */
final class ReplayedLog {

    static final UUID DISK = new UUID(3, 4);

    /** Puts records into a log. */
    interface Records {
        void putTo(LogSink log) throws IOException;
    }

    private final Path folder;
    private final long size;
    private final int blockSize;

    /** @param folder takes a folder for each log */
    ReplayedLog(Path folder, long size, int blockSize) {
        this.folder = folder;
        this.size = size;
        this.blockSize = blockSize;
    }

    /**
     * The objects of a log, in their order, of a generation that is the first one of its disk.
     *
     * @param objectBytes bytes beyond which an object is not filled further
     */
    List<Path> make(String name, long objectBytes, Records records) throws IOException {
        MemoryDriver medium = new MemoryDriver();
        TestMedia media = new TestMedia(new UUID(1, 1)).add("m", medium, "");
        long blocks = (size + blockSize - 1) / blockSize;
        var request = new GenerationRequest("data", DISK, size, blockSize, "raw", "m", Layout.PACKED, null, null, null);
        Path own = Files.createDirectories(folder.resolve(name));
        try (GenerationStore store =
                        new GenerationStore(media, own.resolve("home"), 1, objectBytes, RollCall.PATIENCE);
                GenerationWriter writer = store.create(request);
                BlockWriter copied = writer.openBlocks();
                LogSink log = writer.openLog(LogPlace.SEPARATE, null, Patience.NONE)) {
            copied.zeros(new BlockRun(0, blocks));
            copied.complete();
            records.putTo(log);
            log.complete();
            writer.seal(Seal.full(BlockSet.range(0, blocks), null, Instant.EPOCH, 0));
        }
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, byte[]> object : medium.objects.entrySet()) {
            String file = object.getKey().substring(object.getKey().indexOf('/') + 1);
            if (file.startsWith("log.")) {
                files.add(Files.write(own.resolve(file), object.getValue()));
            }
        }
        return files;
    }

    /** Puts a record of some blocks of a disk, of which the last one may be cut off. */
    void put(LogSink log, long number, long first, long count, byte[] disk) throws IOException {
        ByteBuffer data = ByteBuffer.allocate((int) count * blockSize);
        int from = (int) (first * blockSize);
        data.put(disk, from, Math.min(data.capacity(), disk.length - from));
        log.put(number, new BlockRun(first, count), data.clear());
    }
}

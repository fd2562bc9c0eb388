package org.hikae.media.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Seal;
import org.hikae.io.Buffers;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTableReader;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.store.GenerationStore;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** a.7: a log object alone suffices to lay the before-images back over a disk, without manifest or index. */
class LogReplayTest {

    private static final int BLOCK = 4096;
    private static final int BLOCKS = 2000;
    private static final UUID DISK = new UUID(3, 4);

    @TempDir
    Path home;

    private final MemoryDriver logs = new MemoryDriver();
    private final byte[] image = new byte[BLOCKS * BLOCK];
    private final BlockSet logged = BlockSet.range(7, 1)
            .union(BlockSet.range(100, 600))
            .union(BlockSet.range(1990, 10))
            .union(BlockSet.range(1000, 3));

    @Test
    void layTheLogOverADisk() throws IOException {
        new Random(1).nextBytes(image);
        Arrays.fill(image, 300 * BLOCK, 500 * BLOCK, (byte) 0);
        Arrays.fill(image, 600 * BLOCK, 700 * BLOCK, (byte) 'x');
        makeGeneration();
        byte[] disk = new byte[image.length];
        Arrays.fill(disk, (byte) 0x55);
        ByteBuffer log = Buffers.allocate(logs.objects.get("data@1/log.0000-" + manifestMedium()).length);
        log.put(logs.objects.get("data@1/log.0000-" + manifestMedium())).flip();
        ObjectHeader header = ObjectHeader.decode(log);
        assertThat(header).isEqualTo(new ObjectHeader(ObjectHeader.Kind.LOG, DISK, 1, image.length, BLOCK, 0, 0));
        replay(log.position(ObjectHeader.LENGTH), disk);
        for (int b = 0; b < BLOCKS; b++) {
            byte[] block = Arrays.copyOfRange(disk, b * BLOCK, (b + 1) * BLOCK);
            byte[] expected = Arrays.copyOfRange(image, b * BLOCK, (b + 1) * BLOCK);
            if (!logged.contains(b)) {
                Arrays.fill(expected, (byte) 0x55);
            }
            assertThat(Arrays.equals(block, expected)).as("block %s", b).isTrue();
        }
    }

    private String manifestMedium() {
        return logs.objects.keySet().stream()
                .filter(name -> name.startsWith("data@1/log.0000-"))
                .findFirst()
                .orElseThrow()
                .substring("data@1/log.0000-".length());
    }

    private static void replay(ByteBuffer log, byte[] disk) throws IOException {
        Scratch.Pool pool = Scratch.Pool.ofFrames();
        Scratch scratch = pool.take();
        long lastNumber = 0;
        while (log.hasRemaining()) {
            FrameHeader header = FrameHeader.decode(log);
            ByteBuffer frame = log.duplicate().limit(log.position() + header.length());
            assertThat(header.kind()).isEqualTo(FrameHeader.LOG);
            assertThat(FrameHeader.checksum(scratch.crc, frame, ByteBuffer.allocate(0)))
                    .isEqualTo(header.crc());
            FrameCheck.unpack(header, frame, scratch.raw.clear(), scratch);
            scratch.raw.position(0);
            FrameTableReader table = new FrameTableReader(header, FrameCheck.table(header, frame), BLOCKS);
            while (table.next()) {
                assertThat(table.number()).isGreaterThanOrEqualTo(lastNumber);
                lastNumber = table.number();
                int from = (int) table.first() * BLOCK;
                int length = (int) table.count() * BLOCK;
                if (table.zero()) {
                    Arrays.fill(disk, from, from + length, (byte) 0);
                } else {
                    scratch.raw.get(disk, from, length);
                }
            }
            log.position(log.position() + header.length());
        }
        pool.give(scratch);
        pool.close();
    }

    private void makeGeneration() throws IOException {
        TestMedia media =
                new TestMedia(new UUID(1, 1)).add("m", new MemoryDriver(), "").add("logs", logs, "");
        GenerationRequest request = new GenerationRequest("data", DISK, image.length, BLOCK, "raw", "m", null, null);
        try (GenerationStore store = new GenerationStore(media, home, 1);
                GenerationWriter writer = store.create(request);
                BlockWriter blocks = writer.openBlocks();
                LogSink log = writer.openLog("logs", false)) {
            blocks.zeros(new BlockRun(0, BLOCKS));
            blocks.complete();
            long number = 0;
            Random random = new Random(2);
            for (BlockRun run : logged) {
                long first = run.first();
                while (first < run.end()) {
                    long count = Math.min(run.end() - first, 1 + random.nextInt(random.nextInt(5) == 0 ? 256 : 4));
                    int from = (int) first * BLOCK;
                    number += 3;
                    ByteBuffer data = ByteBuffer.wrap(image, from, (int) count * BLOCK);
                    log.put(number, new BlockRun(first, count), data);
                    first += count;
                }
            }
            log.complete();
            writer.seal(Seal.full(BlockSet.range(0, BLOCKS), null, Instant.EPOCH, 0));
        }
    }
}

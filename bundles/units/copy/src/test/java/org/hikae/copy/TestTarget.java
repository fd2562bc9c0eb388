package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.MetaWriter;
import org.hikae.api.media.Seal;

/** A generation that keeps what is written into it, each block once at most. */
final class TestTarget implements GenerationWriter {

    private final TestDisk disk;
    private final Map<Long, byte[]> blocks = new TreeMap<>();
    private final List<BlockRun> zeros = new ArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger completed = new AtomicInteger();
    /** After how many writes it fails. */
    volatile int failsAfter = Integer.MAX_VALUE;

    private int writes;

    TestTarget(TestDisk disk) {
        this.disk = disk;
    }

    @Override
    public MetaWriter openMeta() {
        throw new UnsupportedOperationException("openMeta");
    }

    private synchronized void put(BlockRun run, ByteBuffer data) throws IOException {
        if (writes++ >= failsAfter) {
            throw new IOException("the medium is full");
        }
        assertThat(data.remaining()).isEqualTo((int) run.count() * disk.blockSize());
        for (long block = run.first(); block < run.end(); block++) {
            byte[] bytes = new byte[disk.blockSize()];
            data.get(bytes);
            assertThat(blocks.put(block, bytes))
                    .as("block %s is there twice", block)
                    .isNull();
        }
    }

    private synchronized void putZeros(BlockRun run) {
        zeros.add(run);
    }

    /** All that was written. */
    synchronized BlockSet written() {
        List<BlockRun> runs = new ArrayList<>(zeros);
        blocks.keySet().forEach(block -> runs.add(new BlockRun(block, 1)));
        return BlockSet.of(runs);
    }

    /** What was written is what the disk holds, and zeros lie where its holes are. */
    synchronized void assertExact() {
        blocks.forEach((block, bytes) -> assertThat(bytes)
                .as("block %s", block)
                .isEqualTo(disk.content(block * disk.blockSize(), disk.blockSize())));
        for (BlockRun run : zeros) {
            long end = Math.min(disk.size(), run.end() * disk.blockSize());
            assertThat(disk.nextData(run.first() * disk.blockSize())).isGreaterThanOrEqualTo(end);
        }
    }

    @Override
    public BlockWriter openBlocks() {
        open.incrementAndGet();
        return new BlockWriter() {
            @Override
            public void write(BlockRun run, ByteBuffer data) throws IOException {
                put(run, data);
            }

            @Override
            public void zeros(BlockRun run) {
                putZeros(run);
            }

            @Override
            public void complete() {
                completed.incrementAndGet();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    @Override
    public String id() {
        return "d@1";
    }

    @Override
    public GenerationRequest request() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogSink openLog(LogPlace place, String medium, Patience patience) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GenerationInfo seal(Seal seal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

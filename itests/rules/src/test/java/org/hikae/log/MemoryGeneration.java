package org.hikae.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.MetaWriter;
import org.hikae.api.media.Seal;

/** Remembers of each block the first byte that it was given, by the copy and by the log. */
class MemoryGeneration implements GenerationWriter {

    /** In the order in which the log was given them. */
    final List<Long> numbers = Collections.synchronizedList(new ArrayList<>());

    final Map<Long, Byte> logged = new ConcurrentHashMap<>();
    final Map<Long, Byte> copied = new ConcurrentHashMap<>();
    private final int blockSize;

    MemoryGeneration(int blockSize) {
        this.blockSize = blockSize;
    }

    /** What a reader sees; null if there is nothing. */
    Byte shown(long block) {
        return logged.getOrDefault(block, copied.get(block));
    }

    private void keep(Map<Long, Byte> kept, BlockRun run, ByteBuffer data) {
        for (int i = 0; i < run.count(); i++) {
            kept.put(run.first() + i, data.get(data.position() + i * blockSize));
        }
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
    public BlockWriter openBlocks() {
        return new BlockWriter() {
            @Override
            public void write(BlockRun run, ByteBuffer data) throws IOException {
                keep(copied, run, data);
            }

            @Override
            public void zeros(BlockRun run) throws IOException {
                throw new IOException("there are no holes");
            }

            @Override
            public void complete() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public MetaWriter openMeta() {
        throw new UnsupportedOperationException("openMeta");
    }

    @Override
    public LogSink openLog(LogPlace place, String medium, Patience patience) {
        return new LogSink() {
            @Override
            public void put(long number, BlockRun run, ByteBuffer data) {
                numbers.add(number);
                keep(logged, run, data);
            }

            @Override
            public void complete() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public GenerationInfo seal(Seal seal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

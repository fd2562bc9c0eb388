package org.hikae.logcentral;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.spi.LogSink;

/** Records on their way to the sink, with their data in one buffer. Not thread-safe. */
final class Batch {

    private static final int BYTES = 4 * NodeLog.MAX_RECORD_BYTES;

    private record Entry(long number, BlockRun run, int position) {}

    private final ByteBuffer data = ByteBuffer.allocateDirect(BYTES);
    private final List<Entry> entries = new ArrayList<>();

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean hasRoom(int bytes) {
        return data.remaining() >= bytes;
    }

    void add(long number, BlockRun run, ByteBuffer contents) {
        entries.add(new Entry(number, run, data.position()));
        data.put(contents);
    }

    void writeTo(LogSink sink, int blockSize) throws IOException {
        for (Entry entry : entries) {
            int length = Math.toIntExact(entry.run.count() * blockSize);
            sink.put(entry.number, entry.run, data.slice(entry.position, length));
        }
    }

    void clear() {
        entries.clear();
        data.clear();
    }
}

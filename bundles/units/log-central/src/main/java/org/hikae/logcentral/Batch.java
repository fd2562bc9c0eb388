package org.hikae.logcentral;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.LogSink;

/** Records on their way to the sink, with their data in one buffer. Not thread-safe. */
final class Batch {

    /** Room for images; a message fits into one batch. */
    static final int BYTES = Message.MAX_BYTES;

    private record Entry(long number, BlockRun run, int position, int length) {}

    private final ByteBuffer data = ByteBuffer.allocateDirect(BYTES);
    private final List<Entry> entries = new ArrayList<>();

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean hasRoom(int bytes) {
        return data.remaining() >= bytes;
    }

    /** Adds {@code length} bytes of the buffer from {@code from} on. */
    void add(long number, BlockRun run, ByteBuffer image, int from, int length) {
        int position = data.position();
        data.put(position, image, from, length).position(position + length);
        entries.add(new Entry(number, run, position, length));
    }

    void writeTo(LogSink sink) throws IOException {
        for (Entry entry : entries) {
            sink.put(entry.number, entry.run, data.slice(entry.position, entry.length));
        }
    }

    void clear() {
        entries.clear();
        data.clear();
    }
}

package org.hikae.logpernode;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.io.BufferPool;

/** Records on their way to a node's files, with their data in one buffer. Not thread-safe. */
final class Batch {

    /** Room for data: twice the largest record. */
    static final int BYTES = 2 << 20;

    /** @param position where the record's data begins in the buffer */
    private record Pending(long number, BlockRun run, int position, int length) {}

    private final ByteBuffer data;
    private final List<Pending> records = new ArrayList<>();

    Batch(BufferPool buffers) {
        data = buffers.take();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    boolean hasRoom(int bytes) {
        return data.remaining() >= bytes;
    }

    void add(long number, BlockRun run, ByteBuffer contents) {
        records.add(new Pending(number, run, data.position(), contents.remaining()));
        data.put(contents);
    }

    /** The data of all records, one after the other. */
    ByteBuffer data() {
        return data.duplicate().flip();
    }

    /**
     * What the log management file says of the records.
     *
     * @param position where the first record's data is in the data file
     */
    ByteBuffer entries(long position, int blockSize) {
        ByteBuffer list = ByteBuffer.allocate(records.size() * ListEntry.BYTES);
        for (Pending record : records) {
            int crc = Checksums.of(data.slice(record.position, record.length));
            new ListEntry(record.number, record.run, position + record.position, crc).putInto(list, blockSize);
        }
        return list.flip();
    }

    void clear() {
        records.clear();
        data.clear();
    }

    /** Gives its memory back; it is not used any more. */
    void release(BufferPool buffers) {
        buffers.give(data);
    }
}

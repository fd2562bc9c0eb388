package org.hikae.logpernode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.log.NodeLog;

/**
 * What a node sends of its data as one message: the records of which anything is kept, each as a whole, since its checksum is
 * over all of it. Not thread-safe.
 */
final class Share {

    private static final int MOST_BYTES = NodeLog.MAX_RECORD_BYTES;

    private final ByteBuffer data;
    private final int blockSize;
    /** Ascending by position in the file. */
    private final List<ListEntry> entries = new ArrayList<>();

    private int bytes;

    /** @param data room for {@link NodeLog#MAX_RECORD_BYTES} */
    Share(ByteBuffer data, int blockSize) {
        this.data = data;
        this.blockSize = blockSize;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean hasRoom(ListEntry entry) {
        return MOST_BYTES - bytes >= entry.length(blockSize);
    }

    /** @return where the record's data will be, for {@link #slice} */
    int add(ListEntry entry) {
        int at = bytes;
        entries.add(entry);
        bytes += entry.length(blockSize);
        return at;
    }

    /** Reads the data, in as few reads as it lies in pieces, and checks it. */
    void fetch(InputFile file) throws IOException {
        int first = 0;
        int at = 0;
        while (first < entries.size()) {
            long start = entries.get(first).position();
            long end = start;
            int next = first;
            while (next < entries.size() && entries.get(next).position() == end) {
                end += entries.get(next).length(blockSize);
                next++;
            }
            int length = Math.toIntExact(end - start);
            file.read(data.slice(at, length), start);
            at += length;
            first = next;
        }
        check(file);
    }

    private void check(InputFile file) throws IOException {
        int at = 0;
        for (ListEntry entry : entries) {
            int length = entry.length(blockSize);
            if (Checksums.of(data.slice(at, length)) != entry.crc()) {
                throw file.damaged("the data of record " + entry.number() + " have a wrong checksum");
            }
            at += length;
        }
    }

    ByteBuffer slice(int at, int length) {
        return data.slice(at, length);
    }

    int bytes() {
        return bytes;
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }
}

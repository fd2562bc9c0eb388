package org.hikae.tape.recall;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.store.Extent;

/** A cartridge in memory. Written by one thread, before it is read. */
class FakeTape {

    final String barcode;
    final UUID volume = UUID.randomUUID();
    /** Records; null is a filemark. */
    final List<byte[]> objects = new ArrayList<>();
    /** Positions that cannot be read. */
    final Set<Long> bad = ConcurrentHashMap.newKeySet();

    private final UUID session = UUID.randomUUID();

    FakeTape(String barcode) {
        this.barcode = barcode;
        objects.add(new byte[100]);
        objects.add(null);
    }

    /** Where the data ends. */
    long end() {
        return objects.size();
    }

    /** The record at a position; null: a filemark. */
    byte[] at(long position) {
        return objects.get((int) position);
    }

    /** Writes bytes of an object. */
    Extent write(byte[] object, long offset, long length, int payload) {
        long block = objects.size();
        for (long at = offset; at < offset + length; at += payload) {
            int part = (int) Math.min(payload, offset + length - at);
            ByteBuffer record = ByteBuffer.allocate(RecordHeader.BYTES + part);
            record.put(RecordHeader.BYTES, object, (int) at, part);
            new RecordHeader(RecordHeader.Kind.DATA, part, objects.size(), session, 1, at).seal(record);
            objects.add(record.array());
        }
        return new Extent(offset, length, volume, block, payload);
    }

    void filemark() {
        objects.add(null);
    }
}

package org.hikae.files.client.restore;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hikae.io.BufferedIo;

/**
 * Which entries a record has had when it was opened. There may be millions: they are told by their first 8 bytes, in a file that the kernel has in
 * memory as far as there is room. Not thread-safe.
 */
final class DoneSet implements Closeable {

    private static final long MOST = (1 << 26) - 1;
    /** Slots for an entry, at least half of them. */
    private static final int SLOTS = 4;

    private static final int READ = 1 << 16;

    private final Spool spool;
    private final ByteBuffer slots;
    private final long mask;

    private DoneSet(Spool spool, ByteBuffer slots) {
        this.spool = spool;
        this.slots = slots;
        mask = slots.capacity() / Long.BYTES - 1;
    }

    /**
     * Reads entries.
     *
     * @param length bytes of each, which begins with a hash
     */
    static DoneSet read(FileChannel entries, int length, Path folder) throws IOException {
        // Of more than that, the others come again.
        long count = Math.min(MOST, entries.size() / length);
        long capacity = Long.highestOneBit(Math.max(1, count)) * SLOTS;
        Spool spool = new Spool(folder);
        try {
            DoneSet set = new DoneSet(spool, spool.map(capacity * Long.BYTES));
            ByteBuffer piece = ByteBuffer.allocate(READ / length * length);
            for (long at = 0; at < count; at += piece.limit() / length) {
                piece.clear().limit((int) Math.min(piece.capacity(), (count - at) * length));
                if (!BufferedIo.read(entries, piece, at * length)) {
                    throw new EOFException("a record of a restore has become shorter");
                }
                piece.flip();
                for (int i = 0; i < piece.limit(); i += length) {
                    set.add(key(piece, i));
                }
            }
            return set;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /** 0 is a free slot. */
    private static long key(ByteBuffer entry, int at) {
        long key = entry.getLong(at);
        return key == 0 ? 1 : key;
    }

    private void add(long key) {
        int slot = slot(key);
        slots.putLong(slot, key);
    }

    /** Of the key, or the free one where it would be. There is always a free one. */
    private int slot(long key) {
        long slot = key & mask;
        while (true) {
            int at = (int) (slot * Long.BYTES);
            long there = slots.getLong(at);
            if (there == 0 || there == key) {
                return at;
            }
            slot = slot + 1 & mask;
        }
    }

    boolean contains(ByteBuffer entry) {
        long key = key(entry, entry.position());
        return slots.getLong(slot(key)) == key;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}

package org.hikae.tape.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32C;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.io.BufferPool;

/**
 * Slots in a room of bounded size on a backup medium (c.3): those that are used often stay. What each slot must read as is kept in
 * memory, so bytes that the medium gives back wrong are never passed on. Thread-safe.
 */
final class SlotBuffer implements Closeable {

    /** Number of pieces of a slot that are checked one by one, so that little is read for a few bytes. */
    static final int PAGES = 16;

    /** As many slots are free at least, but for those that are read while they are given up. */
    private static final int MOST_SPARE = 64;

    private static final int SPARE_PAGES = 32;

    private final PlacedWriter room;
    private final int slotBytes;
    private final int pageBytes;
    private final int slots;
    private final BufferPool pages;
    private final Cache<SlotKey, Slot> kept;
    /** Numbers of slots that were used and are free now; guarded by itself, as {@link #unused}. */
    private final Deque<Integer> free = new ArrayDeque<>();
    /** The first number that was never used. */
    private int unused;

    /** A slot of the room that holds something. */
    private static final class Slot {

        final int number;
        final int length;
        final int[] sums;
        /** How many read it now; guarded by the slot, as {@link #dropped}. */
        int readers;

        boolean dropped;

        Slot(int number, int length, int[] sums) {
            this.number = number;
            this.length = length;
            this.sums = sums;
        }

        synchronized boolean pin() {
            if (!dropped) {
                readers++;
            }
            return !dropped;
        }
    }

    /**
     * @param room is closed with this
     * @param slotBytes a multiple of {@link #PAGES}
     */
    SlotBuffer(PlacedWriter room, int slotBytes) {
        this.room = room;
        this.slotBytes = slotBytes;
        pageBytes = slotBytes / PAGES;
        slots = (int) Math.min(Integer.MAX_VALUE, room.length() / slotBytes);
        if (slots < 2) {
            throw new IllegalArgumentException("no room for slots: " + room.length() + " bytes");
        }
        pages = new BufferPool(pageBytes, SPARE_PAGES);
        kept = Caffeine.newBuilder()
                .maximumSize(slots - Math.max(1, Math.min(MOST_SPARE, slots / 8)))
                .executor(Runnable::run)
                .<SlotKey, Slot>removalListener((key, slot, cause) -> drop(slot))
                .build();
    }

    boolean contains(SlotKey key) {
        return kept.asMap().containsKey(key);
    }

    /**
     * Fills a buffer with bytes of a slot, if it is there and right; if not, its content and position are undefined.
     *
     * @param offset in the slot
     * @throws IOException if the medium fails
     */
    boolean read(SlotKey key, int offset, ByteBuffer dst) throws IOException {
        Slot slot = kept.getIfPresent(key);
        if (slot == null || !slot.pin()) {
            return false;
        }
        try {
            if (copy(slot, offset, dst)) {
                return true;
            }
        } finally {
            unpin(slot);
        }
        kept.asMap().remove(key, slot);
        return false;
    }

    private boolean copy(Slot slot, int offset, ByteBuffer dst) throws IOException {
        int end = offset + dst.remaining();
        int at = offset;
        while (at < end) {
            int page = at / pageBytes;
            int from = page * pageBytes;
            int to = Math.min(slot.length, from + pageBytes);
            boolean right;
            if (at == from && to <= end) {
                int whole = wholePages(slot, from, end);
                right = readWhole(slot, from, whole, dst);
                at = whole;
            } else {
                int part = Math.min(to, end);
                right = readPart(slot, from, to, dst, at, part);
                at = part;
            }
            if (!right) {
                return false;
            }
        }
        return true;
    }

    /** The end of the pages that lie before an end with all their bytes. */
    private int wholePages(Slot slot, int from, int end) {
        return end == slot.length ? end : from + (end - from) / pageBytes * pageBytes;
    }

    /** Reads pages to where they are wanted. */
    private boolean readWhole(Slot slot, int from, int to, ByteBuffer dst) throws IOException {
        ByteBuffer into = dst.slice(dst.position(), to - from);
        room.read(into, (long) slot.number * slotBytes + from);
        dst.position(dst.position() + to - from);
        return isRight(slot, from, to, into);
    }

    /** Reads a page, since all of it has to be checked, and copies what is wanted. */
    private boolean readPart(Slot slot, int from, int to, ByteBuffer dst, int begin, int end) throws IOException {
        ByteBuffer page = pages.take();
        try {
            room.read(page.limit(to - from), (long) slot.number * slotBytes + from);
            dst.put(page.limit(end - from).position(begin - from));
            return isRight(slot, from, to, page.clear());
        } finally {
            pages.give(page);
        }
    }

    /** @param bytes from the beginning of a page on */
    private boolean isRight(Slot slot, int from, int to, ByteBuffer bytes) {
        for (int at = from; at < to; at += pageBytes) {
            if (sum(bytes, at - from, Math.min(to, at + pageBytes) - from) != slot.sums[at / pageBytes]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Keeps a slot, for as long as it is worth it.
     *
     * @param data from its position to its limit, at most a slot; stays as it is
     * @return whether it was kept; not, if all the room is being read
     * @throws IOException if the medium fails or is full; nothing was kept then
     */
    boolean put(SlotKey key, ByteBuffer data) throws IOException {
        Integer number = take();
        if (number == null) {
            return false;
        }
        Slot slot = new Slot(number, data.remaining(), sums(data));
        try {
            room.write(data.duplicate(), (long) number * slotBytes);
        } catch (IOException | RuntimeException e) {
            drop(slot);
            throw e;
        }
        kept.put(key, slot);
        return true;
    }

    private int[] sums(ByteBuffer data) {
        int[] sums = new int[(data.remaining() + pageBytes - 1) / pageBytes];
        for (int i = 0; i < sums.length; i++) {
            int from = data.position() + i * pageBytes;
            sums[i] = sum(data, from, Math.min(data.limit(), from + pageBytes));
        }
        return sums;
    }

    private static int sum(ByteBuffer data, int from, int to) {
        CRC32C sum = new CRC32C();
        sum.update(data.slice(from, to - from));
        return (int) sum.getValue();
    }

    private Integer take() {
        Integer number = takeFree();
        if (number == null) {
            kept.cleanUp();
            number = takeFree();
        }
        return number;
    }

    private Integer takeFree() {
        synchronized (free) {
            Integer number = free.pollFirst();
            return number != null || unused == slots ? number : Integer.valueOf(unused++);
        }
    }

    private void drop(Slot slot) {
        boolean last;
        synchronized (slot) {
            slot.dropped = true;
            last = slot.readers == 0;
        }
        if (last) {
            give(slot);
        }
    }

    private void unpin(Slot slot) {
        boolean last;
        synchronized (slot) {
            slot.readers--;
            last = slot.dropped && slot.readers == 0;
        }
        if (last) {
            give(slot);
        }
    }

    private void give(Slot slot) {
        synchronized (free) {
            free.addFirst(slot.number);
        }
    }

    /** Bytes of the room that hold something. */
    long usedBytes() {
        synchronized (free) {
            return (long) (unused - free.size()) * slotBytes;
        }
    }

    /** Gives the room back; who reads from it fails. */
    @Override
    public void close() throws IOException {
        room.close();
    }
}

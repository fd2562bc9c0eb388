package org.hikae.fsext.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SortedMap;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.ReadOnlyBlockDevice;

/** A device on which a journal has been replayed, as one sees it; nothing is written. */
final class Overlay implements ReadOnlyBlockDevice {

    private final BlockDevice device;
    private final int unit;
    private final SortedMap<Long, Long> places;

    /**
     * @param unit block size of the file system
     * @param places where blocks lie, see {@link Redirections}
     */
    Overlay(BlockDevice device, int unit, SortedMap<Long, Long> places) {
        this.device = device;
        this.unit = unit;
        this.places = places;
    }

    @Override
    public long size() {
        return device.size();
    }

    @Override
    public int blockSize() {
        return device.blockSize();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        int start = dst.position();
        long end = offset + dst.remaining();
        device.read(dst, offset);
        // From the block that the first byte lies in to the one that begins last before the end.
        Map<Long, Long> touched = places.tailMap(offset / unit).headMap((end + unit - 1) / unit);
        for (Map.Entry<Long, Long> entry : touched.entrySet()) {
            long block = entry.getKey() * unit;
            long from = Math.max(block, offset);
            long to = Math.min(block + unit, end);
            ByteBuffer part = dst.slice(start + (int) (from - offset), (int) (to - from));
            part(part, entry.getValue(), (int) (from - block));
        }
    }

    /** @param skip bytes of the block that are not wanted */
    private void part(ByteBuffer dst, long place, int skip) throws IOException {
        device.read(dst, (place & ~Redirections.ESCAPED) * unit + skip);
        if ((place & Redirections.ESCAPED) == 0) {
            return;
        }
        byte[] magic = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt(JournalSuperblock.MAGIC)
                .array();
        for (int i = skip; i < magic.length && i - skip < dst.limit(); i++) {
            dst.put(i - skip, magic[i]);
        }
    }

    /** The device below stays open: it belongs to whoever opened it. */
    @Override
    public void close() {}
}

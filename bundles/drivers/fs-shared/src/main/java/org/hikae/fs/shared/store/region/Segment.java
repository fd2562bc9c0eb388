package org.hikae.fs.shared.store.region;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Consecutive blocks of the file, each with its place in the region and its checksum. Never changed: what is written anew
 * gets a segment anew.
 *
 * @param start number of the first block in the file
 * @param places of the blocks
 * @param sums their checksums
 * @param map the place where this list itself is kept
 * @param mapSum the checksum of that block
 */
@SuppressWarnings("ArrayRecordComponent")
record Segment(long start, int[] places, int[] sums, int map, int mapSum) {

    /** As many as the list of places has room for in its block. */
    static final int MOST_BLOCKS = ShadowFile.BLOCK / 8;

    long end() {
        return start + places.length;
    }

    boolean contains(long block) {
        return block >= start && block < end();
    }

    /** The block that keeps the list. */
    static ByteBuffer encode(int[] places, int[] sums) {
        ByteBuffer map = ByteBuffer.allocate(ShadowFile.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < places.length; index++) {
            map.putInt(places[index]).putInt(sums[index]);
        }
        return map.rewind();
    }

    static Segment decode(Entry entry, ByteBuffer map) {
        int[] places = new int[entry.count];
        int[] sums = new int[entry.count];
        map.order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < entry.count; index++) {
            places[index] = map.getInt();
            sums[index] = map.getInt();
        }
        return new Segment(entry.start, places, sums, entry.map, entry.mapSum);
    }

    Entry entry() {
        return new Entry(start, places.length, map, mapSum);
    }

    /** What the root says of a segment. */
    record Entry(long start, int count, int map, int mapSum) {

        static final int BYTES = 20;
    }
}

package org.hikae.tape.recall;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.Extent;

/** Where the bytes of a copy lie. */
final class Layout {

    /**
     * Bytes that lie together.
     *
     * @param from offset in the object
     * @param to offset of what follows
     */
    record Part(Extent extent, long from, long to) {

        /** Position on the tape of the first record. */
        long block() {
            return extent.blockOf(from);
        }
    }

    private final Copy copy;
    /** By ascending offsets. */
    private final Extent[] extents;

    private Layout(Copy copy) {
        this.copy = copy;
        extents = copy.extents().toArray(Extent[]::new);
    }

    /** @throws IOException if the extents are not in order, or not within the object */
    static Layout of(Copy copy) throws IOException {
        Layout layout = new Layout(copy);
        long end = 0;
        for (Extent extent : layout.extents) {
            if (extent.offset() < end || extent.length() < 1 || extent.payload() < 1) {
                throw new IOException("it is not known where copy " + copy.number() + " lies: " + extent);
            }
            end = extent.end();
        }
        if (end > copy.length()) {
            throw new IOException("copy " + copy.number() + " is longer on tape than it should be: " + end + " bytes");
        }
        return layout;
    }

    Copy copy() {
        return copy;
    }

    /** What is not zeros between two offsets, by ascending offsets. */
    List<Part> parts(long from, long to) {
        List<Part> parts = new ArrayList<>(2);
        for (int i = firstEndingAfter(from); i < extents.length && extents[i].offset() < to; i++) {
            parts.add(new Part(extents[i], Math.max(from, extents[i].offset()), Math.min(to, extents[i].end())));
        }
        return parts;
    }

    /** As {@link org.hikae.api.media.spi.ObjectReader#nextData}. */
    long nextData(long position) {
        int i = firstEndingAfter(position);
        return i == extents.length ? copy.length() : Math.max(position, extents[i].offset());
    }

    private int firstEndingAfter(long position) {
        int low = 0;
        int high = extents.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (extents[middle].end() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}

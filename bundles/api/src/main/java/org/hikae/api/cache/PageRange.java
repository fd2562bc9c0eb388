package org.hikae.api.cache;

/**
 * Consecutive pages of a file, the unit of caches and leases. A page is 4096 bytes, or a block of the disk if that is
 * larger, so leases are aligned to blocks (R15). Page -1 stands for the file's size.
 *
 * @param first the first page, from -1
 * @param end the page after the last, greater than {@code first}, up to {@link Long#MAX_VALUE}
 */
public record PageRange(long first, long end) {

    /** The file's size. */
    public static final PageRange SIZE = new PageRange(-1, 0);

    /** The file's size and all of its content. */
    public static final PageRange ALL = new PageRange(-1, Long.MAX_VALUE);

    public PageRange {
        if (first < -1 || end <= first) {
            throw new IllegalArgumentException("no pages: " + first + " to " + end);
        }
    }

    /** The pages that bytes lie in; at least one byte. */
    public static PageRange covering(long offset, long length, int pageSize) {
        return new PageRange(offset / pageSize, (offset + length - 1) / pageSize + 1);
    }

    /** All pages from one on. */
    public static PageRange from(long first) {
        return new PageRange(first, Long.MAX_VALUE);
    }

    public boolean intersects(PageRange other) {
        return first < other.end && other.first < end;
    }

    public boolean contains(PageRange other) {
        return first <= other.first && other.end <= end;
    }
}

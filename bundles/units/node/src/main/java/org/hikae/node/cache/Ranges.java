package org.hikae.node.cache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.api.cache.PageRange;

/** What is left of ranges of pages when others are taken out of them. */
final class Ranges {

    private Ranges() {}

    /** What lies in both; null if nothing does. */
    static PageRange common(PageRange one, PageRange other) {
        long first = Math.max(one.first(), other.first());
        long end = Math.min(one.end(), other.end());
        return first < end ? new PageRange(first, end) : null;
    }

    /** The parts of a range, ascending, that lie in none of the others. */
    static List<PageRange> without(PageRange range, List<PageRange> taken) {
        List<PageRange> others = new ArrayList<>(taken);
        others.sort(Comparator.comparingLong(PageRange::first));
        List<PageRange> left = new ArrayList<>();
        long from = range.first();
        for (PageRange other : others) {
            if (other.first() > from && other.first() < range.end()) {
                left.add(new PageRange(from, other.first()));
            }
            from = Math.max(from, other.end());
        }
        if (from < range.end()) {
            left.add(new PageRange(from, range.end()));
        }
        return left;
    }
}

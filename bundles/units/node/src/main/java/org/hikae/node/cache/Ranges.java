package org.hikae.node.cache;

import java.util.ArrayList;
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
        List<PageRange> left = List.of(range);
        for (PageRange other : taken) {
            List<PageRange> next = new ArrayList<>();
            for (PageRange part : left) {
                addWithout(part, other, next);
            }
            left = next;
        }
        return left;
    }

    private static void addWithout(PageRange part, PageRange other, List<PageRange> to) {
        if (!part.intersects(other)) {
            to.add(part);
            return;
        }
        if (part.first() < other.first()) {
            to.add(new PageRange(part.first(), other.first()));
        }
        if (other.end() < part.end()) {
            to.add(new PageRange(other.end(), part.end()));
        }
    }
}

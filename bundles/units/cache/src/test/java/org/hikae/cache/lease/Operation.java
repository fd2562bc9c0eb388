package org.hikae.cache.lease;

import java.util.List;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;

/** What a program in the explored model does with a file of a few pages. */
enum Operation {
    READ_FIRST(LeaseMode.SHARED, LeaseMode.SHARED, 0),
    READ_SECOND(LeaseMode.SHARED, LeaseMode.SHARED, 1),
    WRITE_FIRST(LeaseMode.SHARED, LeaseMode.EXCLUSIVE, 0),
    WRITE_SECOND(LeaseMode.SHARED, LeaseMode.EXCLUSIVE, 1),
    /** Changes the size too. */
    APPEND(LeaseMode.EXCLUSIVE, LeaseMode.EXCLUSIVE, 1);

    private final List<Lease> needs;

    Operation(LeaseMode size, LeaseMode content, long page) {
        needs = List.of(new Lease(PageRange.SIZE, size), new Lease(new PageRange(page, page + 1), content));
    }

    /** What it needs, all at once. */
    List<Lease> needs() {
        return needs;
    }

    /** Page -1 is the size. */
    List<Long> pages(LeaseMode mode) {
        return needs.stream()
                .filter(need -> need.mode() == mode)
                .map(need -> need.pages().first())
                .toList();
    }
}

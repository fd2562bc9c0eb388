package org.hikae.cache.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;

/** What one node has of one file. Neighbours of the same mode are one lease. Not thread-safe. */
final class LeaseMap {

    /** A lease without its first page. */
    private record Part(long end, LeaseMode mode) {}

    /** By first page; they do not overlap. */
    private final TreeMap<Long, Part> parts = new TreeMap<>();

    LeaseMap copy() {
        LeaseMap copy = new LeaseMap();
        copy.parts.putAll(parts);
        return copy;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Ascending. */
    List<Lease> leases() {
        List<Lease> leases = new ArrayList<>();
        parts.forEach((first, part) -> leases.add(new Lease(new PageRange(first, part.end), part.mode)));
        return leases;
    }

    /** Whether there is a lease on one of the pages which conflicts with what another node wants. */
    boolean conflicts(PageRange pages, LeaseMode wanted) {
        return conflictBefore(pages.end(), wanted) > pages.first();
    }

    /** The end of the last conflicting lease that begins before a page; -1 if there is none. */
    long conflictBefore(long page, LeaseMode wanted) {
        for (Part part : parts.headMap(page, false).descendingMap().values()) {
            if (part.mode.conflicts(wanted)) {
                return part.end;
            }
        }
        return -1;
    }

    /** The first page of the first conflicting lease that begins at a page or after it; the greatest long if there is none. */
    long conflictFrom(long page, LeaseMode wanted) {
        for (Map.Entry<Long, Part> part : parts.tailMap(page).entrySet()) {
            if (part.getValue().mode.conflicts(wanted)) {
                return part.getKey();
            }
        }
        return Long.MAX_VALUE;
    }

    /** Adds a lease; one that is there already is not weakened. */
    void raise(Lease lease) {
        PageRange pages = lease.pages();
        List<Lease> there = cutOut(pages);
        put(pages, lease.mode());
        for (Lease old : there) {
            if (!lease.mode().covers(old.mode())) {
                cutOut(old.pages());
                put(old.pages(), old.mode());
            }
        }
        join(pages);
    }

    /** Gives up what conflicts with what another node wants: down to shared leases, or to none. */
    void lower(PageRange pages, LeaseMode wanted) {
        List<Lease> there = cutOut(pages);
        if (wanted == LeaseMode.SHARED) {
            there.forEach(old -> put(old.pages(), LeaseMode.SHARED));
            join(pages);
        }
    }

    private void put(PageRange pages, LeaseMode mode) {
        parts.put(pages.first(), new Part(pages.end(), mode));
    }

    /** @return the leases, or parts of them, that were there */
    private List<Lease> cutOut(PageRange pages) {
        split(pages.first());
        split(pages.end());
        List<Lease> cut = new ArrayList<>();
        Map<Long, Part> within = parts.subMap(pages.first(), pages.end());
        within.forEach((first, part) -> cut.add(new Lease(new PageRange(first, part.end), part.mode)));
        within.clear();
        return cut;
    }

    private void split(long page) {
        Map.Entry<Long, Part> before = parts.lowerEntry(page);
        if (before != null && before.getValue().end > page) {
            Part part = before.getValue();
            parts.put(before.getKey(), new Part(page, part.mode));
            parts.put(page, part);
        }
    }

    private void join(PageRange pages) {
        Map.Entry<Long, Part> part = parts.lowerEntry(pages.first());
        if (part == null) {
            part = parts.ceilingEntry(pages.first());
        }
        while (part != null && part.getKey() <= pages.end()) {
            long end = part.getValue().end;
            Part next = parts.get(end);
            if (next != null && next.mode == part.getValue().mode) {
                parts.remove(end);
                parts.put(part.getKey(), new Part(next.end, next.mode));
                part = parts.floorEntry(part.getKey());
            } else {
                part = parts.higherEntry(part.getKey());
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        parts.forEach((first, part) -> text.append(text.isEmpty() ? "" : " ")
                .append(part.mode == LeaseMode.EXCLUSIVE ? 'x' : 's')
                .append(first)
                .append('-')
                .append(part.end));
        return text.toString();
    }
}

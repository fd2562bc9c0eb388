package org.hikae.node.cache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;

/**
 * The leases that a node has on one file, who relies on them at the moment, and what is being called back (R15). Logic alone:
 * it neither waits nor asks anybody. Not thread-safe.
 *
 * <p>An operation pins all that it needs at once. While a part is being called back, nobody pins what is in conflict with
 * that; the part can be given up as soon as those who pinned it before are done.
 */
public final class HeldLeases {

    /** What an operation relies on, until {@link #unpin}. */
    public static final class Pin {

        private final List<Lease> needs;

        private Pin(List<Lease> needs) {
            this.needs = needs;
        }

        /** Whether the operation may do something with pages. */
        public boolean covers(Lease lease) {
            return needs.stream()
                    .anyMatch(need ->
                            need.pages().contains(lease.pages()) && need.mode().covers(lease.mode()));
        }

        private boolean conflicts(PageRange pages, LeaseMode wanted) {
            return needs.stream()
                    .anyMatch(need ->
                            need.pages().intersects(pages) && need.mode().conflicts(wanted));
        }
    }

    /** A part that is being called back. */
    public static final class Recall {

        private final PageRange needed;
        private final LeaseMode wanted;

        private Recall(PageRange needed, LeaseMode wanted) {
            this.needed = needed;
            this.wanted = wanted;
        }
    }

    /** What is held from a page on, up to {@code end}. */
    private record Held(long end, LeaseMode mode) {}

    /** By first page; they do not overlap. */
    private final TreeMap<Long, Held> held = new TreeMap<>();

    private final List<Pin> pins = new ArrayList<>();
    private final List<Recall> recalls = new ArrayList<>();

    /** Pins what an operation needs; null if that is not held, or being called back: then it has to be asked for. */
    public Pin pin(List<Lease> needs) {
        boolean possible = needs.stream().allMatch(need -> covers(need) && !isRecalled(need));
        return possible ? add(new Pin(List.copyOf(needs))) : null;
    }

    /** Adds leases, and pins what the operation needs that asked for them. */
    public Pin granted(List<Lease> leases, List<Lease> needs) {
        leases.forEach(lease -> put(lease.pages(), lease.mode()));
        if (!needs.stream().allMatch(this::covers)) {
            throw new IllegalStateException("granted were " + leases + " instead of " + needs);
        }
        return add(new Pin(List.copyOf(needs)));
    }

    private Pin add(Pin pin) {
        pins.add(pin);
        return pin;
    }

    public void unpin(Pin pin) {
        pins.remove(pin);
    }

    /** Begins to call a part back; it ends by {@link #giveUp} or {@link #keep}. */
    public Recall recall(PageRange needed, LeaseMode wanted) {
        Recall recall = new Recall(needed, wanted);
        recalls.add(recall);
        return recall;
    }

    /** Whether nobody relies any more on what is called back. */
    public boolean isFree(Recall recall) {
        return pins.stream().noneMatch(pin -> pin.conflicts(recall.needed, recall.wanted));
    }

    /** What was called back stays, since it could not be written out. */
    public void keep(Recall recall) {
        recalls.remove(recall);
    }

    /**
     * Gives up what was called back, and what else is wished and nobody relies on.
     *
     * @param wished contains what is needed
     * @param kept what of it must not be given up, unless it is needed
     * @return what was given up; down to shared leases if such are wanted
     */
    public List<PageRange> giveUp(Recall recall, PageRange wished, List<PageRange> kept) {
        recalls.remove(recall);
        List<PageRange> others = new ArrayList<>(kept);
        others.add(recall.needed);
        others.add(PageRange.SIZE);
        pins.stream()
                .flatMap(pin -> pin.needs.stream())
                .filter(need -> need.mode().conflicts(recall.wanted))
                .forEach(need -> others.add(need.pages()));
        List<PageRange> given = new ArrayList<>(Ranges.without(wished, others));
        given.add(recall.needed);
        given.sort(Comparator.comparingLong(PageRange::first));
        given.forEach(range -> reduce(range, recall.wanted));
        return given;
    }

    /** Gives everything up. Nobody relies on anything. */
    public void clear() {
        if (!pins.isEmpty()) {
            throw new IllegalStateException("somebody relies on leases");
        }
        held.clear();
    }

    public boolean isEmpty() {
        return held.isEmpty();
    }

    /** Whether nobody relies on anything, and nothing is being called back. */
    public boolean isIdle() {
        return pins.isEmpty() && recalls.isEmpty();
    }

    /** All that is held, ascending. */
    public List<Lease> all() {
        List<Lease> leases = new ArrayList<>();
        held.forEach((first, part) -> leases.add(new Lease(new PageRange(first, part.end), part.mode)));
        return leases;
    }

    /** Whether leases that cover this one are held. */
    public boolean covers(Lease need) {
        long at = need.pages().first();
        while (at < need.pages().end()) {
            var part = held.floorEntry(at);
            if (part == null
                    || part.getValue().end <= at
                    || !part.getValue().mode.covers(need.mode())) {
                return false;
            }
            at = part.getValue().end;
        }
        return true;
    }

    private boolean isRecalled(Lease need) {
        return recalls.stream()
                .anyMatch(recall -> recall.needed.intersects(need.pages()) && recall.wanted.conflicts(need.mode()));
    }

    private void reduce(PageRange range, LeaseMode wanted) {
        List<Lease> had = within(range);
        take(range);
        if (wanted == LeaseMode.SHARED) {
            had.forEach(part -> insert(part.pages(), LeaseMode.SHARED));
        }
    }

    /** What is held of a range, ascending. */
    private List<Lease> within(PageRange range) {
        List<Lease> parts = new ArrayList<>();
        Long before = held.floorKey(range.first());
        for (var part : held.tailMap(before == null ? range.first() : before).entrySet()) {
            if (part.getKey() >= range.end()) {
                break;
            }
            PageRange common = Ranges.common(new PageRange(part.getKey(), part.getValue().end), range);
            if (common != null) {
                parts.add(new Lease(common, part.getValue().mode));
            }
        }
        return parts;
    }

    /** A lease that is held already is not weakened. */
    private void put(PageRange range, LeaseMode mode) {
        List<PageRange> stronger = new ArrayList<>();
        if (mode == LeaseMode.SHARED) {
            within(range).stream()
                    .filter(lease -> lease.mode() == LeaseMode.EXCLUSIVE)
                    .forEach(lease -> stronger.add(lease.pages()));
        }
        for (PageRange part : Ranges.without(range, stronger)) {
            take(part);
            insert(part, mode);
        }
    }

    /** Joins neighbours of the same mode. */
    private void insert(PageRange range, LeaseMode mode) {
        long first = range.first();
        long end = range.end();
        var before = held.lowerEntry(first);
        if (before != null && before.getValue().end == first && before.getValue().mode == mode) {
            first = before.getKey();
        }
        Held after = held.get(end);
        if (after != null && after.mode == mode) {
            held.remove(end);
            end = after.end;
        }
        held.put(first, new Held(end, mode));
    }

    private void take(PageRange range) {
        var before = held.lowerEntry(range.first());
        if (before != null && before.getValue().end > range.first()) {
            Held cut = before.getValue();
            held.put(before.getKey(), new Held(range.first(), cut.mode));
            held.put(range.first(), cut);
        }
        var part = held.ceilingEntry(range.first());
        while (part != null && part.getKey() < range.end()) {
            held.remove(part.getKey());
            if (part.getValue().end > range.end()) {
                held.put(range.end(), part.getValue());
            }
            part = held.ceilingEntry(range.first());
        }
    }
}

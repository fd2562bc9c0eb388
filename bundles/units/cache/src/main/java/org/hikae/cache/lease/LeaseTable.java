package org.hikae.cache.lease;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;

/**
 * Who has which pages of one file, and what has to be called back before somebody else gets them (R15). Logic alone: it
 * neither waits nor asks anybody. Not thread-safe.
 *
 * <p>A request is served in steps: as long as there is a {@link #recall}, it is made, and {@link #reduced} told; then comes
 * {@link #grant}. In between nobody else's request is served, but a node may be lost or give up what it has.
 *
 * @param <N> a node
 */
public final class LeaseTable<N> {

    /** Pages, a power of two: what is wished around what is needed, 1 MiB of pages of 4096 bytes. */
    static final long WISH = 256;
    /** The most that is wished, as it grows. */
    static final long LARGEST_WISH = 1L << 40;

    private static final Lease EVERYTHING = new Lease(PageRange.ALL, LeaseMode.EXCLUSIVE);

    /** In the order in which they came, so that the same history always makes the same calls. */
    private final Map<N, LeaseMap> holders = new LinkedHashMap<>();

    /**
     * Who made others give something up last, and how much is wished when it comes again: who goes through a file that
     * somebody else has needs few recalls; two who take turns do not drive each other out of the whole file.
     */
    private N lastAsker;

    private long wish = WISH;
    /** For whose request something was given up that was not granted yet; null if for none. */
    private N recalledFor;

    /**
     * What somebody has to give up.
     *
     * @param holder who has a conflicting lease
     * @param needed pages that must be given up
     * @param wished pages around them that may be
     * @param wanted what they are wanted for
     */
    public record Recall<N>(N holder, PageRange needed, PageRange wished, LeaseMode wanted) {}

    public LeaseTable<N> copy() {
        LeaseTable<N> copy = new LeaseTable<>();
        holders.forEach((node, leases) -> copy.holders.put(node, leases.copy()));
        copy.lastAsker = lastAsker;
        copy.wish = wish;
        copy.recalledFor = recalledFor;
        return copy;
    }

    /** Whether nobody has anything. */
    public boolean isEmpty() {
        return holders.isEmpty();
    }

    public boolean has(N node) {
        return holders.containsKey(node);
    }

    /** What a node has, ascending. */
    public List<Lease> of(N node) {
        LeaseMap leases = holders.get(node);
        return leases == null ? List.of() : leases.leases();
    }

    /** The next thing to be called back before a node can have what it needs; empty if it can have it now. */
    public Optional<Recall<N>> recall(N asker, List<Lease> needs) {
        for (Map.Entry<N, LeaseMap> holder : holders.entrySet()) {
            for (Lease need : needs) {
                if (!holder.getKey().equals(asker) && holder.getValue().conflicts(need.pages(), need.mode())) {
                    return Optional.of(
                            new Recall<>(holder.getKey(), need.pages(), around(asker, need.pages()), need.mode()));
                }
            }
        }
        return Optional.empty();
    }

    private PageRange around(N asker, PageRange pages) {
        if (pages.first() < 0) {
            return pages;
        }
        long pagesAround = asker.equals(lastAsker) ? wish : WISH;
        long first = pages.first() & -pagesAround;
        long end = pages.end() > Long.MAX_VALUE - pagesAround
                ? Long.MAX_VALUE
                : (pages.end() + pagesAround - 1) & -pagesAround;
        return new PageRange(first, end);
    }

    /**
     * A node has given pages up.
     *
     * @param given what it says that it gave up; what was needed is among it, and what was not wished does not count
     */
    public void reduced(N asker, Recall<N> recall, List<PageRange> given) {
        recalledFor = asker;
        LeaseMap leases = holders.get(recall.holder());
        if (leases == null) {
            return; // it has given up all it had, or was lost
        }
        leases.lower(recall.needed(), recall.wanted());
        for (PageRange pages : given) {
            if (recall.wished().contains(pages)) {
                leases.lower(pages, recall.wanted());
            }
        }
        if (leases.isEmpty()) {
            holders.remove(recall.holder());
        }
    }

    /**
     * Gives a node what it needs, with what nobody else has around it. Nothing is to be called back for it any more.
     *
     * @return what it has got; it keeps what it had
     */
    public List<Lease> grant(N asker, List<Lease> needs) {
        if (recall(asker, needs).isPresent()) {
            throw new IllegalStateException("others have what is to be granted: " + needs);
        }
        if (asker.equals(recalledFor)) {
            wish = asker.equals(lastAsker) ? Math.min(2 * wish, LARGEST_WISH) : 2 * WISH;
            lastAsker = asker;
        }
        recalledFor = null;
        boolean alone = holders.isEmpty() || holders.size() == 1 && has(asker);
        List<Lease> granted = alone
                ? List.of(EVERYTHING)
                : needs.stream().map(need -> widened(asker, need)).toList();
        LeaseMap leases = holders.computeIfAbsent(asker, node -> new LeaseMap());
        granted.forEach(leases::raise);
        return granted;
    }

    /** The size is not content: who has the one may be far from wanting the other. */
    private Lease widened(N asker, Lease need) {
        PageRange pages = need.pages();
        if (pages.equals(PageRange.SIZE)) {
            return need;
        }
        long first = pages.first() < 0 ? pages.first() : 0;
        long end = Long.MAX_VALUE;
        for (Map.Entry<N, LeaseMap> holder : holders.entrySet()) {
            if (!holder.getKey().equals(asker)) {
                first = Math.max(first, holder.getValue().conflictBefore(pages.first(), need.mode()));
                end = Math.min(end, holder.getValue().conflictFrom(pages.end(), need.mode()));
            }
        }
        return new Lease(new PageRange(first, end), need.mode());
    }

    /** A node has nothing any more. */
    public void drop(N node) {
        holders.remove(node);
        if (node.equals(lastAsker)) {
            lastAsker = null;
        }
    }

    @Override
    public String toString() {
        return holders + " " + lastAsker + " " + wish + " " + recalledFor;
    }
}

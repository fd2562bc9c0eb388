package org.hikae.node.cache;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.cache.Lease;

/**
 * Keeps the operations of one node on a file apart, where they touch the same pages and one of them changes those. First
 * come, first served: whoever waits is passed by nobody in conflict. Thread-safe.
 */
final class RangeLocks {

    /** Who is in, and who waits, in the order in which they came; guarded by this. */
    private final List<Held> order = new ArrayList<>();

    /** A lock that is held or waited for. */
    static final class Held {

        private final List<Lease> parts;

        private Held(List<Lease> parts) {
            this.parts = parts;
        }

        private boolean conflicts(Held other) {
            return parts.stream().anyMatch(part -> other.parts.stream()
                    .anyMatch(that ->
                            part.pages().intersects(that.pages()) && part.mode().conflicts(that.mode())));
        }
    }

    /** Waits for its turn. All parts at once: nobody waits while he holds another lock of the file. */
    synchronized Held lock(List<Lease> parts) {
        Held held = new Held(parts);
        order.add(held);
        Waits.until(this, () -> isFirst(held));
        return held;
    }

    synchronized void unlock(Held held) {
        order.remove(held);
        notifyAll();
    }

    private boolean isFirst(Held held) {
        for (Held other : order) {
            if (other == held) {
                return true;
            }
            if (held.conflicts(other)) {
                return false;
            }
        }
        throw new IllegalStateException("a lock that nobody waits for");
    }
}

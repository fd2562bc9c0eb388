package org.hikae.cache.lease;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.PageRange;

/** A node of the explored model: a program, leases, a cache. It does what the contract of nodes says, and no more. */
final class ModelNode {

    /** Where the node is in its program. */
    enum Phase {
        /** Between two operations. */
        IDLE,
        /** It has asked for what the next operation needs. */
        WAITING,
        /** It relies on its leases for the next operation. */
        PINNED,
        /** Its power is gone. */
        DOWN
    }

    final List<Operation> program;
    int position;
    Phase phase = Phase.IDLE;
    LeaseMap held = new LeaseMap();
    /** What is not on the disk yet, by page. */
    final Map<Long, Integer> dirty = new TreeMap<>();
    /** What is cached as it is on the disk. */
    final Map<Long, Integer> clean = new TreeMap<>();
    /** What is being called back; null if nothing is. */
    LeaseTable.Recall<Integer> recall;
    /** Whether it can neither ask nor be asked any more, though it goes on with what it has. */
    boolean silent;
    /** Whether it gave up all that it had of the file, once. */
    boolean released;

    ModelNode(List<Operation> program) {
        this.program = program;
    }

    ModelNode copy() {
        ModelNode copy = new ModelNode(program);
        copy.position = position;
        copy.phase = phase;
        copy.held = held.copy();
        copy.dirty.putAll(dirty);
        copy.clean.putAll(clean);
        copy.recall = recall;
        copy.released = released;
        copy.silent = silent;
        return copy;
    }

    boolean done() {
        return position == program.size();
    }

    Operation next() {
        return program.get(position);
    }

    /** Whether the next operation can rely on what is held; not on what is being called back. */
    boolean covers() {
        return next().needs().stream().allMatch(need -> has(need) && !recalled(need));
    }

    private boolean has(Lease need) {
        return held.leases().stream()
                .anyMatch(lease ->
                        lease.pages().contains(need.pages()) && lease.mode().covers(need.mode()));
    }

    private boolean recalled(Lease need) {
        return recall != null
                && recall.needed().intersects(need.pages())
                && recall.wanted().conflicts(need.mode());
    }

    /** Whether the operation in progress relies on what is being called back. */
    boolean pins() {
        return phase == Phase.PINNED && next().needs().stream().anyMatch(this::recalled);
    }

    static boolean isIn(PageRange pages, long page) {
        return pages.first() <= page && page < pages.end();
    }

    @Override
    public String toString() {
        return position + " " + phase + held + dirty + clean + recall + released + silent;
    }
}

package org.hikae.cache.lease;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.hikae.cache.lease.ModelNode.Phase;

/**
 * A file, nodes that read and write it, and cache control, as a state from which single steps lead to others. A step is what
 * one party does between two messages. It checks itself: a step that breaks an invariant throws.
 */
final class Model {

    private static final int NOBODY = -1;
    /** Pages that stand for all: the size, those that programs touch, and those after them. */
    private static final List<Long> PAGES = List.of(-1L, 0L, 1L, 2L, 255L, 256L, Long.MAX_VALUE - 1);

    final List<ModelNode> nodes = new ArrayList<>();
    private LeaseTable<Integer> table = new LeaseTable<>();
    /** Nodes whose requests wait, in their order. */
    private final Deque<Integer> requests = new ArrayDeque<>();
    /** Whose request is being served. */
    private int served = NOBODY;
    /** Whom cache control waits for on its behalf. */
    private LeaseTable.Recall<Integer> recall;
    /** Nodes that get nothing any more, and nodes that are known to write no more. */
    private final Set<Integer> left = new HashSet<>();

    private final Set<Integer> dropped = new HashSet<>();
    private final Map<Long, Integer> disk = new TreeMap<>();
    /** What a read has to see, by page: of the last completed write, unless that was lost with its node. */
    private final Map<Long, Integer> expected = new TreeMap<>();
    /** How many nodes may still go down, and recalls fail. */
    private int losses;

    private int failures;

    Model(List<List<Operation>> programs, int losses, int failures) {
        programs.forEach(program -> nodes.add(new ModelNode(program)));
        this.losses = losses;
        this.failures = failures;
    }

    private Model(Model other) {
        other.nodes.forEach(node -> nodes.add(node.copy()));
        table = other.table.copy();
        requests.addAll(other.requests);
        served = other.served;
        recall = other.recall;
        left.addAll(other.left);
        dropped.addAll(other.dropped);
        disk.putAll(other.disk);
        expected.putAll(other.expected);
        losses = other.losses;
        failures = other.failures;
    }

    /** Something that can happen next. */
    record Step(String name, Runnable action) {}

    Model copy() {
        return new Model(this);
    }

    /** All that can happen next, in an order that is always the same. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            addSteps(i, nodes.get(i), steps);
        }
        if (served == NOBODY && !requests.isEmpty()) {
            steps.add(new Step("serve", this::serve));
        } else if (served != NOBODY && recall == null) {
            steps.add(new Step("call back or grant", this::goOn));
        } else if (recall != null && dropped.contains(recall.holder())) {
            steps.add(new Step("holder is lost", () -> recall = null));
        }
        return steps;
    }

    private void addSteps(int i, ModelNode node, List<Step> steps) {
        if (node.phase == Phase.DOWN || node.silent) {
            addLoss(i, node, steps);
        }
        if (node.phase == Phase.IDLE && !node.done() && (node.covers() || !node.silent)) {
            steps.add(new Step(i + " pins or asks", () -> begin(i, node)));
        } else if (node.phase == Phase.PINNED) {
            steps.add(new Step(i + " " + node.next(), () -> perform(i, node)));
        }
        if (node.recall != null && !node.pins()) {
            boolean dirty = node.dirty.keySet().stream().anyMatch(page -> ModelNode.isIn(node.recall.needed(), page));
            steps.add(dirty ? new Step(i + " writes out", () -> writeOut(node)) : giveUp(i, node));
            if (dirty && failures > 0) {
                steps.add(new Step(i + " cannot write out", () -> fail(node)));
            }
        }
        if (node.dirty.size() > 0 && node.recall == null) {
            steps.add(new Step(i + " writes out in the background", () -> writeOutFirst(node)));
        }
        if (node.phase == Phase.IDLE
                && !node.silent
                && node.recall == null
                && node.dirty.isEmpty()
                && !node.released
                && node.position > 0) {
            steps.add(new Step(i + " releases", () -> release(i, node)));
        }
        if (losses > 0 && node.phase != Phase.DOWN && !node.silent) {
            steps.add(new Step(i + " goes down", () -> {
                losses--;
                goDown(i, node);
            }));
            steps.add(new Step(i + " falls silent", () -> {
                losses--;
                node.silent = true;
                node.recall = null;
            }));
        }
    }

    private void addLoss(int i, ModelNode node, List<Step> steps) {
        if (!left.contains(i)) {
            steps.add(new Step(i + " is found lost", () -> {
                left.add(i);
                requests.remove(i);
            }));
        } else if (!dropped.contains(i)) {
            steps.add(new Step(i + " is fenced", () -> {
                dropped.add(i);
                goDown(i, node);
                table.drop(i);
            }));
        }
    }

    private void begin(int i, ModelNode node) {
        if (node.covers()) {
            node.phase = Phase.PINNED;
        } else {
            node.phase = Phase.WAITING;
            requests.add(i);
        }
    }

    /** What it reads is checked, what it writes is another content each time. */
    private void perform(int i, ModelNode node) {
        for (long page : node.next().pages(LeaseMode.SHARED)) {
            Integer seen = node.dirty.containsKey(page)
                    ? node.dirty.get(page)
                    : node.clean.computeIfAbsent(page, absent -> disk.getOrDefault(page, 0));
            check(seen.equals(expected.getOrDefault(page, 0)), () -> "a read of page " + page + " sees " + seen);
        }
        for (long page : node.next().pages(LeaseMode.EXCLUSIVE)) {
            int content = 100 * (i + 1) + node.position;
            node.clean.remove(page);
            node.dirty.put(page, content);
            expected.put(page, content);
        }
        node.position++;
        node.phase = Phase.IDLE;
    }

    private void serve() {
        served = requests.remove();
    }

    private void goOn() {
        ModelNode asker = nodes.get(served);
        if (left.contains(served)) {
            served = NOBODY;
            return;
        }
        List<Lease> needs = asker.next().needs();
        Optional<LeaseTable.Recall<Integer>> next = table.recall(served, needs);
        if (next.isPresent()) {
            recall = next.get();
            ModelNode holder = nodes.get(recall.holder());
            holder.recall = holder.phase == Phase.DOWN || holder.silent ? null : recall;
        } else {
            grant(asker, table.grant(served, needs));
            served = NOBODY;
        }
    }

    /** What R15 is about: whatever others had dirty of it is on the disk. */
    private void grant(ModelNode asker, List<Lease> granted) {
        if (asker.phase == Phase.DOWN || asker.silent) {
            return;
        }
        for (Map.Entry<Long, Integer> page : expected.entrySet()) {
            boolean got = granted.stream().anyMatch(lease -> ModelNode.isIn(lease.pages(), page.getKey()));
            if (got && !asker.dirty.containsKey(page.getKey())) {
                check(
                        page.getValue().equals(disk.getOrDefault(page.getKey(), 0)),
                        () -> "page " + page + " is granted, but not on the disk");
            }
        }
        granted.forEach(asker.held::raise);
        asker.phase = Phase.PINNED;
    }

    private void writeOut(ModelNode node) {
        for (long page : List.copyOf(node.dirty.keySet())) {
            if (ModelNode.isIn(node.recall.needed(), page)) {
                writeOut(node, page);
            }
        }
    }

    private void writeOutFirst(ModelNode node) {
        writeOut(node, node.dirty.keySet().iterator().next());
    }

    private void writeOut(ModelNode node, long page) {
        int content = node.dirty.remove(page);
        disk.put(page, content);
        node.clean.put(page, content);
    }

    private Step giveUp(int i, ModelNode node) {
        return new Step(i + " gives up", () -> {
            List<PageRange> given = given(node);
            for (PageRange pages : given) {
                node.held.lower(pages, recall.wanted());
                if (recall.wanted() == LeaseMode.EXCLUSIVE) {
                    node.clean.keySet().removeIf(page -> ModelNode.isIn(pages, page));
                }
            }
            node.recall = null;
            table.reduced(served, recall, given);
            recall = null;
        });
    }

    /** Of what is wished, the part around what is needed that nothing is cached of, and nobody relies on. */
    private static List<PageRange> given(ModelNode node) {
        List<PageRange> given = new ArrayList<>(List.of(node.recall.needed()));
        boolean cached = !node.clean.isEmpty() || !node.dirty.isEmpty();
        if (!cached && node.phase != Phase.PINNED) {
            given.add(node.recall.wished());
        }
        return given;
    }

    /** Then the request ends without what it asked for; its operation is not performed. */
    private void fail(ModelNode node) {
        failures--;
        node.recall = null;
        recall = null;
        ModelNode asker = nodes.get(served);
        if (asker.phase == Phase.WAITING) {
            asker.phase = Phase.IDLE;
            asker.position++;
        }
        served = NOBODY;
    }

    private void release(int i, ModelNode node) {
        node.released = true;
        node.held = new LeaseMap();
        node.clean.clear();
        table.drop(i);
    }

    /** What the node had not written out is lost, as by a power cut, and nothing else is. */
    private void goDown(int i, ModelNode node) {
        for (long page : node.dirty.keySet()) {
            expected.put(page, disk.getOrDefault(page, 0));
        }
        ModelNode down = new ModelNode(node.program);
        down.position = node.position;
        down.phase = Phase.DOWN;
        nodes.set(i, down);
    }

    /** What must be so in every state. */
    void check() {
        for (int i = 0; i < nodes.size(); i++) {
            ModelNode node = nodes.get(i);
            List<Lease> known = table.of(i);
            for (Lease lease : node.held.leases()) {
                check(isKnown(known, lease), () -> "cache control does not know that a node has " + lease);
                checkAlone(i, lease);
            }
            for (long page : node.dirty.keySet()) {
                PageRange pages = new PageRange(page, page + 1);
                check(node.held.conflicts(pages, LeaseMode.SHARED), () -> "page " + page + " is dirty without a lease");
            }
        }
    }

    private static boolean isKnown(List<Lease> known, Lease lease) {
        for (long page : PAGES) {
            if (ModelNode.isIn(lease.pages(), page) && !isKnown(known, page, lease.mode())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKnown(List<Lease> known, long page, LeaseMode mode) {
        for (Lease lease : known) {
            if (ModelNode.isIn(lease.pages(), page)) {
                return lease.mode().covers(mode);
            }
        }
        return false;
    }

    private void checkAlone(int i, Lease lease) {
        for (int other = 0; other < nodes.size(); other++) {
            boolean conflict = other != i && nodes.get(other).held.conflicts(lease.pages(), lease.mode());
            check(!conflict, () -> "two nodes have " + lease);
        }
    }

    /** What must be so when nothing can happen any more: everybody has come to the end. */
    void checkEnd() {
        check(served == NOBODY && requests.isEmpty(), () -> "a request does not end");
        for (ModelNode node : nodes) {
            check(node.phase == Phase.DOWN || node.done(), () -> "a node waits for ever");
        }
    }

    private void check(boolean so, Supplier<String> otherwise) {
        if (!so) {
            throw new AssertionError(otherwise.get() + " in " + this);
        }
    }

    @Override
    public String toString() {
        return nodes + " " + table + requests + served + recall + left + dropped + disk + expected + losses + failures;
    }
}

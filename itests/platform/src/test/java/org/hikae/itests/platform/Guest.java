package org.hikae.itests.platform;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.node.Node;

/** Someone who writes to a disk through a node, and remembers what it did when. */
final class Guest {
    private static final int REMEMBERED = 50_000;

    /** A change and its place in the order of all that happens: between the two numbers it took effect. */
    private record Entry(Change change, long begun, long ended) {}

    private final String node;
    private final BlockDevice device;
    private final Supplier<Change> changes;
    private final AtomicLong order;
    private final Runnable step;
    /** What it did last; the thread of the guest adds, others read once it has ended. */
    private final Deque<Entry> done = new ArrayDeque<>();

    private volatile Throwable failure;
    private Thread thread;

    /** Changes what chance says. */
    Guest(Node node, String disk, SplittableRandom random, AtomicLong order, Runnable step) throws IOException {
        this.node = node.name();
        this.device = node.open(disk);
        this.changes = () -> Change.random(random, device.size(), device.blockSize());
        this.order = order;
        this.step = step;
    }

    /** Changes what it is told. */
    Guest(Node node, String disk, Supplier<Change> changes, AtomicLong order) throws IOException {
        this.node = node.name();
        this.device = node.open(disk);
        this.changes = changes;
        this.order = order;
        this.step = () -> {};
    }

    void start(int number, BooleanSupplier goOn) {
        start(Integer.toString(number), goOn, () -> {});
    }

    /** @param whenEnded done by its thread at last, whatever came of it */
    void start(String name, BooleanSupplier goOn, Runnable whenEnded) {
        thread = new Thread(
                () -> {
                    run(goOn);
                    whenEnded.run();
                },
                "guest-" + name + "-" + node);
        thread.start();
    }

    private void run(BooleanSupplier goOn) {
        try (device) {
            while (goOn.getAsBoolean()) {
                step.run();
                change();
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Makes one change, before it is started or by its thread. */
    void change() throws IOException {
        Change change = changes.get();
        long begun = order.incrementAndGet();
        try {
            change.apply(device);
        } finally {
            if (done.size() == REMEMBERED) {
                done.removeFirst();
            }
            done.add(new Entry(change, begun, order.incrementAndGet()));
        }
    }

    boolean ended() {
        return !thread.isAlive();
    }

    void join() throws InterruptedException {
        thread.join(Services.DEADLINE.toMillis());
        if (thread.isAlive()) {
            AssertionError stuck = new AssertionError(thread.getName() + " does not end");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
        if (failure != null) {
            throw new AssertionError("a guest's write failed on node " + node, failure);
        }
    }

    /** What it did to a part of the disk. */
    List<String> story(long from, long to) {
        return done.stream()
                .filter(entry -> entry.change.touches(from, to))
                .map(entry -> entry.begun + ".." + entry.ended + " " + node + " " + entry.change)
                .toList();
    }
}

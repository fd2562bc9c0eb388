package org.hikae.itests.platform;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Lets one thread at a time go on from one step to the next, in an order that a seed decides. So a write can lie between
 * looking at the log and reading its before-image for as long as a whole backup takes, which chance alone rarely does.
 */
final class Steps {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Threads that take part; others go on as they like. */
    private static final Set<String> NAMES = Set.of("guest-", "hikae-job-", "hikae-copy", "hikae-log");
    /** How often in a row all threads must be seen at rest: one that was just woken may look as if it slept. */
    private static final int LOOKS = 3;

    /** A thread that waits to be let go. */
    private record Waiting(String thread, String step, Semaphore go) {}

    private final SplittableRandom random;
    /** By thread: some are quick, others slow, in each history anew. */
    private final Map<String, Integer> weights = new HashMap<>();

    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong woken = new AtomicLong();
    private volatile boolean on = true;

    Steps(SplittableRandom random) {
        this.random = random;
    }

    /** A step of the calling thread: returns when it is its turn. */
    void at(String step) {
        Waiting self = new Waiting(Thread.currentThread().getName(), step, new Semaphore(0));
        waiting.add(self);
        if (!on) {
            self.go.release();
        }
        self.go.acquireUninterruptibly();
        waiting.remove(self);
        woken.incrementAndGet();
    }

    /** Lets threads go one by one until the condition holds; from then on all go as they like. */
    void run(BooleanSupplier done) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        try {
            while (!done.getAsBoolean()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("the history does not end; waiting: " + waiting);
                }
                awaitRest();
                letOneGo();
            }
        } finally {
            on = false;
            waiting.forEach(thread -> thread.go.release());
        }
    }

    private void letOneGo() {
        List<Waiting> choice = waiting.stream()
                .sorted(Comparator.comparing(Waiting::thread).thenComparing(Waiting::step))
                .toList();
        if (choice.isEmpty()) {
            Thread.yield();
            return;
        }
        long before = woken.get();
        choose(choice).go.release();
        while (woken.get() == before) {
            Thread.yield();
        }
    }

    private Waiting choose(List<Waiting> choice) {
        int sum = choice.stream().mapToInt(this::weight).sum();
        int ticket = random.nextInt(sum);
        for (Waiting candidate : choice) {
            ticket -= weight(candidate);
            if (ticket < 0) {
                return candidate;
            }
        }
        throw new AssertionError(sum);
    }

    private int weight(Waiting thread) {
        return weights.computeIfAbsent(thread.thread, any -> 1 << random.nextInt(7));
    }

    private static void awaitRest() {
        int quiet = 0;
        while (quiet < LOOKS) {
            quiet = threads().anyMatch(Steps::runs) ? 0 : quiet + 1;
            Thread.yield();
        }
    }

    private static boolean runs(Thread thread) {
        return thread.getState() == Thread.State.RUNNABLE
                && NAMES.stream().anyMatch(name -> thread.getName().startsWith(name));
    }

    private static Stream<Thread> threads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + 50];
        return Stream.of(threads).limit(root.enumerate(threads));
    }
}

package org.hikae.files.center.collect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;

/** Takes all that waits at once, whatever the windows of both sides say (I7 exempts it). */
public final class CollectNow implements Jobs.Work {

    private static final Duration LOOK = Duration.ofMillis(100);
    /** Who can be reached announces again within this time what there is. */
    private static final Duration ANNOUNCING = Duration.ofSeconds(5);
    /** Who cannot be reached for so long is not waited for. */
    private static final Duration ABSENT = Duration.ofSeconds(60);

    private static final int TRIES = 5;

    private final Collector collector;

    public CollectNow(Collector collector) {
        this.collector = collector;
    }

    @Override
    public Map<String, Object> run(Progress progress) throws IOException {
        progress.phase("asking clients what waits");
        gather(progress);
        Map<RunId, Long> wanted = collector.force();
        long total = wanted.values().stream().mapToLong(Long::longValue).sum();
        progress.phase("collecting " + wanted.size() + (wanted.size() == 1 ? " run" : " runs"));
        progress.total(total);
        try {
            Map<RunId, Collector.Remaining> left = follow(wanted, total, progress);
            if (!left.isEmpty()) {
                throw new IOException(left.size() + " of " + wanted.size() + " runs are not here: " + explain(left));
            }
        } catch (CancellationException e) {
            collector.unforce(wanted.keySet());
            throw e;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requests", (long) wanted.size());
        result.put("bytes", total);
        return result;
    }

    /** A client may just have made a run, and its announcement be on its way. */
    private void gather(Progress progress) throws IOException {
        collector.refresh();
        long end = System.nanoTime() + ANNOUNCING.toNanos();
        do {
            pause(progress);
        } while (!collector.allWait() && System.nanoTime() < end);
    }

    private Map<RunId, Collector.Remaining> follow(Map<RunId, Long> wanted, long total, Progress progress)
            throws IOException {
        long done = 0;
        long absent = 0;
        while (true) {
            Map<RunId, Collector.Remaining> left = collector.remaining(wanted.keySet());
            long now = total
                    - left.values().stream()
                            .mapToLong(Collector.Remaining::bytes)
                            .sum();
            progress.advance(Math.max(0, now - done));
            done = Math.max(done, now);
            boolean hope = left.values().stream().anyMatch(each -> each.reachable() && each.failures() < TRIES);
            absent = hope ? 0 : absent + LOOK.toNanos();
            if (left.isEmpty() || absent > ABSENT.toNanos()) {
                return left;
            }
            pause(progress);
        }
    }

    private static void pause(Progress progress) throws IOException {
        progress.check();
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String explain(Map<RunId, Collector.Remaining> left) {
        TreeSet<String> absent = new TreeSet<>();
        List<String> others = new ArrayList<>();
        left.forEach((run, remaining) -> {
            if (!remaining.reachable()) {
                absent.add(run.origin());
            } else {
                others.add(run + " (" + (remaining.why() == null ? "it takes too long" : remaining.why()) + ")");
            }
        });
        List<String> all = new ArrayList<>();
        if (!absent.isEmpty()) {
            all.add("not to be reached: " + String.join(", ", absent));
        }
        all.addAll(others.subList(0, Math.min(others.size(), TRIES)));
        return String.join("; ", all);
    }
}

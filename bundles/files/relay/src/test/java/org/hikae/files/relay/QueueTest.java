package org.hikae.files.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.junit.jupiter.api.Test;

/** In which order what is here is announced. */
class QueueTest {

    private static RunInfo run(String backup, long number, long base, long second) {
        RunInfo run = FakeReceived.info("alice", backup, number, base);
        return new RunInfo(run.id(), run.identity(), base, Instant.ofEpochSecond(second), null, false, 1, 1, 1);
    }

    private static List<String> order(List<RunInfo> runs, String... refused) {
        Set<String> against = Set.of(refused);
        return Queue.order(runs, run -> against.contains(name(run)), run -> against.contains(name(run))).stream()
                .map(run -> name(run.id()))
                .toList();
    }

    private static String name(RunId run) {
        return run.backup() + run.number();
    }

    @Test
    void theOldestFirstButEachBackupByNumberWhateverTheClockDid() {
        assertThat(order(List.of(run("a", 2, 1, 10), run("a", 1, 0, 50), run("b", 7, 6, 20))))
                .containsExactly("b7", "a1", "a2");
    }

    @Test
    void whatIsRefusedIsInNobodysWay() {
        List<RunInfo> runs = List.of(run("a", 1, 9, 1), run("a", 2, 1, 2), run("b", 1, 0, 5));
        assertThat(order(runs, "a1")).containsExactly("b1", "a1", "a2");
    }

    @Test
    void oneThatBuildsUponNoneWaitsForThoseBeforeIt() {
        List<RunInfo> runs = List.of(run("a", 5, 4, 1), run("a", 6, 0, 2), run("a", 7, 6, 3), run("b", 1, 0, 9));
        assertThat(order(runs)).containsExactly("a5", "b1");
        assertThat(order(runs, "a5")).containsExactly("a6", "a7", "b1", "a5");
        assertThat(order(runs.subList(1, 4))).containsExactly("a6", "a7", "b1");
    }

    /** What is only in the way for now, a center's full medium say, can still be taken: but not after the full one. */
    @Test
    void oneThatBuildsUponNoneWaitsForThoseThatAreOnlyDelayed() {
        List<RunInfo> runs = List.of(run("a", 5, 4, 1), run("a", 6, 0, 2), run("b", 1, 0, 9));
        assertThat(Queue.order(runs, run -> name(run).equals("a5"), run -> false))
                .extracting(run -> name(run.id()))
                .containsExactly("b1", "a5");
    }
}

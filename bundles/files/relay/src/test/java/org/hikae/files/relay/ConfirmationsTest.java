package org.hikae.files.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunKey;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What centers have said is passed down, and nothing that they have not (R23). */
class ConfirmationsTest {

    private long now;
    private int asks;
    private final List<List<Confirmation>> told = new ArrayList<>();
    private final Confirmations confirmations = new Confirmations(2, () -> now);

    private static RunKey key(String origin, long number) {
        return new RunKey(new RunId(origin, "docs", number), new UUID(5, number));
    }

    private List<Confirmation> ask(String member, RunKey... runs) {
        return confirmations.ask(member, List.of(runs), told::add, () -> asks++);
    }

    private static UUID center(int number) {
        return new UUID(8, number);
    }

    private void said(int center, RunKey run, boolean everywhere) {
        confirmations.said(center, List.of(new Confirmation(run, List.of(center(center)), everywhere, false)));
    }

    @Test
    void aRunIsEverywhereWhenEachCenterSaysSo() {
        RunKey run = key("alice", 1);
        assertThat(ask("alice", run)).containsExactly(Confirmation.none(run));
        assertThat(asks).isEqualTo(1);
        assertThat(confirmations.open(0)).containsExactly(run);

        said(0, run, true);
        assertThat(told).containsExactly(List.of(new Confirmation(run, List.of(center(0)), false, false)));
        assertThat(confirmations.open(0)).isEmpty();
        assertThat(confirmations.open(1)).containsExactly(run);
        said(1, run, false);
        assertThat(ask("alice", run).get(0).everywhere()).isFalse();
        said(1, run, true);

        Confirmation all = new Confirmation(run, List.of(center(0), center(1)), true, false);
        assertThat(told.get(told.size() - 1)).containsExactly(all);
        assertThat(ask("alice", run)).containsExactly(all);
        assertThat(asks).isEqualTo(1);
    }

    /** Each is told all that it asks for, and a center may say a thousand at once. */
    @Test
    void whatIsSaidAtOnceIsToldAtOnce() {
        RunKey[] runs = LongStream.range(1, 1001).mapToObj(i -> key("alice", i)).toArray(RunKey[]::new);
        ask("alice", runs);
        ask("bob", key("bob", 1));

        confirmations.said(
                0,
                Arrays.stream(runs)
                        .map(run -> new Confirmation(run, List.of(center(0)), true, false))
                        .toList());

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).hasSize(1000).allMatch(each -> each.centers().equals(List.of(center(0))));
    }

    @Test
    void nothingIsBelievedOfWhatNobodyHasAskedFor() {
        RunKey run = key("alice", 1);
        RunKey other = new RunKey(run.run(), new UUID(9, 9));
        said(0, run, true);
        said(1, run, true);
        ask("alice", run);
        said(0, other, true);
        said(1, other, true);

        assertThat(told).isEmpty();
        assertThat(ask("alice", run)).containsExactly(Confirmation.none(run));
    }

    @Test
    void whoHasNotAskedForLongIsForgotten() {
        ask("alice", key("alice", 1));
        now = TimeUnit.HOURS.toNanos(2);
        ask("bob", key("bob", 1));

        assertThat(confirmations.open(0)).containsExactly(key("bob", 1));
    }

    @Test
    void whatIsAskedForTakesThePlaceOfWhatWas() {
        ask("alice", key("alice", 1));
        ask("alice", key("alice", 2));

        assertThat(confirmations.open(1)).containsExactly(key("alice", 2));
        said(1, key("alice", 1), true);
        assertThat(told).isEmpty();
    }

    /** Asks, answers and restarts in any order: no run is everywhere that is not, and in the end each is. */
    @RepeatedTest(20)
    void anyHistoryComesToWhatTheCentersHave(RepetitionInfo info) {
        Random random = new Random(Long.getLong("hikae.seed", 0) + info.getCurrentRepetition());
        List<Set<RunKey>> have = List.of(new HashSet<>(), new HashSet<>());
        List<RunKey> runs = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            runs.add(key(i % 2 == 0 ? "alice" : "bob", i));
        }
        Confirmations now = new Confirmations(2, System::nanoTime);
        for (int step = 0; step < 400; step++) {
            int center = random.nextInt(2);
            switch (random.nextInt(step < 300 ? 5 : 4)) {
                case 0 -> have.get(center).add(runs.get(random.nextInt(runs.size())));
                case 1, 2 -> {
                    String member = random.nextBoolean() ? "alice" : "bob";
                    List<RunKey> its = runs.stream()
                            .filter(run -> run.run().origin().equals(member))
                            .toList();
                    now.ask(member, its, more -> note(more, have), () -> {}).forEach(each -> note(List.of(each), have));
                }
                case 3 -> {
                    for (RunKey run : now.open(center)) {
                        boolean there = have.get(center).contains(run);
                        now.said(
                                center,
                                List.of(new Confirmation(
                                        run, there ? List.of(center(center)) : List.of(), there, !there)));
                    }
                }
                default -> {
                    if (random.nextInt(10) == 0) {
                        now = new Confirmations(2, System::nanoTime);
                    }
                }
            }
        }
        have.forEach(each -> each.addAll(runs));
        now.ask("relay", runs, more -> note(more, have), () -> {});
        for (int center = 0; center < 2; center++) {
            for (RunKey run : now.open(center)) {
                now.said(center, List.of(new Confirmation(run, List.of(center(center)), true, false)));
            }
        }
        assertThat(now.ask("relay", runs, more -> {}, () -> {})).allMatch(Confirmation::everywhere);
    }

    private static void note(List<Confirmation> more, List<Set<RunKey>> have) {
        for (Confirmation each : more) {
            if (each.everywhere()) {
                assertThat(have).allMatch(center -> center.contains(each.run()));
            }
        }
    }
}

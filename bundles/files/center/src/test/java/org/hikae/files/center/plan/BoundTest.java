package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;
import org.junit.jupiter.api.Test;

/** Generated nights against what is possible at all (R24), limits checked on the way (I7). */
class BoundTest {
    private static final Instant EVENING = Instant.parse("2026-11-03T18:00:00Z");
    private static final Instant END = EVENING.plus(Duration.ofDays(2));
    private static final int MINUTES = 12 * 60;
    private static final long SEED = Long.getLong("hikae.seed", 24);
    private static final int NIGHTS = Boolean.getBoolean("hikae.long") ? 20_000 : 60;

    private static final int KINDS = 6;

    private record Night(Conditions center, List<Wanted> wanted) {}

    /** Sums of many nights. */
    private static final class Sums {
        private double bound;
        private double kept;
        private double worst = 1;

        private void add(double possible, double reached) {
            bound += possible;
            kept += reached;
            worst = possible == 0 ? worst : Math.min(worst, reached / possible);
        }

        private double share() {
            return kept / bound;
        }
    }

    private static TransferWindow window(Random random, int least) {
        int from = random.nextInt(MINUTES - least);
        int length = least + random.nextInt(MINUTES - from - least + 1);
        Instant opens = EVENING.plus(Duration.ofMinutes(from));
        String start = opens.toString().substring(11, 16);
        return Make.daily(
                start, opens.plus(Duration.ofMinutes(length)).toString().substring(11, 16), "UTC");
    }

    private static Night night(Random random, int clients, boolean bandwidth) {
        int transfers = 1 + random.nextInt(4);
        List<TransferWindow> windows =
                random.nextBoolean() ? List.of() : List.of(window(random, 240), window(random, 120));
        long fastest = 4;
        long limit = (1 + random.nextInt((int) (transfers * fastest))) * Make.MB;
        List<Conditions.Rate> rates = bandwidth ? List.of(new Conditions.Rate(window(random, 300), limit)) : List.of();
        // From half of what is possible to twice as much.
        double load = 0.5 + 1.5 * random.nextDouble();
        double each = load * transfers * MINUTES / clients;
        List<TransferWindow> kinds = new ArrayList<>();
        for (int i = 0; i < (clients < 10 ? clients : KINDS); i++) {
            kinds.add(window(random, 30));
        }
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            long rate = (1 + random.nextInt((int) fastest)) * Make.MB;
            long minutes = Math.max(5, (long) (each * 0.2 + each * 1.6 * random.nextDouble()));
            long bytes = minutes * 60 * rate;
            Instant arrived = EVENING.plus(Duration.ofMinutes(random.nextInt(random.nextBoolean() ? 1 : 6) * 60L));
            String origin = random.nextInt(5) == 0 && i > 0
                    ? wanted.get(i - 1).run().id().origin()
                    : "c" + i;
            rate = origin.equals("c" + i) ? rate : wanted.get(i - 1).rate();
            wanted.add(Wanted.of(
                    new RunInfo(
                            new RunId(origin, "row" + i, 1),
                            new UUID(1, i),
                            0,
                            arrived,
                            kinds.get(random.nextInt(kinds.size())),
                            false,
                            1,
                            bytes,
                            1),
                    arrived,
                    rate));
        }
        wanted.sort(Comparator.comparing(Wanted::arrived));
        return new Night(new Conditions(windows, transfers, rates, 0, 0), wanted);
    }

    private static long simulate(Night night) {
        LaxityPlanner planner = (LaxityPlanner) Make.exact(Make.MB);
        for (Wanted one : night.wanted) {
            int origin = planner.state().origins.findOrAdd(one.run().id().origin());
            planner.state().origins.rate[origin] = one.rate();
        }
        return simulate(night, planner);
    }

    private static long simulate(Night night, Planner planner) {
        Simulation simulation = new Simulation(planner, night.center);
        simulation.run(night.wanted.iterator(), EVENING, END);
        return simulation.kept;
    }

    @Test
    void asManyWindowsAsPossible() {
        Random random = new Random(SEED);
        Sums exact = new Sums();
        for (int i = 0; i < NIGHTS; i++) {
            Night night = night(random, 4 + random.nextInt(4), false);
            int most = new FlowBound(night.center, night.wanted).exactly();
            long got = simulate(night);
            exact.add(most, got);
        }
        assertThat(exact.share()).as("of the windows that can be kept").isGreaterThan(0.97);
    }

    @Test
    void nearTheBoundOfAFlow() {
        Random random = new Random(SEED);
        Sums time = new Sums();
        Sums bytes = new Sums();
        Sums fcfs = new Sums();
        Sums edf = new Sums();
        Sums rnd = new Sums();
        for (int i = 0; i < NIGHTS / 4; i++) {
            Night night = night(random, 60, false);
            double bound = new FlowBound(night.center, night.wanted).windows();
            time.add(bound, simulate(night));
            fcfs.add(bound, simulate(night, new FixedOrder(FixedOrder.FIRST_COME)));
            edf.add(bound, simulate(night, new FixedOrder(FixedOrder.EARLIEST_END)));
            rnd.add(bound, simulate(night, new FixedOrder(FixedOrder.RANDOM)));
            Night limited = night(random, 60, true);
            bytes.add(new FlowBound(limited.center, limited.wanted).windows(), simulate(limited));
        }
        assertThat(time.share()).as("of the bound, transfers limited").isGreaterThan(0.92);
        assertThat(time.share() - fcfs.share())
                .as("more than first come, first served")
                .isGreaterThan(0.1);
        assertThat(time.share() - edf.share())
                .as("more than the earliest end first")
                .isGreaterThan(0.1);
        assertThat(time.share() - rnd.share()).as("more than at random").isGreaterThan(0.1);
        assertThat(bytes.share()).as("of the bound, bandwidth limited too").isGreaterThan(0.7);
    }
}

package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.Conditions;
import org.junit.jupiter.api.Test;

/** What is planned comes true if nothing changes, and what is said of windows that are not kept is so. */
class ForecastTest {
    private static final Instant[] BEGINS = {
        Instant.parse("2026-03-05T00:00:00Z"),
        Instant.parse("2026-03-26T00:00:00Z"),
        Instant.parse("2026-10-22T00:00:00Z")
    };
    private static final Duration BEFORE = Duration.ofDays(4);
    private static final Duration AHEAD = Duration.ofDays(10);
    private static final long SEED = Long.getLong("hikae.seed", 5);
    private static final int CASES = Boolean.getBoolean("hikae.long") ? 5_000 : 100;

    private final Map<RunId, Instant> begun = new HashMap<>();
    private final Map<RunId, Wanted> wanted = new HashMap<>();
    private LaxityPlanner planner;
    private Simulation simulation;

    @Test
    void comesTrue() {
        for (int i = 0; i < CASES; i++) {
            generate(SEED + i);
        }
    }

    private void generate(long seed) {
        Random random = new Random(seed);
        Anything anything = new Anything(random);
        Instant begin = BEGINS[random.nextInt(BEGINS.length)];
        planner = new LaxityPlanner(
                new Settings(Make.MB, Duration.ofMinutes(1), random.nextBoolean() ? 1 : Settings.USUAL.margin()));
        begun.clear();
        wanted.clear();
        simulation = new Simulation(planner, anything.center(random.nextInt(3) == 0)) {
            @Override
            void carriedOut(Decision decision) {
                if (decision.kind() == Decision.Kind.START) {
                    begun.putIfAbsent(decision.run(), now);
                }
            }
        };
        int origins = 2 + random.nextInt(12);
        for (int i = 0; i < origins; i += 3) {
            simulation.own("c" + i, anything.ofOrigin());
        }
        int minutes = 60 * (2 + random.nextInt(80));
        List<Wanted> all = anything.requests(origins, begin, BEFORE, 3 * origins, minutes);
        for (Wanted one : all) {
            wanted.put(one.run().id(), one);
            int origin = planner.state().origins.findOrAdd(one.run().id().origin());
            planner.state().origins.rate[origin] = one.rate();
        }
        Instant now = begin.plus(BEFORE);
        simulation.run(all.iterator(), begin, now);
        check(now, "seed " + seed);
    }

    private void check(Instant now, String about) {
        List<RunId> sent = simulation.sending();
        List<Planned> plan = planner.forecast().plan(now, AHEAD);
        begun.clear();
        sent.forEach(run -> begun.put(run, now));
        assertThat(plan).as(about).hasSize((int)
                wanted.keySet().stream().filter(simulation::waits).count());

        simulation.run(Collections.emptyIterator(), now, now.plus(AHEAD));

        for (Planned planned : plan) {
            String which = about + ": " + planned;
            assertThat(planned.running()).as(which).isEqualTo(sent.contains(planned.run()));
            assertThat(planned.begin()).as(which).isEqualTo(begun.get(planned.run()));
            assertThat(planned.end()).as(which).isEqualTo(simulation.ended.get(planned.run()));
            boolean kept = planned.end() != null
                    && (planned.close() == null || !planned.end().isAfter(planned.close()));
            assertThat(planned.kept()).as(which).isEqualTo(kept);
            if (!kept) {
                checkWhy(planned, now, which);
            }
        }
    }

    private void checkWhy(Planned planned, Instant now, String which) {
        assertThat(planned.why()).as(which).isNotBlank();
        Wanted one = wanted.get(planned.run());
        if (planned.why().contains("no time in common")) {
            assertThat(openMinutes(one, now, planned.close())).as(which).isZero();
        } else if (planned.why().contains("It needs about")) {
            assertThat(Duration.ofMinutes(openMinutes(one, now, planned.close())))
                    .as(which)
                    .isLessThan(Duration.ofMillis(State.work(one.bytes(), one.rate())));
        } else if (planned.why().startsWith("The limits of bandwidth")) {
            assertThat(simulation.center.rates()).as(which).isNotEmpty();
        } else if (planned.why().startsWith("For earlier runs")) {
            assertThat(planned.run().number()).as(which).isGreaterThan(1);
        } else {
            assertThat(planned.why())
                    .as(which)
                    .matches(
                            "Others come first|More than the center's .* goes first|For another transfer of the same client"
                                    + "|For one of the \\d+ transfers .*|For bandwidth: .*");
        }
    }

    /** Minutes, by clocks on walls, at which it may be sent until then; without an end, for as long as is planned. */
    private long openMinutes(Wanted one, Instant from, Instant to) {
        Conditions own = simulation.own.get(one.run().id().origin());
        long minutes = 0;
        Instant end = to == null ? from.plus(AHEAD) : to;
        for (Instant at = from; at.isBefore(end); at = at.plus(Duration.ofMinutes(1))) {
            boolean open = WallModel.open(simulation.center.windows(), at)
                    && (own == null || WallModel.open(own.windows(), at))
                    && WallModel.open(one.run().window(), at);
            minutes += open ? 1 : 0;
        }
        return minutes;
    }
}

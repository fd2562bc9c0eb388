package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.hikae.api.files.center.Conditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Weeks in which clocks are changed in several zones, and a whole year: whatever is sent is sent within the hours of both sides, minute by
 * minute as clocks on walls show them, nobody starves, and the center's own clock jumps back and forth meanwhile.
 */
class YearTest {
    private static final long SEED = Long.getLong("hikae.seed", 9);
    private static final int LONG_YEARS = 12;
    private static final int ORIGINS = 9;
    private static final int A_DAY = 18;
    /** Of what one transfer can do in all hours. */
    private static final double LOAD = 0.15;
    /** So long nothing comes any more at the end. */
    private static final Duration CALM = Duration.ofDays(15);
    /** In the hours in which something may be sent, it waits for no more than this many times what its origin had to send. */
    private static final int PATIENCE = 10;

    /** Others are looked at first, one has its turn, and clocks are set. */
    private static final Duration SLACK = Duration.ofHours(4);

    private static final int HOURS = 3600;

    /** A center whose clock is set, or whose machine sleeps, now and then. */
    private static final class Jumping extends Simulation {
        private final Random random;
        private Instant nextJump;
        private int jumps;
        /** Beginnings of the center's sleeps, and their ends. */
        private final TreeMap<Instant, Instant> sleeps = new TreeMap<>();

        private Jumping(Random random, Conditions center, Instant from) {
            super(planner(), center);
            this.random = random;
            nextJump = from;
        }

        private static Planner planner() {
            return new LaxityPlanner(Settings.USUAL);
        }

        private boolean slept(Instant at) {
            return sleeps.headMap(at, true).values().stream().anyMatch(at::isBefore);
        }

        @Override
        void before() {
            if (now.isBefore(nextJump)) {
                return;
            }
            Duration most = random.nextInt(3) == 0 ? Duration.ofDays(2) : Duration.ofHours(3);
            Duration by = Duration.ofMillis((long) (random.nextDouble() * most.toMillis()));
            if (random.nextBoolean()) {
                sleeps.put(now, now.plus(by));
                sleep(by);
            } else {
                setBack(by, planner());
            }
            jumps++;
            nextJump = now.plus(by).plusSeconds(random.nextInt(7 * 24 * HOURS));
        }
    }

    @Test
    void inSpring() {
        simulate(SEED, Instant.parse("2026-03-01T00:00:00Z"), Duration.ofDays(50));
    }

    @Test
    void inAutumn() {
        simulate(SEED + 1, Instant.parse("2026-09-28T00:00:00Z"), Duration.ofDays(50));
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void years() {
        for (int i = 0; i < LONG_YEARS; i++) {
            simulate(SEED + 2 + i, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(365));
        }
    }

    private static void simulate(long seed, Instant from, Duration span) {
        Random random = new Random(seed);
        Anything anything = new Anything(random);
        Jumping simulation = new Jumping(random, anything.center(random.nextBoolean()), from.plus(Duration.ofDays(3)));
        for (int i = 0; i < ORIGINS; i += 2) {
            simulation.own("c" + i, anything.ofOrigin());
        }
        int count = (int) (A_DAY * span.toDays());
        int minutes = (int) (LOAD * span.toMinutes());
        List<Wanted> all = anything.requests(ORIGINS, from, span, count, minutes);
        simulation.run(all.iterator(), from, from.plus(span).plus(CALM));

        assertThat(simulation.jumps).isPositive();
        assertThat(simulation.ended).hasSizeGreaterThan(count / 2);
        nobodyStarves(simulation, all, from.plus(span).plus(CALM), "seed " + seed);
    }

    /** Counts, by clocks on walls, how long each could have been sent before it was complete. */
    private static void nobodyStarves(Jumping simulation, List<Wanted> all, Instant end, String about) {
        for (String origin :
                all.stream().map(one -> one.run().id().origin()).distinct().toList()) {
            List<Wanted> its = all.stream()
                    .filter(one -> one.run().id().origin().equals(origin))
                    .toList();
            for (Wanted one : its) {
                Instant ended = simulation.ended.getOrDefault(one.run().id(), end);
                long work = its.stream()
                        .filter(other -> !other.arrived().isAfter(ended))
                        .filter(other -> simulation
                                .ended
                                .getOrDefault(other.run().id(), end)
                                .isAfter(one.arrived()))
                        .mapToLong(other -> State.work(other.bytes(), other.rate()))
                        .sum();
                Duration most = Duration.ofMillis(PATIENCE * work).plus(SLACK);
                assertThat(openBetween(simulation, one, ended))
                        .as("%s: %s could be sent, and ended %s", about, one.run(), ended)
                        .isLessThan(most);
            }
        }
    }

    private static Duration openBetween(Jumping simulation, Wanted one, Instant to) {
        Conditions own = simulation.own.get(one.run().id().origin());
        long minutes = 0;
        for (Instant at = one.arrived(); at.isBefore(to); at = at.plus(Duration.ofMinutes(1))) {
            boolean open = WallModel.open(one.run().window(), at)
                    && WallModel.open(simulation.center.windows(), at)
                    && (own == null || WallModel.open(own.windows(), at))
                    && !simulation.slept(at);
            minutes += open ? 1 : 0;
        }
        return Duration.ofMinutes(minutes);
    }
}

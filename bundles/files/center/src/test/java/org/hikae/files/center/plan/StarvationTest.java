package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.Conditions;
import org.junit.jupiter.api.Test;

/** More is asked for than is possible, night after night: nobody waits for ever, and no client takes the place of others. */
class StarvationTest {
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final Conditions TWO = new Conditions(List.of(), 2, List.of(), 0, 0);

    private static Wanted night(String client, int number, int day, int minutes) {
        Instant arrived = NOON.plus(Duration.ofDays(day));
        return Wanted.of(
                Make.run(client, number, arrived, Make.daily("22:00", "02:00", "UTC"), minutes * 60L * Make.MB),
                arrived,
                Make.MB);
    }

    @Test
    void whatTakesLongGetsThereToo() {
        List<Wanted> wanted = new ArrayList<>();
        for (int day = 0; day < 30; day++) {
            // Small ones alone are more than two transfers can do in four hours.
            for (int i = 0; i < 20; i++) {
                wanted.add(night("small" + day + "-" + i, 1, day, 30));
            }
        }
        wanted.add(night("large", 1, 0, 200));
        wanted.add(night("larger", 1, 0, 900));
        wanted.sort(Comparator.comparing(Wanted::arrived));
        Simulation simulation = new Simulation(Make.exact(Make.MB), TWO);
        simulation.run(wanted.iterator(), NOON, NOON.plus(Duration.ofDays(30)));

        assertThat(simulation.ended).containsKeys(new RunId("large", "row", 1), new RunId("larger", "row", 1));
        assertThat(simulation.kept).as("small ones in time").isGreaterThan(150);
    }

    @Test
    void aClientWithAThousandRequestsHasOneTurn() {
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            wanted.add(night("many", i, 0, 10));
        }
        for (int i = 0; i < 40; i++) {
            wanted.add(night("one" + i, 1, 0, 10));
        }
        Simulation simulation = new Simulation(Make.exact(Make.MB), TWO);
        simulation.run(wanted.iterator(), NOON, NOON.plus(Duration.ofHours(15)));

        long others = simulation.ended.keySet().stream()
                .filter(run -> run.origin().startsWith("one"))
                .count();
        assertThat(others).isEqualTo(40);
        assertThat(simulation.ended).containsKey(new RunId("many", "row", 1));
    }
}

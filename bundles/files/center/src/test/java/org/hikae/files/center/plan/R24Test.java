package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.Conditions;
import org.junit.jupiter.api.Test;

/** The order of collections (R24). */
class R24Test {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-04T00:00:00Z");
    private static final Conditions TWO = new Conditions(List.of(), 2, List.of(), 0, 0);
    private static final List<Wanted> CASE =
            List.of(hours("a", 1, "02:00"), hours("b", 1, "02:00"), hours("c", 2, "02:30"));

    private static Wanted hours(String client, int hours, String close) {
        return Wanted.of(
                Make.run(client, 1, MIDNIGHT, Make.daily("00:00", close, "UTC"), hours * 3600L * Make.MB),
                MIDNIGHT,
                Make.MB);
    }

    private static Simulation simulate(Planner planner) {
        Simulation simulation = new Simulation(planner, TWO);
        simulation.run(CASE.iterator(), MIDNIGHT, MIDNIGHT.plusSeconds(24 * 3600));
        return simulation;
    }

    @Test
    void twoTransfersAndThreeClients() {
        Simulation simulation = simulate(Make.exact(Make.MB));

        assertThat(simulation.kept).isEqualTo(3);
        assertThat(simulation.peak).isEqualTo(2);
        assertThat(simulation.ended.get(new RunId("c", "row", 1))).isBeforeOrEqualTo(MIDNIGHT.plusSeconds(150 * 60));
    }

    /** What the rule says of the shortcut. */
    @Test
    void earliestEndFirstIsNotEnough() {
        assertThat(simulate(new FixedOrder(FixedOrder.EARLIEST_END)).kept).isEqualTo(2);
        assertThat(new FlowBound(TWO, new ArrayList<>(CASE)).exactly()).isEqualTo(3);
    }
}

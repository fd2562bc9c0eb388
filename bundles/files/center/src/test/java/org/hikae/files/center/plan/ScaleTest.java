package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ten thousand clients for a week: what {@link ScaleSimulation} does at length, in short. */
class ScaleTest {

    @Test
    void tenThousandClientsForAWeek() {
        ScaleSimulation scale = new ScaleSimulation(10_000, 7, 0.8);

        Simulation simulation = scale.run(new LaxityPlanner(Settings.USUAL));

        assertThat(simulation.kept).isGreaterThan((long) (0.95 * scale.bound()));
        assertThat(simulation.peak).isEqualTo(scale.transfers());
    }
}

package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that nobody begins shows, whether a platform is there or not. */
class ProblemsTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private static String problem(boolean lasting, boolean paused, Duration later) {
        Map<String, Object> properties = Map.of(
                "disk", "d1", "medium", TestPlatform.MEDIUM, "full", "0 * * * *", "zone", "UTC", "paused", paused);
        Problems problems = new Problems(
                Fakes.disks("d1"),
                Fakes.media(TestPlatform.MEDIUM),
                new Subjects(Fakes.groups(TestPlatform.GROUP), List::of),
                lasting);
        return problems.of(Settings.of("h", properties), History.from(NOON), null, NOON.plus(later));
    }

    @ParameterizedTest
    @CsvSource({
        "true, this platform has not begun it; see the log",
        "false, nothing serves this home; start 'hikae serve'"
    })
    void aRunThatIsNotBegunWasMissed(boolean lasting, String why) {
        Duration hour = Duration.ofHours(1);
        assertThat(problem(lasting, false, hour.plusSeconds(90)))
                .isEqualTo("the run due at 2026-06-01T13:00:00Z was missed: " + why);
        assertThat(problem(lasting, false, hour)).isNull();
        assertThat(problem(lasting, true, hour.plusSeconds(90))).isNull();
    }
}

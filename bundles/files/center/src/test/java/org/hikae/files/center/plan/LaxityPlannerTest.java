package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaxityPlannerTest {
    private static final Instant NIGHT = Instant.parse("2026-11-04T00:00:00Z");
    private static final TransferWindow UNTIL_THREE = Make.daily("00:00", "03:00", "UTC");
    private static final Conditions ONE = new Conditions(List.of(), 1, List.of(), 0, 0);

    private final Planner planner = Make.exact(Make.MB);

    @BeforeEach
    void oneTransfer() {
        planner.conditions(ONE);
    }

    private RunId announce(String origin, long number, TransferWindow window, boolean finish, int minutes) {
        RunId id = new RunId(origin, "row", number);
        long bytes = minutes * 60 * Make.MB;
        planner.heard(origin, true);
        planner.announce(
                new RunInfo(id, new UUID(1, number), number - 1, NIGHT, window, finish, 1, bytes, 1), NIGHT, bytes);
        return id;
    }

    private List<Decision> at(int minutes) {
        return planner.decide(NIGHT.plus(Duration.ofMinutes(minutes))).list();
    }

    @Test
    void isPausedWhenItsWindowClosesAndGoesOnInTheNext() {
        RunId run = announce("a", 1, UNTIL_THREE, false, 240);

        assertThat(at(0)).singleElement().satisfies(start -> {
            assertThat(start.kind()).isEqualTo(Decision.Kind.START);
            assertThat(start.until()).isEqualTo(NIGHT.plus(Duration.ofHours(3)));
        });
        assertThat(at(180)).singleElement().satisfies(pause -> {
            assertThat(pause.kind()).isEqualTo(Decision.Kind.PAUSE);
            assertThat(pause.why()).isEqualTo("The time for it is over: its window");
        });
        assertThat(at(24 * 60)).extracting(Decision::run).containsExactly(run);
    }

    @Test
    void whatMayBeFinishedGoesOnAfterItsWindow() {
        announce("a", 1, UNTIL_THREE, true, 240);

        assertThat(at(0)).singleElement().extracting(Decision::until).isEqualTo(Instant.MAX);
        assertThat(at(180)).isEmpty();
    }

    @Test
    void whatIsForcedDoesNotWaitForItsWindow() {
        at(200);
        RunId run = announce("a", 1, UNTIL_THREE, false, 10);
        assertThat(at(201)).isEmpty();

        planner.force(run);

        assertThat(at(202)).singleElement().extracting(Decision::forced).isEqualTo(true);
    }

    @Test
    void nothingBeginsWhileItIsHeldAndNothingRunsWhileAllIs() {
        planner.hold(Planner.Hold.BEGIN, "The machine is busy");
        announce("a", 1, null, false, 10);
        assertThat(at(0)).isEmpty();
        planner.hold(Planner.Hold.NONE, null);
        assertThat(at(1)).hasSize(1);

        planner.hold(Planner.Hold.ALL, "The medium is nearly full");

        assertThat(at(2)).singleElement().extracting(Decision::why).isEqualTo("The medium is nearly full");
    }

    @Test
    void runsOfABackupComeByTheirNumbers() {
        announce("a", 3, null, false, 10);
        announce("a", 1, null, false, 10);
        RunId first = new RunId("a", "row", 1);
        assertThat(at(0)).extracting(Decision::run).containsExactly(first);

        planner.remove(first);

        assertThat(at(10)).extracting(Decision::run).containsExactly(new RunId("a", "row", 3));
    }

    @Test
    void whatWasCutIsTriedAgainWhenItMay() {
        RunId run = announce("a", 1, null, false, 10);
        at(0);
        planner.stopped(run, Make.MB, NIGHT.plus(Duration.ofMinutes(5)));

        assertThat(at(1)).isEmpty();
        assertThat(at(5)).extracting(Decision::run).containsExactly(run);
    }

    /** Its client's run was announced while the center's clock was a year ahead. */
    @Test
    void whatCameInTheFutureWaitsNoLongerForThat() {
        RunId running = announce("a", 1, null, false, 10);
        at(0);
        planner.heard("b", true);
        RunInfo early = new RunInfo(new RunId("b", "row", 1), new UUID(1, 1), 0, NIGHT, null, false, 1, Make.MB, 1);
        planner.announce(early, NIGHT.plus(Duration.ofDays(365)), Make.MB);
        at(1);
        planner.heard("c", true);
        RunInfo late = new RunInfo(new RunId("c", "row", 1), new UUID(1, 1), 0, NIGHT, null, false, 1, Make.MB, 1);
        planner.announce(late, NIGHT.plus(Duration.ofMinutes(2)), Make.MB);
        at(2);

        planner.remove(running);

        assertThat(at(3)).extracting(Decision::run).containsExactly(early.id());
    }

    @Test
    void manyThatComeAtOnceTakeSeveralLooksAndTheMostUrgentBeginsAfterThem() {
        for (int i = 0; i < 3 * Places.LINES; i++) {
            announce("a" + i, 1, null, false, 10);
        }
        RunId urgent = announce("urgent", 1, UNTIL_THREE, false, 179);

        Decisions first = planner.decide(NIGHT);

        assertThat(first.list()).isEmpty();
        assertThat(first.next()).isEqualTo(NIGHT);
        assertThat(Stream.generate(() -> at(0)).limit(4).flatMap(List::stream))
                .extracting(Decision::run)
                .containsExactly(urgent);
    }

    @Test
    void aForecastBetweenTwoLooksThatBelongTogether() {
        TransferWindow later = Make.daily("01:00", "03:00", "UTC");
        int many = 2 * Places.LINES;
        for (int i = 0; i < many; i++) {
            announce("a" + i, 1, later, false, 1);
        }
        at(0);
        at(0);
        at(0);
        at(60);

        assertThat(planner.forecast().plan(NIGHT.plus(Duration.ofHours(1)), Duration.ofDays(1)))
                .hasSize(many)
                .filteredOn(Planned::kept)
                .hasSize(120);

        for (int i = 0; i < many; i++) {
            planner.forget("a" + i);
        }
        assertThat(planner.forecast().plan(NIGHT.plus(Duration.ofHours(1)), Duration.ofDays(1)))
                .isEmpty();
    }

    /** What was sent while there was no limit was not sent at the limit of now. */
    @Test
    void aLimitThatBeginsDoesNotCountForTheTimeBefore() {
        long limit = Make.MB / 10;
        planner.conditions(new Conditions(
                List.of(), 1, List.of(new Conditions.Rate(Make.daily("01:00", "02:00", "UTC"), limit)), 0, 0));
        announce("a", 1, null, false, 60 + 6);
        at(0);
        at(60);

        Planned planned = planner.forecast()
                .plan(NIGHT.plus(Duration.ofHours(1)), Duration.ofDays(1))
                .get(0);

        assertThat(planned.end()).isEqualTo(NIGHT.plus(Duration.ofHours(2)));
    }

    @Test
    void conditionsOfAnOriginHoldBesides() {
        planner.conditions("a", new Conditions(List.of(Make.daily("01:00", "02:00", "UTC")), 1, List.of(), 0, 0));
        announce("a", 1, UNTIL_THREE, false, 10);

        assertThat(at(0)).isEmpty();
        assertThat(at(60)).singleElement().extracting(Decision::until).isEqualTo(NIGHT.plus(Duration.ofHours(2)));
    }

    @Test
    void whoCannotBeReachedIsNotBegunAndWhoIsForgottenIsGone() {
        announce("a", 1, null, false, 10);
        planner.heard("a", false);
        assertThat(at(0)).isEmpty();

        planner.forget("a");
        planner.heard("a", true);

        assertThat(at(1)).isEmpty();
    }

    @Test
    void theForecastSaysWhenAndWhyNot() {
        announce("short", 1, UNTIL_THREE, false, 60);
        announce("long", 1, UNTIL_THREE, false, 240);
        announce("other", 1, UNTIL_THREE, false, 150);
        announce("away", 1, UNTIL_THREE, false, 1);
        planner.heard("away", false);

        List<Planned> plan = planner.forecast().plan(NIGHT, Duration.ofDays(4));

        assertThat(plan).hasSize(4);
        assertThat(of(plan, "short").kept()).isTrue();
        assertThat(of(plan, "short").end()).isEqualTo(NIGHT.plus(Duration.ofHours(1)));
        assertThat(of(plan, "long").kept()).isFalse();
        assertThat(of(plan, "long").why()).contains("It needs about 4 h 0 min").contains("only 3 h 0 min are open");
        assertThat(of(plan, "other").kept()).isFalse();
        assertThat(of(plan, "other").why()).contains("is asked for, and what takes less goes first");
        assertThat(of(plan, "away").begin()).isNull();
        assertThat(of(plan, "away").why()).isEqualTo("For its client, which cannot be reached");
        assertThat(at(0)).as("the plan itself changes nothing").hasSize(1);
    }

    private static Planned of(List<Planned> plan, String origin) {
        return plan.stream()
                .filter(one -> one.run().origin().equals(origin))
                .findAny()
                .orElseThrow();
    }
}

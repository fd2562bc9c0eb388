package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.hikae.api.backup.Retention;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;
import org.hikae.api.schedule.Schedules;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** b.4: a schedule makes real generations, and keeps those that it is to keep, by the clock of the platform. */
public class ScheduleIT extends InLab {

    private static final String NAME = "minutes";
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:30Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private ServiceRegistration<InstantSource> clock;

    @Before
    public void setClock() {
        clock = context.registerService(InstantSource.class, now::get, null);
    }

    @After
    public void forgetSchedule() throws Exception {
        schedules().remove(NAME);
        clock.unregister();
    }

    private Schedules schedules() {
        return lab.services.get(Schedules.class);
    }

    private ScheduleStatus await(Predicate<ScheduleStatus> wanted) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Services.DEADLINE)
                .until(() -> schedules().get(NAME), wanted);
    }

    /** Lets minutes pass; the run that then is over. */
    private ScheduledRun after(int minutes) throws Exception {
        Instant due = now.updateAndGet(time -> time.plus(Duration.ofMinutes(minutes)));
        ScheduleStatus status = await(each -> !each.runs().isEmpty()
                && each.runs().get(0).due().isAfter(due.minusSeconds(60))
                && each.runs().get(0).ended() != null);
        assertThat(status.problem()).isNull();
        assertThat(status.runs().get(0).state()).as("%s", status.runs().get(0)).isEqualTo(State.DONE);
        return status.runs().get(0);
    }

    private GenerationInfo made(ScheduledRun run) throws Exception {
        assertExact(run.generation());
        return lab.generations().get(run.generation());
    }

    private List<String> kept() throws IOException {
        return lab.generations().list().stream()
                .filter(each -> each.disk().equals(disk.name()))
                .map(GenerationInfo::id)
                .toList();
    }

    @Test
    public void generationsAreMadeAndKeptByTheClock() throws Exception {
        schedules()
                .add(new Schedule(
                        NAME,
                        new Schedule.OfDisk(disk.name()),
                        Lab.MEDIUM,
                        "*/10 * * * *",
                        "* * * * *",
                        ZoneId.of("UTC"),
                        null,
                        new Retention(2, 0, 0, 0, 0, 0),
                        false));

        // There is nothing to build upon yet.
        GenerationInfo first = made(after(1));
        assertThat(first.parent()).isNull();

        write("n1", 0, "more");
        ScheduledRun secondRun = after(1);
        assertThat(secondRun.full()).isFalse();
        GenerationInfo second = made(secondRun);
        assertThat(second.parent()).isEqualTo(first.id());
        assertThat(second.ownBlocks()).isEqualTo(1);

        write("n1", BLOCK, "still more");
        GenerationInfo third = made(after(1));
        assertThat(kept()).containsExactly(second.id(), third.id());

        ScheduledRun missed = after(10);
        assertThat(missed.covered()).isEqualTo(10);
        assertThat(missed.full()).isTrue();
        GenerationInfo last = made(missed);
        assertThat(last.parent()).isNull();
        assertThat(schedules().get(NAME).runs()).hasSize(4);
        assertThat(schedules().get(NAME).nextFull()).isEqualTo("2026-06-01T12:20:00Z");
    }

    @Test
    public void whatIsAskedForRunsAtOnce() throws Exception {
        schedules()
                .add(new Schedule(
                        NAME,
                        new Schedule.OfDisk(disk.name()),
                        Lab.MEDIUM,
                        "0 0 1 1 *",
                        null,
                        ZoneId.of("Europe/Berlin"),
                        null,
                        null,
                        true));
        assertThat(schedules().run(NAME, true).state()).isEqualTo(State.RUNNING);
        ScheduledRun run = await(status -> status.runs().get(0).state() == State.DONE)
                .runs()
                .get(0);
        assertThat(run.covered()).isZero();
        made(run);
    }
}

package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.schedule.ScheduledRun.State.CANCELLED;
import static org.hikae.api.schedule.ScheduledRun.State.DONE;
import static org.hikae.api.schedule.ScheduledRun.State.FAILED;
import static org.hikae.api.schedule.ScheduledRun.State.RUNNING;
import static org.hikae.api.schedule.ScheduledRun.State.WAITING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.group.Meta;
import org.hikae.api.job.JobInfo;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.Schedule.OfDisk;
import org.hikae.api.schedule.Schedule.OfGroup;
import org.hikae.api.schedule.Window;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code schedule} (b.4). */
class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Platform platform = Platform.filled();

    @BeforeEach
    void prepare() throws IOException {
        platform.schedules.add(new Schedule(
                "nightly",
                new OfDisk("data"),
                "m1",
                "0 3 * * 0",
                "0 3 * * 1-6",
                BERLIN,
                new Window(LocalTime.of(22, 0), LocalTime.of(5, 0)),
                new Retention(7, 0, 14, 0, 0, 0),
                false));
        platform.width = 0;
    }

    private Outcome run(String... words) {
        return platform.run("schedule", words);
    }

    @Test
    void everythingCanBeGiven() {
        Outcome outcome = run(
                "add",
                "docs",
                "--group",
                "docs",
                "--to",
                "m1",
                "--full",
                "0 3 * * 0",
                "--differential",
                "0 3 * * 1-6",
                "--window",
                "01:00-05:00",
                "--keep",
                "last=7,daily=14",
                "--zone",
                "Europe/Berlin",
                "--meta",
                "group");
        assertThat(outcome.out()).isEqualTo("schedule docs of group docs is added\n");
        assertThat(outcome.err())
                .isEqualTo("next full: 2026-11-08T03:00:00+01:00\nnext differential: 2026-11-06T03:00:00+01:00\n");
        assertThat(platform.schedules.schedules.get("docs"))
                .isEqualTo(new Schedule(
                        "docs",
                        new OfGroup("docs", Meta.GROUP),
                        "m1",
                        "0 3 * * 0",
                        "0 3 * * 1-6",
                        BERLIN,
                        new Window(LocalTime.of(1, 0), LocalTime.of(5, 0)),
                        new Retention(7, 0, 14, 0, 0, 0),
                        false));
    }

    @Test
    void littleIsEnough() {
        assertThat(run("add", "d", "--disk", "data", "--to", "m1", "--full", "@daily")
                        .err())
                .isEqualTo("next full: 2026-11-08T11:00:00+09:00\n");
        assertThat(platform.schedules.schedules.get("d"))
                .isEqualTo(new Schedule(
                        "d", new OfDisk("data"), "m1", "@daily", null, ZoneId.of("+09:00"), null, null, false));
    }

    @Test
    void whatGoesToTapeIsChosenAndShown() throws Exception {
        run(
                "add",
                "d",
                "--disk",
                "data",
                "--to",
                "m1",
                "--full",
                "@daily",
                "--tape-after",
                "7d",
                "--tape-above",
                "80%",
                "--keep-both",
                "14d",
                "--tape-pool",
                "off-site");
        assertThat(platform.schedules.schedules.get("d").tape())
                .isEqualTo(new TapePolicy(Duration.ofDays(7), 80, Duration.ofDays(14), "off-site"));
        assertThat(run("info", "d").out())
                .containsPattern("to tape +after 7d, or above 80% of a medium, on both for 14d, pool off-site\n");
        JsonNode json = new ObjectMapper().readTree(run("info", "d", "--json").out());
        assertThat(json.at("/tape/afterSeconds").asLong()).isEqualTo(7 * 86_400);
        assertThat(json.at("/tape/abovePercent").asInt()).isEqualTo(80);
        assertThat(json.at("/tape/keepBothSeconds").asLong()).isEqualTo(14 * 86_400);
        assertThat(json.at("/tape/pool").asText()).isEqualTo("off-site");
        run("pause", "d");
        assertThat(platform.schedules.schedules.get("d").tape()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--disk data --to m1 --full @daily --keep-both 7d | --keep-both and --tape-pool go with --tape-after or"
                        + " --tape-above",
                "--disk data --to m1 --full @daily --tape-after 7d --tape-pool / | '/' cannot be the name of a pool: it"
                        + " begins with a letter or digit, and has up to 63 letters, digits, dots, dashes and underscores",
                "--to m1 --full @daily | give either --group GROUP or --disk DISK",
                "--disk data --group docs --to m1 --full @daily | give either --group GROUP or --disk DISK",
                "--disk data --to m1 | give --full, --differential, or both; write, for instance, --full '0 3 * * 0'"
                        + " --differential '0 3 * * 1-6'",
                "--disk data --to m1 --full @daily --meta all | --meta goes with --group",
                "--disk data --to m1 --full @daily --zone Europe/Berln | there is no time zone 'Europe/Berln'; write, for"
                        + " instance, Europe/Berlin or UTC",
                "--disk data --to m1 --full @daily --window 1-5 | '1-5' is no window such as 01:00-05:00 or 22:00-06:00",
                "--disk data --to m1 --full @daily --window 24:00-05:00 | '24:00-05:00' is no window such as 01:00-05:00 or"
                        + " 22:00-06:00",
                "--disk data --to m1 --full @daily --window 00:00-24:00 | --window 00:00-24:00 is either never or always"
                        + " open; leave it out for always",
                "--disk data --to m1 --full @daily --keep minutely=1 | --keep knows no 'minutely'; it knows last, hourly,"
                        + " daily, weekly, monthly, yearly"
            })
    void whatMakesNoSenseIsTold(String arguments, String message) {
        Outcome outcome = platform.run("schedule", ("add x " + arguments).split(" ", -1));
        assertThat(outcome.message()).isEqualTo("schedule add: " + message + "; see 'schedule add --help'");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(platform.schedules.schedules).containsOnlyKeys("nightly");
    }

    @Test
    void windows() throws Exception {
        assertThat(WindowOption.parse("22:00-24:00")).isEqualTo(new Window(LocalTime.of(22, 0), LocalTime.MIDNIGHT));
        assertThat(WindowOption.parse("9:30-12:05")).isEqualTo(new Window(LocalTime.of(9, 30), LocalTime.of(12, 5)));
        assertThat(WindowOption.show(WindowOption.parse("9:30-24:00"))).isEqualTo("09:30-00:00");
    }

    @Test
    void listings() {
        platform.schedules.runs.add(FakeSchedules.run(FAILED, 7, "medium m1 is full"));
        platform.schedules.problems.put("nightly", "its last run failed");
        assertThat(run("list").out())
                .isEqualTo(
                        """
                        NAME     OF         TO  NEXT FULL                  NEXT DIFFERENTIAL          LAST RUN                          PROBLEM
                        nightly  disk data  m1  2026-11-08T03:00:00+01:00  2026-11-06T03:00:00+01:00  failed 2026-11-05T13:00:00+01:00  its last run failed
                        """);
        platform.schedules.schedules.clear();
        assertThat(run("list").err()).isEqualTo("there are no schedules; see 'schedule add --help'\n");
    }

    @Test
    void infoShowsTheRuns() throws IOException {
        assertThat(run("info", "nightly").err()).isEqualTo("it has not run yet\n");
        platform.schedules.runs.add(FakeSchedules.run(DONE, 7, null));
        assertThat(run("info", "nightly").out())
                .isEqualTo(
                        """
                        name               nightly
                        of                 disk data
                        to                 m1
                        full               0 3 * * 0
                        differential       0 3 * * 1-6
                        zone               Europe/Berlin
                        window             22:00-05:00
                        keep               last=7,daily=14
                        next full          2026-11-08T03:00:00+01:00
                        next differential  2026-11-06T03:00:00+01:00

                        DUE                        KIND    COVERED  STATE  STARTED                    TOOK  GENERATION  JOB
                        2026-11-05T13:00:00+01:00  full  asked for  done   2026-11-05T13:00:00+01:00   1 s  data@3        7
                        """);
        JsonNode json = json("info", "nightly", "--json");
        assertThat(json.at("/keep/daily").asInt()).isEqualTo(14);
        assertThat(json.get("window").asText()).isEqualTo("22:00-05:00");
        assertThat(json.at("/runs/0/generation").asText()).isEqualTo("data@3");
        assertThat(json.at("/lastRun/state").asText()).isEqualTo("done");
    }

    /** A configuration may have been written by hand. */
    @Test
    void aScheduleOfWhichLittleIsKnown() {
        platform.schedules.schedules.put("odd", new Schedule("odd", null, null, null, null, null, null, null, true));
        platform.schedules.problems.put("odd", "it says of nothing that it is backed up");
        assertThat(run("list").out()).contains("it says of nothing that it is backed up");
        assertThat(run("list", "--json").exit()).isZero();
        assertThat(run("info", "odd").out()).containsPattern("next full +paused\n");
    }

    @Test
    void pausingAndRemoving() {
        assertThat(run("pause", "nightly").exit()).isZero();
        assertThat(run("list").out()).containsPattern("m1 +paused +paused ");
        assertThat(run("resume", "nightly").out()).isEqualTo("schedule nightly goes on\n");
        assertThat(run("remove", "nightly").exit()).isZero();
        assertThat(run("info", "nightly").message()).contains("there is no schedule 'nightly'; see 'schedule list'");
    }

    @Test
    void aRunIsFollowedToItsEnd() {
        platform.schedules.states.addAll(List.of(
                FakeSchedules.run(WAITING, 0, "disk data is being backed up"),
                FakeSchedules.run(RUNNING, 7, null),
                FakeSchedules.run(RUNNING, 7, null),
                FakeSchedules.run(DONE, 7, null)));
        platform.add(Platform.job(7, JobInfo.State.DONE, null, Map.of("generation", "data@3")));
        Outcome outcome = run("run", "nightly", "--full");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        generation  data@3
                        took        4.31 s
                        rate        50 MiB/s
                        job         7
                        """);
        assertThat(platform.schedules.asked).containsExactly("nightly full");
        assertThat(platform.followed).containsExactly(7L);
    }

    @Test
    void itsFailureIsTheCommands() throws IOException {
        platform.schedules.states.add(FakeSchedules.run(FAILED, 7, "retention failed: data@1 is damaged"));
        platform.add(Platform.job(7, JobInfo.State.DONE, null, Map.of()));
        Outcome outcome = run("run", "nightly");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).isEqualTo("schedule run: retention failed: data@1 is damaged (job 7)");
        assertThat(platform.schedules.asked).containsExactly("nightly differential");
        assertThat(json("run", "nightly", "--json").get("state").asText()).isEqualTo("failed");
    }

    @Test
    void cancellingTheCommandCancelsTheJob() {
        platform.schedules.states.addAll(
                List.of(FakeSchedules.run(RUNNING, 7, null), FakeSchedules.run(CANCELLED, 7, "cancelled on request")));
        platform.add(Platform.job(7, JobInfo.State.CANCELLED, "cancelled on request", Map.of()));
        platform.cancellation.cancel();
        Outcome outcome = run("run", "nightly");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).isEqualTo("schedule run: cancelled on request (job 7)");
        assertThat(platform.jobs.cancelled).containsExactly(7L);
    }

    @Test
    void aRunThatWaitsIsLeftWaiting() {
        platform.schedules.states.add(FakeSchedules.run(WAITING, 0, "disk data is being backed up"));
        platform.cancellation.cancel();
        assertThat(run("run", "nightly").message())
                .isEqualTo("schedule run: the run is waited for no longer, and goes on by itself; see 'schedule info"
                        + " nightly'");
    }

    @Test
    void aDetachedRunIsLeftToItself() throws IOException {
        platform.schedules.states.add(FakeSchedules.run(RUNNING, 7, null));
        assertThat(run("run", "nightly", "--detach").out()).isEqualTo("schedule nightly runs: running, job 7\n");
        assertThat(json("run", "nightly", "--detach", "--json").get("job").asInt())
                .isEqualTo(7);
    }

    private JsonNode json(String... words) throws IOException {
        return new ObjectMapper().readTree(run(words).out());
    }
}

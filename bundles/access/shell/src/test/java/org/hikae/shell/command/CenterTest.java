package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.job.JobInfo;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code center}. */
class CenterTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void prepare() {
        platform.width = 0;
        platform.center.fill();
    }

    private Outcome run(String... words) {
        return platform.run("center", words);
    }

    @Test
    void startsWhereItIsToldAndSaysSo() {
        platform.center.running = false;
        assertThat(run("start", "--listen", "[::1]:7443", "--to", "m2").out())
                .isEqualTo("the center listens at [::1]:7443, and puts files on m2\n");
        assertThat(platform.center.running).isTrue();
        assertThat(run("stop").out()).isEqualTo("the center listens no more\n");
        assertThat(platform.center.running).isFalse();
    }

    @Test
    void whatIsMissingIsSaid() {
        platform.center.medium = null;
        Outcome outcome = run("start");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).contains("--to MEDIUM");
    }

    @Test
    void theTokenIsTheLastLineAndAloneOnStandardOutput() {
        Outcome outcome = run("invite", "desk", "--replace");
        assertThat(outcome.out()).isEqualTo("desk.true\n");
        assertThat(outcome.err()).contains("client join https://192.0.2.7:7443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:7443", "[::]:7443", "[0:0:0:0:0:0:0:0]:7443"})
    void anAddressThatStandsForAllIsNoneToJoin(String address) {
        platform.center.address = address;
        assertThat(run("invite", "desk").err()).contains("client join https://HOST:7443 ");
    }

    @Test
    void conditionsAreChangedOneByOne() {
        run("conditions", "--transfers", "3", "--free", "2GiB");
        Conditions now = platform.center.conditions();
        assertThat(now.transfers()).isEqualTo(3);
        assertThat(now.freeSpace()).isEqualTo(2L << 30);
        assertThat(now.windows()).hasSize(1);
        assertThat(now.load()).isEqualTo(2);

        run(
                "conditions",
                "--window",
                "Fri-Mon 22:00-6:30",
                "--window",
                "00:00-24:00",
                "--rate",
                "1MiB/s",
                "--rate",
                "08:00-18:00=10kB/s",
                "--zone",
                "Europe/Berlin");
        now = platform.center.conditions();
        assertThat(now.windows().get(0).days())
                .isEqualTo(Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY));
        assertThat(now.windows().get(0).to()).isEqualTo(LocalTime.of(6, 30));
        TransferWindow day = now.windows().get(1);
        assertThat(day.from()).isEqualTo(day.to());
        assertThat(now.rates()).extracting(Conditions.Rate::bytesPerSecond).containsExactly(1L << 20, 10_000L);
        assertThat(now.rates().get(1).when().zone().getId()).isEqualTo("Europe/Berlin");

        run("conditions", "--window", "any", "--rate", "any");
        assertThat(platform.center.conditions().windows()).isEmpty();
        assertThat(platform.center.conditions().rates()).isEmpty();
    }

    @Test
    void whatHoldsForAClientIsApart() {
        assertThat(run("conditions", "--client", "laptop").err()).contains("nothing holds for laptop");
        run("conditions", "--client", "laptop", "--window", "12:00-13:00");
        assertThat(platform.center.conditions("laptop").transfers()).isEqualTo(1);
        assertThat(platform.center.conditions().transfers()).isEqualTo(8);
        run("conditions", "--client", "laptop", "--clear");
        assertThat(platform.center.conditions("laptop")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conditions --transfers 0",
                "conditions --window 25:00-26:00",
                "conditions --window Mun 08:00-09:00",
                "conditions --rate fast",
                "conditions --rate 0",
                "conditions --load -1",
                "conditions --zone Nowhere/Land --window 08:00-09:00",
                "conditions --client laptop --free 1GiB",
                "conditions --clear",
                "conditions --zone UTC",
                "conditions --zone UTC --transfers 3",
                "conditions --client laptop --clear --transfers 3",
                "files --at yesterday",
                "keep often=7",
                "keep last=7 --clear",
                "collect"
            })
    void whatMakesNoSenseChangesNothing(String line) {
        Conditions before = platform.center.conditions();
        Outcome outcome = run(line.split(" ", -1));
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(platform.center.conditions()).isEqualTo(before);
    }

    @Test
    void filesAreAskedForAsOfATime() {
        Outcome outcome = run("files", "--client", "laptop", "--path", "/home", "--at", "2026-11-01");
        assertThat(outcome.out()).contains("/home/ada/a.txt");
        // The end of the day, in the caller's zone.
        assertThat(platform.center.asked.at()).isEqualTo(Instant.parse("2026-11-01T15:00:00Z"));
        run("files", "--at", "2026-11-01T12:00:00+01:00");
        assertThat(platform.center.asked.at()).isEqualTo(Instant.parse("2026-11-01T11:00:00Z"));
        assertThat(platform.center.asked.origin()).isNull();
        platform.center.files.clear();
        assertThat(run("files", "--json").out()).isEqualTo("[]\n");
        assertThat(run("files").err()).contains("no such files");
    }

    @Test
    void keepIsShownAndChanged() {
        assertThat(run("keep").out()).isEqualTo("everything\n");
        assertThat(run("keep", "last=7,daily=14").out()).isEqualTo("last=7,daily=14\n");
        assertThat(run("keep", "--client", "laptop").out()).isEqualTo("as of all clients\n");
        assertThat(run("keep", "--clear").out()).isEqualTo("everything\n");
    }

    @Test
    void jobsAreFollowed() {
        platform.center.job = new FakeJob(Platform.job(4, JobInfo.State.DONE, null, Map.of("requests", 2L)));
        assertThat(run("collect", "--now").exit()).isZero();
        assertThat(run("verify", "--client", "laptop", "--detach").out()).isEqualTo("4\n");
    }

    @Test
    void listingsTellWhatIsWrong() {
        assertThat(run("requests").out())
                .contains("laptop/home/7", "paused", "40 %", "the center's windows are closed");
        assertThat(run("history").out()).contains("cut, at once", "it went away");
        assertThat(run("clients").out()).contains("laptop", "member", "3 GiB");
        platform.center.problems.add("the medium cannot be used");
        assertThat(run("status").out()).contains("listens", "192.0.2.7:7443", "the medium cannot be used");
        platform.center.requests.clear();
        assertThat(run("plan").err()).contains("nothing waits");
        assertThat(List.of(run("revoke", "laptop").out()))
                .containsExactly("client laptop is not accepted any more; its files stay\n");
    }
}

package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.hikae.api.config.BrokenFile;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.files.relay.RelayStatus;
import org.hikae.api.group.Group;
import org.hikae.api.group.Meta;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.Schedule.OfDisk;
import org.hikae.api.schedule.ScheduledRun.State;
import org.hikae.shell.call.UnitStatus;
import org.hikae.shell.call.UnitStatus.Implementation;
import org.hikae.shell.call.UnitStatus.Kind;
import org.junit.jupiter.api.Test;

/** What {@code status} and {@code unit list} tell. */
class StatusTest {

    private final Platform platform = Platform.filled();

    @Test
    void filesThatAreIgnoredAreTold() {
        platform.broken.add(new BrokenFile(Path.of("/h/etc/a"), "org.hikae.disk~x", "line 3: a text has no end"));
        platform.broken.add(new BrokenFile(Path.of("/h/etc/b"), "org.hikae.medium~y", "it is empty"));
        platform.broken.add(new BrokenFile(Path.of("/h/etc/c"), null, "its name is wrong"));
        assertThat(platform.run("disk", "list", "--json").err())
                .isEqualTo("/h/etc/a is ignored: line 3: a text has no end; repair or remove it\n");
        assertThat(platform.run("medium", "list").err())
                .isEqualTo("/h/etc/b is ignored: it is empty; repair or remove it\n");
        assertThat(platform.run("bilog", "strategy").err()).isEmpty();
        assertThat(platform.run("status").out())
                .doesNotContain("no problems")
                .contains("configuration      /h/etc/a is ignored: line 3: a text has no end; repair or remove it")
                .contains("/h/etc/c is ignored: its name is wrong");
    }

    @Test
    void backupsOfFilesAndWhatIsWrongWithThem() throws Exception {
        assertThat(platform.run("status").out()).doesNotContain("backups of files");
        platform.run("client", "add", "home", "/home/alice");
        platform.filesClient.problem = "the buffer is full";

        String shown = platform.run("status").out();
        assertThat(shown).contains("backups of files").contains("/home/alice");
        assertThat(shown).contains("backup home of files").contains("the buffer is full");
        JsonNode json =
                new ObjectMapper().readTree(platform.run("status", "--json").out());
        assertThat(json.at("/fileBackups/0/name").asText()).isEqualTo("home");
    }

    @Test
    void whatIsWrongWithACenterOrRelayIsAProblem() {
        Platform sound = new Platform();
        sound.center.fill();
        sound.relay.upstreams.add(new RelayStatus.Upstream(URI.create("https://a:1"), Platform.NOON, 3, 9, null));
        assertThat(sound.run("status").exit()).isZero();

        sound.width = 0;
        sound.center.problems.add("port 7443 is in use");
        sound.relay.upstreams.add(new RelayStatus.Upstream(URI.create("https://b:2"), null, 3, 9, "it was revoked"));
        Platform.Outcome outcome = sound.run("status");
        assertThat(outcome.message()).isEqualTo("status: there are 2 problems");
        assertThat(outcome.out())
                .containsPattern("center +port 7443 is in use\n")
                .containsPattern("relay to https://b:2 +it was revoked\n");
    }

    @Test
    void aDistributionWithoutDisksDoesNotSayThatItHasNone() {
        platform.carried = List.of("client", "status");
        assertThat(platform.run("status").out()).doesNotContain("media").doesNotContain("nodes");
    }

    @Test
    void units() {
        platform.units.add(new UnitStatus(
                "26",
                "log manager",
                "org.hikae.log",
                "0.1.0",
                "active",
                List.of(
                        new Implementation(Kind.LOG_PLACEMENT, "overlay"),
                        new Implementation(Kind.LOG_PLACEMENT, "separate")),
                null));
        platform.units.add(new UnitStatus(
                null,
                null,
                "com.example.dream",
                "1.0.0",
                "active",
                List.of(new Implementation(Kind.MEDIUM_DRIVER, "dream")),
                null));
        platform.units.add(new UnitStatus(
                "25", "copy manager", "org.hikae.copy", null, "missing", List.of(), "its bundle is not installed"));
        assertThat(platform.run("unit", "list").out())
                .isEqualTo(
                        """
                        NUMBER  UNIT          BUNDLE             STATE    IMPLEMENTATIONS           PROBLEM
                        26      log manager   org.hikae.log      active   log placement overlay*,   -
                                                                          log placement separate
                        -       -             com.example.dream  active   medium driver dream       -
                        25      copy manager  org.hikae.copy     missing  -                         its bundle is not
                                                                                                    installed
                        """);
    }

    @Test
    void statusForPeople() {
        platform.width = 0;
        assertThat(platform.run("status").out())
                .isEqualTo(
                        """
                        disks
                          NAME       SIZE  LAST BACKUP  AT                         ON
                          data    256 MiB  data@2       2026-11-05T21:00:00+09:00  m1
                          データ        -  -            -                          -
                        media
                          NAME  DRIVER      FREE   TOTAL  LOCATION    PROBLEM
                          m1    directory  5 GiB  10 GiB  /backup/m1  -
                          m2    tape           -       -  x:1         there is no driver 'tape'
                        nodes
                          NAME  STATE  INCARNATION  DISKS   READ  WRITTEN  LOGGED  CACHED  DIRTY
                          n1    up               3      1  2 TiB  1.5 KiB     0 B   3 MiB  1 MiB
                        no running jobs
                        problems
                          WHAT               PROBLEM
                          disk データ        /srv/d 2: no such file or folder
                          medium m2          there is no driver 'tape'
                          generation data@2  its manifest is damaged
                          backup of data     the last one failed: medium m1 is full
                        """);
    }

    @Test
    void statusOfAPlatformWithoutUnits() throws Exception {
        platform.services.clear();
        platform.units.add(new UnitStatus(
                "22", "block manager", "org.hikae.block", "0.1.0", "resolved", List.of(), "its bundle is not started"));
        Platform.Outcome outcome = platform.run("status", "--json");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).isEqualTo("status: there is a problem");
        JsonNode json = new ObjectMapper().readTree(outcome.out());
        assertThat(json.path("disks")).isEmpty();
        assertThat(json.at("/problems/0/subject").asText()).isEqualTo("unit block manager");
        assertThat(json.at("/problems/0/problem").asText()).isEqualTo("its bundle is not started");
    }

    @Test
    void aFailedBackupIsAProblemOfItsDiskWhateverTheMedium() {
        platform.jobs.jobs.clear();
        platform.add(Platform.backup(1, "data to m1", JobInfo.State.FAILED));
        assertThat(platform.run("status").out()).containsPattern("backup of data +the last one failed: full\n");
        platform.add(Platform.backup(2, "data to m2", JobInfo.State.DONE));
        assertThat(platform.run("status").out()).doesNotContain("the last one failed");
    }

    @Test
    void ofWhatIsNotThereAnyMoreNoBackupIsAProblem() throws Exception {
        platform.jobs.jobs.clear();
        platform.groups.add(new Group("docs", "data", List.of("*")));
        platform.add(Platform.backup(1, "removed to m1", JobInfo.State.FAILED));
        platform.add(Platform.backup(2, "group docs of data to m1", JobInfo.State.FAILED));
        assertThat(platform.run("status").out())
                .containsPattern("backup of group docs of data +the last one failed: full\n")
                .doesNotContain("removed");
        platform.groups.remove("docs");
        assertThat(platform.run("status").out()).doesNotContain("the last one failed");
    }

    @Test
    void aGroupWhoseListCannotBeUnderstoodIsAProblem() {
        platform.add(new DiskStatus("data", Path.of("/srv/data.img"), "ext4", "ext", 2 << 20, 1024, null));
        platform.groups.groups.put("docs", new Group("docs", "data", List.of("[")));
        assertThat(platform.run("status").out()).containsPattern("group docs +line '\\[' cannot be understood\n");
        assertThat(platform.run("group", "list").out()).contains("line '[' cannot be understood");
    }

    @Test
    void aLaterGoodBackupEndsTheProblem() {
        platform.add(Platform.job(3, JobInfo.State.DONE, null, java.util.Map.of()));
        assertThat(platform.run("status").out()).doesNotContain("the last one failed");
    }

    @Test
    void theExitCodeTellsWhetherThereAreProblems() {
        assertThat(platform.run("status").message()).isEqualTo("status: there are 4 problems");
        assertThat(platform.run("status", "--json").exit()).isEqualTo(1);
        Platform sound = new Platform();
        sound.add(new MediumStatus("m1", "directory", "/backup/m1", 10L << 30, 5L << 30, List.of("random"), null));
        Platform.Outcome outcome = sound.run("status");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).endsWith("no problems\n");
        assertThat(outcome.message()).isNull();
    }

    @Test
    void theLastBackupOfADiskIsOfAllOfIt() throws Exception {
        GenerationGroup docs = new GenerationGroup("docs", Meta.ALL, List.of("*"));
        platform.add(Platform.generation(3, null, null, docs, null));
        JsonNode json =
                new ObjectMapper().readTree(platform.run("status", "--json").out());
        assertThat(json.at("/disks/0/lastBackup/id").asText()).isEqualTo("data@2");
    }

    @Test
    void groupsSchedulesAndTheCatalogHaveProblemsToo() throws Exception {
        platform.jobs.jobs.clear();
        platform.add(Platform.backup(1, "group docs of data to m1", JobInfo.State.FAILED));
        platform.add(Platform.backup(2, "data to m1", JobInfo.State.DONE));
        platform.add(new DiskStatus("group", Path.of("/srv/g.img"), "ext4", "ext", 2 << 20, 1024, null));
        platform.add(Platform.backup(3, "group to m1", JobInfo.State.FAILED));
        platform.groups.add(new Group("docs", "gone", List.of("*")));
        platform.schedules.add(new Schedule(
                "nightly", new OfDisk("data"), "m1", "0 3 * * 0", null, ZoneId.of("Europe/Berlin"), null, null, false));
        platform.schedules.runs.add(FakeSchedules.run(State.FAILED, 7, "medium m1 is full"));
        platform.schedules.problems.put("nightly", "its last run failed: medium m1 is full");
        platform.catalog.problem = "the database is damaged";
        platform.width = 0;
        assertThat(platform.run("status").out())
                .contains(
                        """
                        schedules
                          NAME     OF         TO  NEXT FULL                  NEXT DIFFERENTIAL  LAST RUN
                          nightly  disk data  m1  2026-11-08T03:00:00+01:00  -                  failed 2026-11-05T13:00:00+01:00
                        """)
                .containsPattern("backup of group docs of data +the last one failed: full\n")
                .containsPattern("backup of group +the last one failed: full\n")
                .doesNotContain("backup of data")
                .containsPattern("group docs +its disk 'gone' is not there; see 'disk list'\n")
                .containsPattern("schedule nightly +its last run failed: medium m1 is full\n")
                .containsPattern("catalog +the database is damaged\n");
        JsonNode json =
                new ObjectMapper().readTree(platform.run("status", "--json").out());
        assertThat(json.at("/schedules/0/lastRun/state").asText()).isEqualTo("failed");
    }
}

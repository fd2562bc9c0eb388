package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.job.JobInfo.State.UNREADABLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hikae.api.config.BrokenFile;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Mark;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.MediumStatus;
import org.hikae.shell.call.UnitStatus;
import org.hikae.shell.call.UnitStatus.Implementation;
import org.hikae.shell.call.UnitStatus.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listings look like, for people and for programs. */
class ListingsTest {

    private final Platform platform = Platform.filled();

    @Test
    void disks() {
        assertThat(platform.run("disk", "list").out())
                .isEqualTo(
                        """
                        NAME       SIZE  BLOCK  FORMAT  PATH           PROBLEM
                        data    256 MiB  4 KiB  raw     /srv/data.img  -
                        データ        -  512 B  raw     /srv/d 2       /srv/d 2: no such file or folder
                        """);
    }

    @Test
    void disksForPrograms() {
        assertThat(platform.run("disk", "list", "--json").out())
                .isEqualTo(
                        """
                        [
                          {
                            "name": "data",
                            "path": "/srv/data.img",
                            "format": "raw",
                            "size": 268435456,
                            "blockSize": 4096,
                            "problem": null
                          },
                          {
                            "name": "データ",
                            "path": "/srv/d 2",
                            "format": "raw",
                            "size": null,
                            "blockSize": 512,
                            "problem": "/srv/d 2: no such file or folder"
                          }
                        ]
                        """);
    }

    @Test
    void aDisk() {
        assertThat(platform.run("disk", "info", "data").out())
                .isEqualTo(
                        """
                        name                           data
                        id                             00000000-0000-0001-0000-000000000002
                        path                           /srv/data.img
                        format                         raw
                        size                           256 MiB (268435456 bytes)
                        block size                     4 KiB (4096 bytes)
                        used                           256 MiB (268435456 bytes)
                        changed since the last backup  12 KiB (12288 bytes)
                        NBD                            nbd+unix:///data?socket=/home/nbd.sock
                        """);
        assertThat(platform.run("disk", "info", "データ").out())
                .contains("problem                        /srv/d 2: no such file or folder\n");
    }

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
    void whatIsNotKnownIsADash() throws IOException {
        platform.disks.disks.clear();
        platform.add(new DiskStatus("cut", null, null, null, -1, -1, "its configuration has no path"));
        assertThat(platform.run("disk", "list").out())
                .isEqualTo(
                        """
                        NAME  SIZE  BLOCK  FORMAT  PATH  PROBLEM
                        cut      -      -  -       -     its configuration has no path
                        """);
        assertThat(platform.run("disk", "info", "cut").out())
                .doesNotContain("null")
                .contains("path ");
        platform.add(new GenerationInfo(
                "data@9", "data", null, 9, null, null, null, null, null, 0, 0, null, 0, 0, 0, 0, 0, null, null, "m1",
                null, 0, "damaged"));
        assertThat(platform.run("generation", "list").out())
                .contains(
                        "data@9  -     -       -                                -        -       -  m1      damaged\n");
        var json = new ObjectMapper()
                .readTree(platform.run("generation", "info", "data@9", "--json").out());
        assertThat(json.get("size").isNull()).isTrue();
        assertThat(json.get("pauseNanos").isNull()).isTrue();
        assertThat(platform.run("generation", "info", "data@9").out()).doesNotContain("0");
    }

    @Test
    void aJobOfWhichNothingIsKnown() {
        platform.add(new JobInfo(
                3,
                "unknown",
                "unknown",
                UNREADABLE,
                false,
                null,
                -1,
                -1,
                0,
                -1,
                null,
                null,
                "3.json is damaged",
                Map.of()));
        assertThat(platform.run("job", "list").out()).containsPattern("3  unknown  unknown  unreadable  - +-  3.json");
        assertThat(platform.run("job", "info", "3").exit()).isZero();
        assertThat(platform.run("job", "wait", "3").message()).isEqualTo("job wait: 3.json is damaged (job 3)");
        assertThat(platform.run("status").exit()).isZero();
    }

    @Test
    void blocks() {
        assertThat(platform.run("disk", "blocks", "data", "--changed").out())
                .isEqualTo(
                        """
                         FIRST  BLOCKS
                             7       3
                        """);
        assertThat(platform.run("disk", "blocks", "data", "--changed", "--since", "monday", "--json")
                        .out())
                .isEqualTo(
                        """
                        {
                          "blockSize": 4096,
                          "blockCount": 65536,
                          "runs": [
                            [7, 3],
                            [100, 1]
                          ]
                        }
                        """);
        assertThat(platform.run("disk", "blocks", "data", "--changed", "--since", "mondya")
                        .message())
                .isEqualTo("disk blocks: there is no mark 'mondya'; did you mean 'monday'?");
        assertThat(platform.run("disk", "blocks", "data", "--since", "monday").exit())
                .isEqualTo(2);
        assertThat(platform.run("disk", "blocks", "data", "--used", "--changed").exit())
                .isEqualTo(2);
    }

    @Test
    void marks() {
        assertThat(platform.run("mark", "list", "data").out())
                .isEqualTo(
                        """
                        NAME    TIME                       CHANGED SINCE
                        monday  2026-11-05T21:00:00+09:00         16 KiB
                        """);
        platform.marks.marks.put("old", new Mark("old", Platform.NOON, FakeTracker.OLD));
        assertThat(platform.run("mark", "list", "data").out())
                .contains(
                        "old     2026-11-05T21:00:00+09:00              -  disk 'data': change tracking began anew\n");
        platform.marks.marks.clear();
        assertThat(platform.run("mark", "list", "data").err()).contains("has no marks");
    }

    @Test
    void aDiskThatIsNotThere() {
        assertThat(platform.run("disk", "info", "dat").message())
                .isEqualTo("disk info: there is no disk 'dat'; did you mean 'data'?");
        assertThat(platform.run("disk", "info", "zzz", "--json").out()).isEmpty();
    }

    @Test
    void media() {
        assertThat(platform.run("medium", "list").out())
                .isEqualTo(
                        """
                        NAME  DRIVER      FREE   TOTAL  LOCATION    PROBLEM
                        m1    directory  5 GiB  10 GiB  /backup/m1  -
                        m2    tape           -       -  x:1         there is no driver 'tape'
                        """);
    }

    @Test
    void theProblemColumnIsThereOnlyForAProblem() {
        platform.media.media.remove("m2");
        assertThat(platform.run("medium", "list").out())
                .isEqualTo(
                        """
                        NAME  DRIVER      FREE   TOTAL  LOCATION
                        m1    directory  5 GiB  10 GiB  /backup/m1
                        """);
    }

    @Test
    void nodes() {
        assertThat(platform.run("node", "list").out())
                .isEqualTo(
                        """
                        NAME  STATE  INCARNATION  DISKS   READ  WRITTEN  LOGGED  CACHED  DIRTY
                        n1    up               3      1  2 TiB  1.5 KiB     0 B   3 MiB  1 MiB
                        """);
    }

    @Test
    void generations() {
        assertThat(platform.run("generation", "list", "data").out())
                .isEqualTo(
                        """
                        ID      KIND  PARENT  INSTANT                       SIZE     DATA  STORED  MEDIUM  PROBLEM
                        data@1  full  -       2026-11-05T21:00:00+09:00  256 MiB  200 MiB  64 MiB  m1      -
                        data@2  full  -       2026-11-05T21:00:00+09:00  256 MiB  200 MiB  64 MiB  m1      its manifest is
                                                                                                           damaged
                        """);
        assertThat(platform.run("generation", "list", "データ").err())
                .isEqualTo("there are no generations; see 'backup run --help'\n");
        assertThat(platform.run("generation", "list", "dada").message()).contains("did you mean 'data'?");
    }

    @Test
    void generationsThatBuildUponOthers() {
        platform.generations.generations.remove("data@2");
        platform.add(Platform.generation(3, "data@1", null, null));
        platform.add(Platform.generation(4, "data@3", "夜", null));
        assertThat(platform.run("generation", "list").out())
                .contains("data@3  differential  data@1 ")
                .contains("data@4  partial       data@3 ");
        assertThat(platform.run("generation", "info", "data@4").out())
                .containsPattern("builds upon +data@3, data@1\n")
                .containsPattern("since mark +夜\n");
        assertThat(platform.run("generation", "info", "data@4", "--json").out())
                .contains("\"chain\": [")
                .contains("\"epoch\": 4");
    }

    @Test
    void mediaThatCannotBeLookedAt() {
        platform.generations.unread.add(new GenerationSurvey.Unread("m2", "there is no driver 'tape'"));
        Platform.Outcome some = platform.run("generation", "list", "--json");
        assertThat(some.exit()).isZero();
        assertThat(some.err()).isEqualTo("warning: what is on medium 'm2' is not known: there is no driver 'tape'\n");
        platform.generations.generations.clear();
        Platform.Outcome none = platform.run("generation", "list");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.message())
                .contains("no generation can be seen: what is on medium 'm2' is not known: there is no driver");
    }

    @Test
    void aNarrowTerminalBreaksCells() {
        platform.width = 60;
        assertThat(platform.run("disk", "list").out())
                .isEqualTo(
                        """
                        NAME       SIZE  BLOCK  FORMAT  PATH           PROBLEM
                        data    256 MiB  4 KiB  raw     /srv/data.img  -
                        データ        -  512 B  raw     /srv/d 2       /srv/d 2: no
                                                                       such file or
                                                                       folder
                        """);
    }

    @Test
    void jobs() {
        platform.add(Platform.job(3, JobInfo.State.RUNNING, null, java.util.Map.of()));
        assertThat(platform.run("job", "list").out())
                .startsWith("ID  KIND    SUBJECT  STATE        STARTED")
                .contains("\n 1  backup  data     done         2026-11-05T21:00:00+09:00  4.31 s  -\n")
                .contains("\n 2  backup  data     failed       2026-11-05T21:00:00+09:00  4.31 s  medium m1 is full\n")
                .contains("\n 3  backup  data     running 39%  2026-11-05T21:00:00+09:00     2 s  -\n");
    }

    @Test
    void strategies() {
        assertThat(platform.run("bilog", "strategy").out())
                .isEqualTo(
                        """
                        DISK       GATHER   PLACE    LOG MEDIUM      CHOSEN
                        (default)  central  overlay  (the backup's)  built in
                        data       central  overlay  (the backup's)  default
                        データ     central  overlay  (the backup's)  default
                        """);
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
    void anEmptyListingIsANoteBesideTheOutput() {
        Platform empty = new Platform();
        assertThat(empty.run("disk", "list").out()).isEmpty();
        assertThat(empty.run("disk", "list").err()).isEqualTo("there are no disks; see 'disk add --help'\n");
        assertThat(empty.run("disk", "list", "--json").out()).isEqualTo("[]\n");
        assertThat(empty.run("disk", "list", "--json").err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "medium", "node", "generation", "job", "unit", "nbd"})
    void everyListingIsOneArray(String thing) throws Exception {
        JsonNode json = new ObjectMapper()
                .readerFor(JsonNode.class)
                .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValue(platform.run(thing, "list", "--json").raw());
        assertThat(json.isArray()).isTrue();
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
        assertThat(outcome.exit()).isZero();
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
    void aLaterGoodBackupEndsTheProblem() {
        platform.add(Platform.job(3, JobInfo.State.DONE, null, java.util.Map.of()));
        assertThat(platform.run("status").out()).doesNotContain("the last one failed");
    }

    @Test
    void sizesThatAreNotKnownAreNullForPrograms() throws Exception {
        platform.add(new MediumStatus("m3", "s3", "bucket", -1, -1, List.of("shared"), null));
        JsonNode json = new ObjectMapper()
                .readTree(platform.run("medium", "info", "m3", "--json").out());
        assertThat(json.get("totalBytes").isNull()).isTrue();
        assertThat(json.at("/capabilities/0").asText()).isEqualTo("shared");
    }
}

package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.job.JobInfo.State.UNREADABLE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.junit.jupiter.api.Test;

/** What listings of generations, jobs and log strategies look like. */
class BackupListingsTest {

    private final Platform platform = Platform.filled();

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
        assertThat(platform.run("status").message()).startsWith("status: there are ");
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
    void jobs() {
        platform.add(Platform.job(3, JobInfo.State.RUNNING, null, java.util.Map.of()));
        assertThat(platform.run("job", "list").out())
                .startsWith("ID  KIND    SUBJECT  STATE        STARTED")
                .contains("\n 1  backup  data     done         2026-11-05T21:00:00+09:00  4.31 s  -\n")
                .contains("\n 2  backup  data     failed       2026-11-05T21:00:00+09:00  4.31 s  medium m1 is full\n")
                .contains("\n 3  backup  data     running 39%  2026-11-05T21:00:00+09:00     2 s  -\n");
    }

    @Test
    void aPausedJob() throws IOException {
        platform.add(Platform.paused(Platform.job(3, JobInfo.State.RUNNING, null, Map.of())));
        platform.add(Platform.paused(Platform.job(4, JobInfo.State.DONE, null, Map.of())));
        assertThat(platform.run("job", "list").out())
                .contains("\n 3  backup  data     paused 39%  ")
                .contains("\n 4  backup  data     done        ");
        assertThat(platform.run("job", "info", "3").out()).containsPattern("state +paused\n");
        ObjectMapper mapper = new ObjectMapper();
        var json = mapper.readTree(platform.run("job", "info", "3", "--json").out());
        assertThat(json.get("state").asText()).isEqualTo("running");
        assertThat(json.get("paused").asBoolean()).isTrue();
        assertThat(mapper.readTree(platform.run("job", "info", "4", "--json").out())
                        .get("paused")
                        .asBoolean())
                .as("what has ended does not stand still")
                .isFalse();
    }

    @Test
    void theLayoutIsListedWhereThereAreImages() throws IOException {
        assertThat(platform.run("generation", "list").out()).doesNotContain("LAYOUT");
        platform.width = 0;
        GenerationInfo packed = Platform.generation(1, null);
        platform.add(new GenerationInfo(
                "data@5",
                "data",
                packed.diskId(),
                5,
                "full",
                null,
                null,
                null,
                packed.point(),
                packed.instant(),
                4096,
                512,
                "raw",
                8,
                8,
                4096,
                4096,
                1,
                "image",
                "medium",
                "m1",
                "m1",
                1,
                null));
        assertThat(platform.run("generation", "list").out())
                .containsPattern("STORED  MEDIUM  LAYOUT")
                .containsPattern("data@1 .* m1      packed")
                .containsPattern("data@5 .* m1      image");
        assertThat(platform.run("generation", "info", "data@5").out())
                .containsPattern("layout +image\n")
                .containsPattern("log placement +medium\n");
        var json = new ObjectMapper()
                .readTree(platform.run("generation", "info", "data@5", "--json").out());
        assertThat(json.get("layout").asText()).isEqualTo("image");
        assertThat(json.get("placement").asText()).isEqualTo("medium");
    }

    @Test
    void strategies() {
        assertThat(platform.run("bilog", "strategy").out())
                .isEqualTo(
                        """
                        DISK       GATHER   PLACE    LOG MEDIUM      OVERLOAD     CHOSEN
                        (default)  central  overlay  (the backup's)  fail-backup  built in
                        data       central  overlay  (the backup's)  fail-backup  default
                        データ     central  overlay  (the backup's)  fail-backup  default
                        """);
    }
}

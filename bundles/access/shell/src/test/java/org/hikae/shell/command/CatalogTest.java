package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.catalog.KnownGeneration.State;
import org.hikae.api.group.Group;
import org.hikae.api.group.Meta;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationGroup;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code catalog}. */
class CatalogTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void prepare() {
        platform.width = 0;
        platform.catalog.generations.addAll(List.of(
                new KnownGeneration(Platform.generation(1, null), State.PRESENT, Platform.NOON),
                new KnownGeneration(Platform.generation(2, null), State.GONE, Platform.NOON.minusSeconds(3600))));
        platform.catalog.groups.add(new Group("docs", "data", List.of("dir_A/*", "X dir_D/file_d")));
        platform.catalog.jobs.add(Platform.job(7, JobInfo.State.DONE, null, Map.of()));
        platform.catalog.jobs.add(Platform.job(3, JobInfo.State.FAILED, "full", Map.of()));
    }

    private Outcome run(String... words) {
        return platform.run("catalog", words);
    }

    @Test
    void info() throws IOException {
        assertThat(run("info").out())
                .isEqualTo(
                        """
                        database     H2 in /home/catalog
                        schema       3
                        generations  2
                        groups       1
                        jobs         2
                        updated      2026-11-05T21:00:00+09:00
                        """);
        platform.catalog.problem = "the file is damaged; see 'catalog rebuild --help'";
        assertThat(run("info").out())
                .isEqualTo(
                        """
                        database  H2 in /home/catalog
                        problem   the file is damaged; see 'catalog rebuild --help'
                        """);
        JsonNode json = new ObjectMapper().readTree(run("info", "--json").out());
        assertThat(json.get("generations").isNull()).isTrue();
        assertThat(run("generations").message()).startsWith("catalog generations: the file is damaged");
    }

    @Test
    void generationsThatAreGoneAreShownWhenAskedFor() throws IOException {
        assertThat(run("generations").out())
                .isEqualTo(
                        """
                        ID      STATE    KIND  PARENT  INSTANT                    STORED  MEDIUM  SEEN
                        data@1  present  full  -       2026-11-05T21:00:00+09:00  64 MiB  m1      2026-11-05T21:00:00+09:00
                        """);
        assertThat(run("generations", "data", "--gone").out())
                .contains("data@2  gone ")
                .doesNotContain("GROUP");
        assertThat(run("generations", "other").err()).isEqualTo("no generations are known\n");
        JsonNode json = new ObjectMapper()
                .readTree(run("generations", "--gone", "--json").out());
        assertThat(json.at("/1/state").asText()).isEqualTo("gone");
        assertThat(json.at("/1/seen").asText()).isEqualTo("2026-11-05T11:00:00.123456Z");
    }

    @Test
    void generationsOfGroupsSayWhose() {
        GenerationGroup docs = new GenerationGroup("docs", Meta.ALL, List.of("*"));
        platform.catalog.generations.add(
                new KnownGeneration(Platform.generation(3, null, null, docs, null), State.AWAY, Platform.NOON));
        assertThat(run("generations").out()).containsPattern("data@3 +away +full +- +docs ");
    }

    @Test
    void jobsAndGroups() {
        assertThat(run("jobs").out().lines()).hasSize(3);
        assertThat(run("jobs", "--limit", "1").out()).contains(" 7  backup").doesNotContain(" 3  backup");
        assertThat(run("jobs", "--kind", "merge").err()).isEqualTo("no such jobs are known\n");
        assertThat(run("jobs", "--limit", "0").exit()).isEqualTo(2);
        assertThat(run("groups").out())
                .isEqualTo(
                        """
                        NAME  DISK  LIST
                        docs  data  dir_A/*, X dir_D/file_d
                        """);
    }

    @Test
    void rebuildIsAJob() {
        platform.catalog.job = new FakeJob(Platform.job(9, JobInfo.State.DONE, null, Map.of("generations", 2L)));
        assertThat(run("rebuild").out()).startsWith("generations  2\n");
        assertThat(run("rebuild", "--detach").out()).isEqualTo("9\n");
    }
}

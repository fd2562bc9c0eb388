package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.job.JobInfo.State.DONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.backup.RestoreRequest.ToDisk;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionPlan.Entry;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.MergeRequest;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging, moving and proving generations, and what is listed of that. */
class GenerationCareTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void prepare() {
        platform.backups.job = new FakeJob(Platform.job(7, DONE, null, Map.of("generation", "data@3")));
    }

    private Outcome run(String line) {
        String[] words = ("generation " + line).split(" ", -1);
        return platform.run(words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data@1..data@5", "data@1..5"})
    void neighboursAreMerged(String range) {
        assertThat(run("merge " + range).out()).startsWith("generation  data@3\n");
        assertThat(run("merge --to m2 " + range).exit()).isZero();
        assertThat(platform.backups.asked)
                .containsExactly(
                        new MergeRequest("data@1", "data@5", null), new MergeRequest("data@1", "data@5", "m2"));
    }

    @Test
    void oneGenerationCanOnlyBeMoved() {
        assertThat(run("merge data@2..2").message()).contains("nothing to merge in one generation; --to MEDIUM would");
        assertThat(run("merge data@2..2 --to m2").exit()).isZero();
        assertThat(platform.backups.asked).containsExactly(new MergeRequest("data@2", "data@2", "m2"));
    }

    @Test
    void whatNeedNotBeKeptIsMerged() {
        assertThat(run("merge --auto data --keep last=7,daily=14 --keep yearly=0")
                        .exit())
                .isZero();
        assertThat(platform.backups.asked)
                .containsExactly(new RetentionRequest("data", null, new Retention(7, 0, 14, 0, 0, 0), false));
    }

    @Test
    void aDiskThatIsGoneMayHaveGenerationsToMerge() {
        platform.disks.disks.remove("data");
        assertThat(run("merge --auto data --keep last=7").exit()).isZero();
        assertThat(run("merge --auto dada --keep last=7").message())
                .isEqualTo("generation merge: there is no disk 'dada'; see 'disk list'");
        assertThat(platform.backups.asked).hasSize(1);
    }

    @Test
    void aDryRunShowsWhatWouldBeDone() throws IOException {
        platform.add(Platform.generation(3, "data@1", null, null));
        platform.backups.plan = new RetentionPlan(
                List.of(new Entry("data@1", null, "data@3"), new Entry("data@3", "last, daily", null)),
                List.of(new MergeRequest("data@1", "data@3", null)),
                List.of());
        String line = "merge --auto data --keep last=1,hourly=2,daily=3,weekly=4,monthly=5,yearly=6 --dry-run";
        Outcome outcome = run(line);
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        ID      INSTANT                    KEPT         BECOMES PART OF
                        data@1  2026-11-05T21:00:00+09:00  -            data@3
                        data@3  2026-11-05T21:00:00+09:00  last, daily  -
                        """);
        assertThat(outcome.err())
                .isEqualTo("of 2 generations 1 would be merged into another, by 1 merge; nothing was done\n");
        assertThat(platform.backups.asked)
                .containsExactly(new RetentionRequest("data", null, new Retention(1, 2, 3, 4, 5, 6), false));
        JsonNode json = new ObjectMapper().readTree(run(line + " --json").out());
        assertThat(json.at("/entries/0/into").asText()).isEqualTo("data@3");
        assertThat(json.at("/entries/1/kept").asText()).isEqualTo("last, daily");
        assertThat(json.at("/merges/0/from").asText()).isEqualTo("data@1");
    }

    @Test
    void chainsAreMoved() {
        assertThat(run("rebase data@1 --to m2").exit()).isZero();
        assertThat(run("rebase data@1 --to m2 --merged").exit()).isZero();
        assertThat(platform.backups.asked)
                .containsExactly(new RebaseRequest("data@1", "m2", false), new RebaseRequest("data@1", "m2", true));
    }

    @Test
    void drillsAreMade() {
        platform.folder = Path.of("/here");
        assertThat(run("drill data@1").exit()).isZero();
        assertThat(run("drill data@1 --scratch tmp").exit()).isZero();
        assertThat(platform.backups.asked)
                .containsExactly(new DrillRequest("data@1", null), new DrillRequest("data@1", Path.of("/here/tmp")));
    }

    @Test
    void aRestoreMayTakeOnlyWhatCameAfterAMark() {
        assertThat(run("restore data@1 --to-disk data --after monday --force").exit())
                .isZero();
        assertThat(platform.backups.asked)
                .containsExactly(new RestoreRequest("data@1", new ToDisk("data", "n1"), "monday", 0));
    }

    @Test
    void theLastProofIsListed() throws IOException {
        platform.width = 0;
        platform.colour = true;
        platform.backups.drills.put(
                "data@1", new Drill("data@1", Platform.NOON, null, "e2fsck 1.47.0", 1200, 90L << 20, "ab12"));
        platform.backups.drills.put(
                "data@2", new Drill("data@2", Platform.NOON, "/etc/hosts cannot be read", null, 1, 7, null));
        assertThat(run("list").out())
                .contains("\u001b[32m2026-11-05\u001b[0m")
                .contains("\u001b[31mfailed 2026-11-05\u001b[0m");
        platform.colour = false;
        assertThat(run("list").out()).containsPattern("PROVEN +PROBLEM\n").containsPattern("m1 +2026-11-05 +-\n");
        assertThat(run("info data@1").out())
                .containsPattern("proven +2026-11-05T21:00:00\\+09:00, e2fsck 1.47.0, 1200 files, 90 MiB\n");
        assertThat(run("info data@2").out())
                .containsPattern("proven +2026-11-05T21:00:00\\+09:00, failed: /etc/hosts cannot be read\n");
        assertThat(platform.run("status").out())
                .containsPattern("generation data@2 +its last drill failed: /etc/hosts cannot be read\n");
        JsonNode json = new ObjectMapper().readTree(run("list --json").out());
        assertThat(json.at("/0/drill/digest").asText()).isEqualTo("ab12");
        assertThat(json.at("/1/drill/problem").asText()).isEqualTo("/etc/hosts cannot be read");
    }

    @Test
    void whatWasNeverProvenIsSaidToBeSo() throws IOException {
        assertThat(run("list").out()).doesNotContain("PROVEN");
        assertThat(run("info data@1").out()).containsPattern("proven +never; see 'generation drill --help'\n");
        assertThat(new ObjectMapper()
                        .readTree(run("info data@1 --json").out())
                        .get("drill")
                        .isNull())
                .isTrue();
    }

    @Test
    void aChainSaysWhatItCosts() throws IOException {
        platform.add(Platform.generation(3, "data@1", null, null));
        platform.generations.asked = 1.44;
        assertThat(run("info data@3").out())
                .containsPattern("chain +2 generations, 128 MiB; a read asks 1.4 of them\n");
        assertThat(platform.generations.read)
                .hasSize(16)
                .contains(0L, 240L << 20)
                .doesNotHaveDuplicates();
        JsonNode json = new ObjectMapper().readTree(run("info data@3 --json").out());
        assertThat(json.get("chainStoredBytes").asLong()).isEqualTo(128L << 20);
        assertThat(json.get("generationsAsked").asDouble()).isEqualTo(1.44);
    }

    /** R2: what it is asked for is what it has; there may be nothing. */
    @Test
    void soDoesOneOfAGroup() throws IOException {
        GenerationGroup docs = new GenerationGroup("docs", Meta.ALL, List.of("/docs"));
        platform.add(Platform.generation(3, "data@1", null, docs, null));
        platform.generations.set = BlockSet.of(new BlockRun(3, 5), new BlockRun(50, 1), new BlockRun(60_000, 26));
        assertThat(run("info data@3").out()).contains("a read asks 1.0 of them").doesNotContain("reading");
        assertThat(platform.generations.read)
                .hasSize(16)
                .contains(3 * 4096L, 5 * 4096L, 60_024 * 4096L)
                .doesNotHaveDuplicates();
        platform.generations.set = BlockSet.empty();
        assertThat(run("info data@3").out())
                .containsPattern("chain +2 generations, 128 MiB\n")
                .doesNotContain("reading");
    }

    @Test
    void aChainThatCannotBeReadSaysSo() throws IOException {
        platform.add(Platform.generation(3, "data@1", null, null));
        platform.generations.unreadable = "data@1: frame 7 is damaged";
        assertThat(run("info data@3").out())
                .containsPattern("chain +2 generations, 128 MiB\n")
                .containsPattern("reading +data@1: frame 7 is damaged\n");
        platform.add(Platform.generation(4, "data@2", null, null));
        JsonNode json = new ObjectMapper().readTree(run("info data@4 --json").out());
        assertThat(json.get("readProblem").asText()).isEqualTo("data@2: its manifest is damaged");
        assertThat(json.get("generationsAsked").isNull()).isTrue();
        assertThat(run("info data@2").out()).doesNotContain("reading");
    }
}

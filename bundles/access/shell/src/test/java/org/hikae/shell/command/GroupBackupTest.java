package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.job.JobInfo.State.DONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.BackupRequest.OfGroup;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionPlan.Entry;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.group.Group;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.Layout;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups of groups, and what is done with their generations (b.6, b.7). */
class GroupBackupTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void prepare() throws IOException {
        platform.groups.add(new Group("docs", "data", List.of("dir_A/*")));
        platform.groups.add(new Group("mail", "データ", List.of("*.eml")));
        platform.backups.job = new FakeJob(Platform.job(7, DONE, null, Map.of("generation", "data@3")));
        GenerationGroup docs = new GenerationGroup("docs", Meta.GROUP, List.of("/a", "X dir_D/file_d"));
        platform.add(Platform.generation(3, null, null, docs, null));
    }

    private Outcome run(String line) {
        String[] words = line.split(" ", -1);
        return platform.run(words[0], java.util.Arrays.copyOfRange(words, 1, words.length));
    }

    private static BackupRequest request(String disk, boolean differential, OfGroup group) {
        return new BackupRequest(
                disk, "m1", List.of(), new CopyLimits(0, 0), Layout.PACKED, differential, null, Quieting.NONE, group);
    }

    @Test
    void aGroupIsBackedUpFromItsDisk() {
        assertThat(run("backup run --group docs --to m1").exit()).isZero();
        assertThat(run("backup run --group docs --to m1 --meta group --differential")
                        .exit())
                .isZero();
        assertThat(platform.backups.asked)
                .containsExactly(
                        request("data", false, new OfGroup("docs", Meta.ALL)),
                        request("data", true, new OfGroup("docs", Meta.GROUP)));
    }

    @Test
    void severalGroupsAreAsSeveralDisks() {
        platform.backups.jobs.put("docs", new FakeJob(Platform.job(8, DONE, null, Map.of("generation", "data@4"))));
        Outcome outcome = run("backup run data --group docs,mail --to m1");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).containsSubsequence("data@3", "data@4", "data@3");
        assertThat(platform.backups.asked)
                .containsExactly(
                        request("data", false, null),
                        request("data", false, new OfGroup("docs", Meta.ALL)),
                        request("データ", false, new OfGroup("mail", Meta.ALL)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--to m1 | give the disks to back up, or groups with --group",
                "data --to m1 --meta all | --meta goes with --group",
                "--group docs --to m1 --meta some | --meta is 'all' or 'group', not 'some'",
                "--group docs,docs --to m1 | group 'docs' is given twice",
                "--group docs --to m1,m2 | 2 media for 1 group: give one for all, or one for each",
                "a b --group docs --to m1,m2 | 2 media for 2 disks and 1 group: give one for all, or one for each",
                "--group docs --to m1 --layout image | an image is whole: --layout image does not go with --group",
                "--group docs --to m1 --differential --since monday | --since does not go with --group: a group's changes"
                        + " are taken since its own last backup"
            })
    void whatDoesNotGoTogetherIsTold(String arguments, String message) {
        Outcome outcome = run("backup run " + arguments);
        assertThat(outcome.message()).isEqualTo("backup run: " + message + "; see 'backup run --help'");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(platform.backups.asked).isEmpty();
    }

    @Test
    void aGroupThatIsNotThereIsNamed() {
        assertThat(run("backup run --group dosc --to m1").message())
                .isEqualTo("backup run: there is no group 'dosc'; see 'group list'");
    }

    @Test
    void listingsShowTheGroup() throws IOException {
        platform.width = 0;
        assertThat(run("generation list").out())
                .containsPattern("ID +KIND +PARENT +GROUP +INSTANT")
                .containsPattern("data@1 +full +- +- +2026")
                .containsPattern("data@3 +full +- +docs +2026");
        assertThat(run("generation list --group docs --json").out())
                .contains("data@3")
                .doesNotContain("data@1");
        assertThat(run("generation list --group mail").err()).contains("there are no generations");
        assertThat(run("generation list --group dosc").message()).contains("did you mean 'docs'?");
        platform.groups.remove("docs");
        assertThat(run("generation list --group docs").exit())
                .as("generations outlive groups")
                .isZero();
        platform.generations.generations.remove("data@3");
        assertThat(run("generation list").out()).doesNotContain("GROUP");
    }

    @Test
    void infoShowsTheListThatWasInForce() throws IOException {
        assertThat(run("generation info data@3").out())
                .containsPattern("group +docs\nnames of +its files\nlist +/a\nlist +X dir_D/file_d\n");
        assertThat(run("generation info data@1").out()).doesNotContain("names of");
        JsonNode json =
                new ObjectMapper().readTree(run("generation info data@3 --json").out());
        assertThat(json.get("group").asText()).isEqualTo("docs");
        assertThat(json.get("meta").asText()).isEqualTo("group");
        assertThat(json.at("/groupList/1").asText()).isEqualTo("X dir_D/file_d");
    }

    @Test
    void filesCanBeThoseOfAGroup() throws IOException {
        platform.generations.set = BlockSet.range(0, 100);
        assertThat(run("generation files data@3 --members").out().lines())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("/a");
        platform.groups.replace(new Group("docs", "data", List.of("*")));
        assertThat(run("generation files data@1 --group docs").out().lines()).hasSize(4);
        assertThat(run("generation files data@1 /a --group docs").out().lines()).hasSize(1);
        assertThat(run("generation files data@1 --members").message())
                .isEqualTo(
                        "generation files: generation data@1 is of no group, but of the whole disk; --group GROUP shows"
                                + " those of a group");
        assertThat(run("generation files data@1 --members --group docs").exit()).isEqualTo(2);
    }

    @Test
    void filesGoToAFolderOrOntoADisk() {
        platform.folder = Path.of("/here");
        assertThat(run("generation get data@3 /etc --to x").exit()).isZero();
        assertThat(run("generation get data@3 / --group docs --to-disk data").exit())
                .isZero();
        assertThat(run("generation get data@3 /a --to-disk data:/b --node n1").exit())
                .isZero();
        assertThat(platform.backups.asked)
                .containsExactly(
                        new FilesRequest("data@3", "/etc", null, new FilesRequest.ToFolder(Path.of("/here/x"), false)),
                        new FilesRequest("data@3", "/", "docs", new FilesRequest.ToDisk("data", null, "n1")),
                        new FilesRequest("data@3", "/a", null, new FilesRequest.ToDisk("data", "/b", "n1")));
        assertThat(run("generation get data@3 /a").message())
                .contains("give either --to LOCAL or --to-disk DISK[:PATH]");
        assertThat(run("generation get data@3 /a --to x --node n1").exit()).isEqualTo(2);
        assertThat(run("generation get data@3 /a --to-disk data --overwrite").exit())
                .isEqualTo(2);
        assertThat(run("generation get data@3 /a --to-disk dada").message()).contains("did you mean 'data'?");
        assertThat(run("generation get data@3 /a --to-disk data:b").exit()).isEqualTo(2);
    }

    @Test
    void aRestoreInPlaceSaysThatItReplacesFiles() {
        assertThat(run("generation restore data@3 --to-disk data").message())
                .contains("this replaces the files of group docs on disk data (/srv/data.img, 256 MiB) with data@3 of");
    }

    @Test
    void retentionIsOfTheGroupAlone() {
        assertThat(run("generation merge --auto data --group docs --keep last=2 --remove")
                        .exit())
                .isZero();
        assertThat(platform.backups.asked)
                .containsExactly(new RetentionRequest("data", "docs", new Retention(2, 0, 0, 0, 0, 0), true));
        assertThat(run("generation merge --auto data --group dosc --keep last=2")
                        .message())
                .contains("did you mean 'docs'?");
        assertThat(run("generation merge data@1..2 --remove").message())
                .contains("--group and --remove go with --auto");
    }

    @Test
    void aDryRunShowsWhatWouldBeRemoved() throws IOException {
        platform.backups.plan = new RetentionPlan(
                List.of(new Entry("data@1", null, null), new Entry("data@3", "last", null)),
                List.of(),
                List.of("data@1"));
        Outcome outcome = run("generation merge --auto data --keep last=1 --remove --dry-run");
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        ID      INSTANT                    KEPT  BECOMES PART OF  REMOVED
                        data@1  2026-11-05T21:00:00+09:00  -     -                yes
                        data@3  2026-11-05T21:00:00+09:00  last  -                -
                        """);
        assertThat(outcome.err())
                .isEqualTo("of 2 generations none would be merged, 1 would be removed; nothing was done\n");
        JsonNode json = new ObjectMapper()
                .readTree(run("generation merge --auto data --keep last=1 --dry-run --json")
                        .out());
        assertThat(json.at("/removals/0").asText()).isEqualTo("data@1");
    }

    @Test
    void aPinHoldsAGenerationUntilItIsUnpinned() {
        platform.width = 0;
        assertThat(run("generation pin data@1").out()).isEqualTo("generation data@1 is pinned\n");
        assertThat(run("generation list").out()).containsPattern("HELD").containsPattern("data@1 .* pin ");
        assertThat(run("generation unpin data@2").message())
                .isEqualTo("generation unpin: generation data@2 is not pinned; see 'generation list'");
        assertThat(run("generation unpin data@1").out()).isEqualTo("generation data@1 is not pinned any more\n");
        assertThat(run("generation unpin data@1").exit()).isEqualTo(1);
        assertThat(run("generation pin data@9").message()).contains("there is no generation data@9");
    }
}

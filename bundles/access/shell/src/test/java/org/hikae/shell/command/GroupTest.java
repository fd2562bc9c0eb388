package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.group.Group;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.schedule.Schedule;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code group} (b.1 to b.3). */
class GroupTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void prepare() throws IOException {
        platform.add(new DiskStatus("home", Path.of("/srv/home.img"), "ext4", "ext", 2 << 20, 1024, null));
        platform.groups.add(new Group("docs", "home", List.of("/a", "X /caf\\xe9")));
    }

    private Outcome run(String... words) {
        return platform.run("group", words);
    }

    private List<String> list(String name) {
        return platform.groups.groups.get(name).list();
    }

    @Test
    void linesAreTakenAsTheyAre() {
        Outcome outcome = run("add", "list1", "home", "dir_A/*", "dir_C/*", "X dir_D/file_d");
        assertThat(outcome.out()).isEqualTo("group list1 is added: 3 lines for files of disk home\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(platform.groups.groups.get("list1"))
                .isEqualTo(new Group("list1", "home", List.of("dir_A/*", "dir_C/*", "X dir_D/file_d")));
    }

    @Test
    void aFileOfLines(@TempDir Path folder) throws IOException {
        platform.folder = folder;
        Files.writeString(folder.resolve("docs.list"), "# documents\n\ndir_A/*\r\n  \n #odd\nX dir_D/file_d\n");
        assertThat(run("add", "g", "home", "--from", "docs.list", "X *.tmp").exit())
                .isZero();
        assertThat(list("g")).containsExactly("dir_A/*", " #odd", "X dir_D/file_d", "X *.tmp");
        platform.input = "one\n#two\n".getBytes(StandardCharsets.UTF_8);
        assertThat(run("edit", "g", "--from", "-").exit()).isZero();
        assertThat(list("g")).containsExactly("one");
    }

    @Test
    void aFileThatIsNoListIsRefused(@TempDir Path folder) throws IOException {
        platform.folder = folder;
        Files.writeString(folder.resolve("empty"), "# nothing\n");
        Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe9, '\n'});
        assertThat(run("add", "g", "home", "--from", "empty").message())
                .isEqualTo("group add: empty has no pattern: blank lines and those that begin with # are none");
        assertThat(run("add", "g", "home", "--from", "latin").message())
                .isEqualTo("group add: latin is not in UTF-8; write \\xHH for a byte of a name that is not");
        Files.createDirectory(folder.resolve("folder"));
        assertThat(run("add", "g", "home", "--from", "folder").message())
                .isEqualTo("group add: folder is a folder, and no list");
        assertThat(run("add", "g", "home", "--from", "none").message()).contains("none: no such file or folder");
        assertThat(platform.groups.groups).containsOnlyKeys("docs");
    }

    @Test
    void whatCannotBeUnderstoodIsToldAtOnce() {
        assertThat(run("add", "g", "home", "[").message()).isEqualTo("group add: line '[' cannot be understood");
        assertThat(run("edit", "docs", "--add", "[").exit()).isEqualTo(1);
        assertThat(list("docs")).hasSize(2);
        assertThat(run("add", "g", "home").message())
                .isEqualTo("group add: give patterns, or --from FILE with some; see 'group add --help'");
    }

    @Test
    void aDiskThatIsNotThereOrHasNoFilesIsAWarning() {
        assertThat(run("add", "g", "hoem", "*").err())
                .isEqualTo("warning: its disk 'hoem' is not there; see 'disk list'\n");
        assertThat(run("add", "r", "data", "*").err()).startsWith("warning: its disk 'data' is raw: ");
        platform.width = 0;
        assertThat(run("list").out()).containsPattern("g +hoem +\\* +- +- +its disk 'hoem' is not there");
        assertThat(run("info", "r").exit()).isZero();
    }

    @Test
    void aListIsReplacedOrGrows() {
        assertThat(run("edit", "docs", "--add", "X *.tmp", "--add", "/b").out())
                .isEqualTo("group docs has 4 lines now; its next backup takes what they say\n");
        assertThat(list("docs")).containsExactly("/a", "X /caf\\xe9", "X *.tmp", "/b");
        assertThat(run("edit", "docs", "dir_A/*").out()).startsWith("group docs has a line now;");
        assertThat(platform.groups.groups.get("docs")).isEqualTo(new Group("docs", "home", List.of("dir_A/*")));
        assertThat(run("edit", "docs").message())
                .contains(
                        "give either the lines of the new list", "'group info docs --lines' prints those that it has");
        assertThat(run("edit", "docs", "x", "--add", "y").exit()).isEqualTo(2);
        assertThat(run("edit", "dosc", "x").message()).contains("there is no group 'dosc'");
    }

    @Test
    void theListAloneCanBeGivenBack() {
        assertThat(run("info", "docs", "--lines").out()).isEqualTo("/a\nX /caf\\xe9\n");
        assertThat(run("edit", "docs", "#a", "X #b").exit()).isZero();
        platform.input = run("info", "docs", "--lines").out().getBytes(StandardCharsets.UTF_8);
        assertThat(run("edit", "docs", "--from", "-").exit()).isZero();
        assertThat(list("docs")).as("the same patterns").containsExactly("\\#a", "X #b");
        assertThat(run("info", "docs", "--lines", "--json").exit()).isEqualTo(2);
    }

    @Test
    void listings() {
        platform.groups.groups.put("more", new Group("more", "home", List.of("a", "b", "c", "d")));
        platform.add(Platform.generation(3, null, null, new GenerationGroup("docs", Meta.ALL, List.of()), null));
        platform.groups.groups.put("docs", new Group("docs", "data", List.of("a")));
        platform.add(new DiskStatus("data", Path.of("/srv/data.img"), "ext4", "ext", 2 << 20, 1024, null));
        platform.width = 0;
        assertThat(run("list").out())
                .isEqualTo(
                        """
                        NAME  DISK  LIST                    LAST BACKUP  AT
                        docs  data  a                       data@3       2026-11-05T21:00:00+09:00
                        more  home  a, b, c, ... (4 lines)  -            -
                        """);
        platform.groups.groups.clear();
        assertThat(run("list").err()).isEqualTo("there are no groups; see 'group add --help'\n");
    }

    @Test
    void filesAreTheMembersAlone() throws IOException {
        assertThat(run("files", "docs").out())
                .isEqualTo("-rwSr--r--    2   1000    100          3000  2026-11-05T21:00:00+09:00  /a\n");
        JsonNode files = json("files", "docs", "--json");
        assertThat(files).hasSize(1);
        assertThat(files.get(0).get("extents")).hasToString("[[0,40,1],[1,50,2]]");
        platform.groups.groups.put("docs", new Group("docs", "home", List.of("/nowhere")));
        assertThat(run("files", "docs").out()).isEmpty();
        assertThat(json("files", "docs", "--json")).isEmpty();
    }

    @Test
    void blocksAreRunsAsInFigure24() throws IOException {
        assertThat(run("blocks", "docs").out())
                .isEqualTo(
                        """
                         FIRST  BLOCKS
                            40       1
                            50       2
                        """);
        assertThat(run("blocks", "docs").err()).isEqualTo("3 of 2048 blocks of 1 KiB\n");
        assertThat(json("blocks", "docs", "--json"))
                .hasToString("{\"blockSize\":1024,\"blockCount\":2048,\"runs\":[[40,1],[50,2]]}");
    }

    @Test
    void infoTellsWhatIsInItNow() throws IOException {
        platform.groups.groups.put("docs", new Group("docs", "home", List.of("*", "X *.tmp")));
        platform.schedules.add(new Schedule(
                "nightly", new Schedule.OfGroup("docs", Meta.ALL), "m1", null, null, null, null, null, false));
        platform.schedules.add(
                new Schedule("other", new Schedule.OfDisk("docs"), "m1", null, null, null, null, null, false));
        assertThat(run("info", "docs").out())
                .isEqualTo(
                        """
                        name         docs
                        disk         home
                        list         *
                        list         X *.tmp
                        files        2
                        directories  1
                        content      2.93 KiB (3000 bytes)
                        blocks       3 of 1024 bytes
                        last backup  -
                        schedules    nightly
                        """);
        JsonNode json = json("info", "docs", "--json");
        assertThat(json.get("list")).hasToString("[\"*\",\"X *.tmp\"]");
        assertThat(json.get("files").asLong())
                .as("two names of one file, and a symlink")
                .isEqualTo(2);
        assertThat(json.get("lastBackup").isNull()).isTrue();
    }

    @Test
    void infoOfAGroupWhoseDiskIsGone() throws IOException {
        platform.disks.disks.remove("home");
        Outcome outcome = run("info", "docs");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out())
                .containsPattern("files +-\n")
                .containsPattern("problem +its disk 'home' is not there");
        assertThat(json("info", "docs", "--json").get("blocks").isNull()).isTrue();
        assertThat(run("files", "docs").message()).contains("there is no disk home");
    }

    @Test
    void removalNamesTheSchedulesThatAreLeft() throws IOException {
        platform.schedules.add(new Schedule(
                "nightly", new Schedule.OfGroup("docs", Meta.ALL), "m1", null, null, null, null, null, false));
        Outcome outcome = run("remove", "docs");
        assertThat(outcome.out()).isEqualTo("group docs is removed; its files and its generations stay\n");
        assertThat(outcome.err())
                .isEqualTo("warning: of this group are still the schedules nightly; see 'schedule remove --help'\n");
        assertThat(platform.groups.groups).isEmpty();
    }

    private JsonNode json(String... words) throws IOException {
        return new ObjectMapper().readTree(run(words).out());
    }
}

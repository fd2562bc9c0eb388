package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.junit.jupiter.api.Test;

/** Which files are meant by a path, a group, and what the generation is of. */
class ChosenFilesTest {

    private final FakeTree tree = new FakeTree()
            .directory("/", 2)
            .directory("/a", 3)
            .directory("/a/b", 4)
            .file("/a/b/c", 5, 10)
            .file("/a/b/d", 6, 20)
            .file("/a/e", 7, 40)
            .directory("/ab", 8)
            .file("/ab/f", 9, 80);
    private final PrefixGroups groups = new PrefixGroups().with("g", "/a/b", "/ab");

    private ChosenFiles choose(String path, String group, String... recorded) throws IOException {
        GenerationGroup of = recorded.length == 0 ? null : new GenerationGroup("r", Meta.ALL, List.of(recorded));
        GenerationInfo info = new GenerationInfo(
                "d@1", "d", null, 1, "full", null, null, of, null, null, 0, 512, "fake", 0, 0, 0, 0, 0, null, null, "m",
                "m", 0, null);
        FilesRequest request =
                new FilesRequest("d@1", path, group, new FilesRequest.ToFolder(Path.of("/nowhere"), false));
        return ChosenFiles.of(request, info, tree, groups);
    }

    /** Paths, with a mark at what is only on the way. */
    private static List<String> walk(ChosenFiles files) throws IOException {
        List<String> paths = new ArrayList<>();
        files.walk((file, member) -> paths.add(file.path() + (member ? "" : " on the way")));
        return paths;
    }

    @Test
    void allAtAPath() throws IOException {
        assertThat(walk(choose("/", null))).hasSize(8);
        assertThat(walk(choose("/a/b", null))).containsExactly("/a/b", "/a/b/c", "/a/b/d");
        assertThat(choose("/a/b", null).bytes(Progress.NONE)).isEqualTo(30);
        assertThat(choose("/a/b/c", null).above()).extracting(FileEntry::path).containsExactly("/", "/a", "/a/b");
        assertThat(choose("/", null).above()).isEmpty();
    }

    @Test
    void membersOfAGroupWithTheirDirectories() throws IOException {
        assertThat(walk(choose("/", "g")))
                .containsExactly("/ on the way", "/a on the way", "/a/b", "/a/b/c", "/a/b/d", "/ab", "/ab/f");
        assertThat(walk(choose("/a", "g"))).containsExactly("/a on the way", "/a/b", "/a/b/c", "/a/b/d");
        assertThat(walk(choose("/a/b/d", "g"))).containsExactly("/a/b/d");
        assertThat(choose("/a", "g").bytes(Progress.NONE)).isEqualTo(30);
    }

    @Test
    void whereNothingIsOfTheGroupIsNamed() throws IOException {
        ChosenFiles none = choose("/a/e", "g");
        assertThatThrownBy(() -> none.bytes(Progress.NONE))
                .hasMessage("no file at /a/e in d@1 is of group 'g' as its list stands now; see 'group info g'");
        assertThatThrownBy(() -> choose("/", "h")).hasMessage("there is no group h");
        assertThatThrownBy(() -> choose("/x", "g"))
                .hasMessage("there is no file /x in d@1; see 'generation files d@1'");
    }

    /** What is no member has a name there and no content: it is left out, unless it is named. */
    @Test
    void aGroupsGenerationHasMembersAlone() throws IOException {
        assertThat(walk(choose("/", null, "/a/b/c", "/a/e")))
                .containsExactly("/ on the way", "/a on the way", "/a/b on the way", "/a/b/c", "/a/e");
        ChosenFiles none = choose("/ab", null, "/a/b/c");
        assertThatThrownBy(() -> none.bytes(Progress.NONE))
                .hasMessageStartingWith(
                        "at /ab is nothing of group 'r', and d@1 has the content of that group's files" + " alone");
    }

    @Test
    void aGroupInAnothersGenerationIsWhatBothHave() throws IOException {
        assertThat(walk(choose("/", "g", "/a/b/c", "/a/e")))
                .containsExactly("/ on the way", "/a on the way", "/a/b", "/a/b/c");
        ChosenFiles none = choose("/", "g", "/a/e");
        assertThatThrownBy(() -> none.bytes(Progress.NONE)).hasMessageStartingWith("no file at / in d@1");
    }
}

package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.group.Group;
import org.hikae.api.schedule.Schedule;
import org.hikae.shell.call.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    private final Platform platform = Platform.filled();

    /** Completes the last word of the line. */
    private List<String> complete(String line) throws IOException {
        List<String> words = List.of(line.split(" ", -1));
        Call call = new Call(
                platform.caller(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
                platform,
                platform.cancellation);
        return new Completion(call).candidates(words.size() - 1, words);
    }

    @Test
    void things() throws IOException {
        assertThat(complete("")).contains("backup", "disk", "status");
        assertThat(complete("b")).containsExactly("backup", "bilog");
        assertThat(complete("nothing ")).isEmpty();
        platform.carried = List.of("client", "status");
        assertThat(complete("")).containsExactly("client", "status");
    }

    @Test
    void verbsAndOptions() throws IOException {
        assertThat(complete("disk "))
                .containsExactly("add", "blocks", "check", "files", "format", "info", "list", "owner", "remove");
        assertThat(complete("disk r")).containsExactly("remove");
        assertThat(complete("disk add a b --"))
                .contains("--format", "--block-size", "--help")
                .doesNotContain("-h");
        assertThat(complete("status --j")).containsExactly("--json");
        assertThat(complete("disk nonsense ")).isEmpty();
    }

    @Test
    void namesByWhatTheyMean() throws IOException {
        assertThat(complete("disk info ")).containsExactly("data", "データ");
        assertThat(complete("backup run data --to ")).containsExactly("m1", "m2");
        assertThat(complete("backup run --to m1 d")).containsExactly("data");
        assertThat(complete("generation info data@")).containsExactly("data@1", "data@2");
        assertThat(complete("node write n1 da")).containsExactly("data");
        assertThat(complete("job info ")).containsExactly("1", "2");
        assertThat(complete("medium add x d")).containsExactly("directory", "dream");
        assertThat(complete("bilog strategy --place ")).containsExactly("medium", "overlay", "separate", "their-place");
        assertThat(complete("bilog strategy data --gather p")).containsExactly("per-node");
        assertThat(complete("bilog strategy --overload ")).containsExactly("fail-backup", "hold-writes");
        assertThat(complete("backup run data --layout ")).containsExactly("image", "packed");
        assertThat(complete("backup run data d")).containsExactly("data");
        assertThat(complete("job pause ")).containsExactly("1", "2");
        assertThat(complete("disk info data ")).isEmpty();
    }

    @Test
    void namesAfterCommas() throws IOException {
        platform.nodes.add("n2");
        assertThat(complete("backup run data --nodes n1,")).containsExactly("n1,n1", "n1,n2");
        assertThat(complete("backup run data --rate 200MB/s,n2")).containsExactly("200MB/s,n2=");
        assertThat(complete("backup run data --workers ")).containsExactly("n1=", "n2=");
        assertThat(complete("backup run data データ --to m1,")).containsExactly("m1,m1", "m1,m2");
    }

    @Test
    void rangesOfGenerations() throws IOException {
        platform.add(Platform.generation(3, "data@1", null, null));
        assertThat(complete("generation merge data@")).containsExactly("data@1..", "data@2..", "data@3..");
        assertThat(complete("generation merge data@1..")).containsExactly("data@1..data@2", "data@1..data@3");
        assertThat(complete("generation merge data@1..data@3")).containsExactly("data@1..data@3");
        assertThat(complete("generation merge other@1..")).isEmpty();
        assertThat(complete("generation merge --auto d")).containsExactly("data");
        assertThat(complete("generation merge --auto data --keep last=7,mon")).containsExactly("last=7,monthly=");
        assertThat(complete("generation mount data@1 --in-place --to d")).containsExactly("data");
        assertThat(complete("generation rebase data@1 --to ")).containsExactly("m1", "m2");
        assertThat(complete("generation restore data@1 --after ")).containsExactly("monday");
    }

    @Test
    void pathsOfTheCaller(@TempDir Path folder) throws IOException {
        platform.folder = folder;
        Files.createDirectories(folder.resolve("my images/deep"));
        Files.createFile(folder.resolve("my.img"));
        Files.createFile(folder.resolve(".hidden"));
        Files.createFile(folder.resolve("my images/データ.img"));
        assertThat(complete("disk add x ")).containsExactly("my images/", "my.img");
        assertThat(complete("disk add x .h")).containsExactly(".hidden");
        assertThat(complete("generation restore data@1 --to my.")).containsExactly("my.img");
        assertThat(complete("bilog replay first my.")).containsExactly("my.img");
        assertThat(complete("bilog replay first --onto my.")).containsExactly("my.img");
        List<String> words = List.of("node", "write", "n1", "data", "--from", "my images/");
        Call call = new Call(
                platform.caller(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
                platform,
                platform.cancellation);
        assertThat(new Completion(call).candidates(5, words)).containsExactly("my images/deep/", "my images/データ.img");
        assertThat(complete("medium add m directory " + folder + "/my"))
                .containsExactly(folder + "/my images/", folder + "/my.img");
        assertThat(complete("disk add x nowhere/")).isEmpty();
    }

    @Test
    void filesOnDisks(@TempDir Path folder) throws IOException {
        platform.share(folder);
        platform.folder = folder;
        Files.createDirectories(folder.resolve("dir/deep"));
        Files.createFile(folder.resolve("wood.txt"));
        assertThat(complete("fs ls ")).containsExactly("work:/");
        assertThat(complete("fs ls work:")).containsExactly("work:/dir/", "work:/wood.txt");
        assertThat(complete("fs rm -r work:/d")).containsExactly("work:/dir/");
        assertThat(complete("fs cp work:/wood.txt work:/dir/")).containsExactly("work:/dir/deep/");
        assertThat(complete("fs put wo")).containsExactly("wood.txt", "work:/");
        assertThat(complete("fs get work:/w")).containsExactly("work:/wood.txt");
        assertThat(complete("fs ls data:/")).isEmpty();
        assertThat(complete("fs df w")).containsExactly("work");
        assertThat(complete("disk format work ")).containsExactly("shared");
    }

    @Test
    void groupsSchedulesAndWhatTheyAreMadeOf() throws IOException {
        platform.groups.add(new Group("docs", "data", List.of("*")));
        platform.schedules.add(new Schedule("nightly", null, null, null, null, null, null, null, false));
        assertThat(complete("group files ")).containsExactly("docs");
        assertThat(complete("group add docs d")).containsExactly("data");
        assertThat(complete("backup run --group docs,d")).containsExactly("docs,docs");
        assertThat(complete("backup run --group docs --meta ")).containsExactly("all", "group");
        assertThat(complete("schedule run n")).containsExactly("nightly");
        assertThat(complete("schedule add x --zone Europe/Berl")).containsExactly("Europe/Berlin");
        assertThat(complete("schedule add x --keep last=7,mon")).containsExactly("last=7,monthly=");
        assertThat(complete("generation pin data@1")).containsExactly("data@1");
        assertThat(complete("catalog generations d")).containsExactly("data");
    }

    @Test
    void tapes() throws IOException {
        platform.tapes.fill();
        assertThat(complete("tape li")).containsExactly("library", "list");
        assertThat(complete("tape library ")).containsExactly("add", "info", "list", "remove");
        assertThat(complete("tape library info ")).containsExactly("lib", "old");
        assertThat(complete("tape library add x v")).containsExactly("virtual");
        assertThat(complete("tape library add x virtual d --ca")).containsExactly("--capacity");
        assertThat(complete("tape info ")).containsExactly("HK1", "HK2", "HK3");
        assertThat(complete("tape label HK1 --pool ")).containsExactly("default", "off-site");
        assertThat(complete("tape verify ")).containsExactly("HK1", "HK2", "HK3", "data@1", "data@2");
        assertThat(complete("tape write data@1 ")).containsExactly("data@1", "data@2");
        assertThat(complete("tape migrate --disk d")).containsExactly("data");
        assertThat(complete("tape buffer ")).containsExactly("auto", "m1", "m2", "none");
        assertThat(complete("catalog rebuild --from ")).containsExactly("tape");
        assertThat(complete("generation evict data@1")).containsExactly("data@1");
        platform.services.clear();
        assertThat(complete("tape info ")).isEmpty();
        assertThat(complete("tape library info ")).isEmpty();
        assertThat(complete("tape library nonsense ")).isEmpty();
    }

    @Test
    void nodesThatAreDown() throws IOException {
        platform.nodes.add("n2");
        platform.nodes.kill("n2");
        assertThat(complete("node start ")).containsExactly("n2");
        assertThat(complete("node kill ")).containsExactly("n1");
    }

    @Test
    void nothingWithoutUnits() throws IOException {
        platform.services.clear();
        assertThat(complete("disk info ")).isEmpty();
        assertThat(complete("generation info ")).isEmpty();
    }

    @Test
    void wordsAfterTheCursorDoNotMatter() throws IOException {
        Call call = new Call(
                platform.caller(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
                platform,
                platform.cancellation);
        assertThat(new Completion(call).candidates(1, List.of("disk", "re", "data")))
                .containsExactly("remove");
        assertThat(new Completion(call).candidates(5, List.of("disk"))).isEmpty();
    }
}

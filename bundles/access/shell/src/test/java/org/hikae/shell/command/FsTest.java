package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Random;
import org.hikae.api.disk.DiskStatus;
import org.hikae.io.UnixFiles;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of a disk, which are those of a folder here, and the caller's beside them. */
class FsTest {

    private final Platform platform = Platform.filled();
    private Path disk;
    private Path local;

    @BeforeEach
    void share(@TempDir Path temp) throws IOException {
        disk = Files.createDirectory(temp.resolve("disk"));
        local = Files.createDirectory(temp.resolve("local"));
        platform.share(disk);
        platform.folder = local;
        platform.width = 0;
    }

    private Outcome fs(String line) {
        return platform.run("fs", line.split(" ", -1));
    }

    private Path file(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(file, "unix:uid", Files.getAttribute(disk, "unix:uid"));
        UnixFiles.setTimes(file, Platform.NOON, Platform.NOON);
        return file;
    }

    @Test
    void lists() throws IOException {
        file(disk, "b", "12345");
        file(disk, "a.txt", "1");
        file(disk, ".hidden", "");
        file(disk, "dir/in it", "");
        assertThat(fs("ls work:/").out()).isEqualTo("a.txt\nb\ndir\n");
        assertThat(fs("ls -a work:").out()).isEqualTo(".hidden\na.txt\nb\ndir\n");
        assertThat(fs("ls -R work:/").out()).isEqualTo("work:/:\na.txt\nb\ndir\n\nwork:/dir:\nin it\n");
        assertThat(fs("ls work:/b work:/dir").out()).isEqualTo("work:/b\n\nwork:/dir:\nin it\n");
        platform.width = 80;
        assertThat(fs("ls work:/").out()).isEqualTo("a.txt  b  dir\n");
    }

    @Test
    void listsDetailsInColumns() throws IOException {

        file(disk, "b", "12345".repeat(1000));
        Files.createLink(disk.resolve("c"), disk.resolve("b"));
        Files.createSymbolicLink(disk.resolve("to a"), Path.of("a\u001b[1m"));
        file(disk, "a.txt", "1");
        String owner = Files.getAttribute(disk, "unix:uid") + "  " + Files.getAttribute(disk, "unix:gid");
        assertThat(fs("ls -l work:/").out().lines().limit(3))
                .containsExactly(
                        "-rw-r-----  1  " + owner + "     1  2026-11-05T21:00:00+09:00  a.txt",
                        "-rw-r-----  2  " + owner + "  5000  2026-11-05T21:00:00+09:00  b",
                        "-rw-r-----  2  " + owner + "  5000  2026-11-05T21:00:00+09:00  c");
        assertThat(fs("ls -l work:/").out()).endsWith("to a -> a?[1m\n");
        assertThat(fs("ls -lH work:/b").out()).contains("  4.88 KiB  ");
    }

    @Test
    void listsForPrograms() throws IOException {
        file(disk, "dir/a", "1");
        assertThat(fs("ls -R work:/ --json").out().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"path\":\"work:/dir"))
                .anyMatch(line -> line.contains("\"type\":\"regular\",\"size\":1,\"mode\":416"));
        assertThat(fs("ls work:/dir/a --json").out()).startsWith("[{").endsWith("}]\n");
        Files.delete(disk.resolve("dir/a"));
        assertThat(fs("ls work:/dir --json").out()).isEqualTo("[]\n");
    }

    @Test
    void whatCannotBeListedFailsInTheEnd() throws IOException {
        file(disk, "a", "1");
        Outcome outcome = fs("ls work:/none work:/a");
        assertThat(outcome.out()).isEqualTo("work:/a\n");
        assertThat(outcome.err()).isEqualTo("work:/none: no such file or folder\n");
        assertThat(outcome.message()).isEqualTo("fs ls: 1 file could not be listed");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    void tree() throws IOException {
        file(disk, "a/b/c", "");
        file(disk, "a/d", "");
        file(disk, "e", "");
        assertThat(fs("tree work:/").out())
                .isEqualTo(
                        """
                        work:/
                        ├── a
                        │   ├── b
                        │   │   └── c
                        │   └── d
                        └── e

                        2 folders, 3 files
                        """);
        assertThat(fs("tree work:/ -L 1").out()).isEqualTo("work:/\n├── a\n└── e\n\n1 folder, 1 file\n");
        assertThat(fs("tree work:/ -L 0").exit()).isEqualTo(2);
    }

    @Test
    void catIsExact() throws IOException {
        byte[] bytes = new byte[1 << 16];
        new Random(1).nextBytes(bytes);
        Files.write(disk.resolve("a"), bytes);
        Outcome outcome = fs("cat work:/a work:/none work:/a");
        assertThat(outcome.raw()).hasSize(2 * bytes.length).startsWith(bytes).endsWith(bytes);
        assertThat(outcome.message()).isEqualTo("fs cat: 1 file could not be read");
    }

    @Test
    void putAndGetGoIntoFoldersOrByNewNames() throws IOException {
        file(local, "tree/a", "content");
        file(local, "b", "b");
        Outcome put = fs("put tree b work:/");
        assertThat(put.exit()).isZero();
        assertThat(put.out()).startsWith("2 files, 1 folder copied, 8 B, ");
        assertThat(disk.resolve("tree/a")).hasContent("content");
        assertThat(Files.getLastModifiedTime(disk.resolve("b")).toInstant()).isEqualTo(Platform.NOON);
        assertThat(platform.nodes.flushed).containsExactly("n1");
        assertThat(fs("put tree work:/other").exit()).isZero();
        assertThat(disk.resolve("other/a")).hasContent("content");
        assertThat(fs("get work:/tree new").exit()).isZero();
        assertThat(local.resolve("new/a")).hasContent("content");
        assertThat(fs("get work:/tree work:/b new").exit()).isZero();
        assertThat(local.resolve("new/tree/a")).hasContent("content");
        assertThat(fs("get work:/ all").exit()).isZero();
        assertThat(local.resolve("all/other/a")).hasContent("content");
    }

    @Test
    void aDotIsWhatIsInTheFolder() throws IOException {
        file(local, "a", "a");
        assertThat(fs("put . work:/").exit()).isZero();
        assertThat(disk.resolve("a")).hasContent("a");
        file(disk, "dir/b", "b");
        assertThat(fs("get work:/dir/. .").exit()).isZero();
        assertThat(local.resolve("b")).hasContent("b");
    }

    @Test
    void oneFailureStopsNothing() throws IOException {
        file(local, "a", "a");
        file(local, "b", "b");
        Files.createDirectories(disk.resolve("b"));
        Outcome outcome = fs("put none b a work:/");
        assertThat(disk.resolve("a")).hasContent("a");
        assertThat(outcome.err().lines()).hasSize(2).anyMatch(line -> line.endsWith("b: a folder is in its place"));
        assertThat(outcome.message()).isEqualTo("fs put: 2 files could not be copied");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(fs("put none work:/ --json").out()).contains("\"problem\": \"no such file or folder\"");
        assertThat(fs("put . work:/none/such").message())
                .startsWith("fs put: work:/none/such cannot be made: ")
                .endsWith("/none is no folder that is there");
    }

    @Test
    void disksAndMediaAreNotOverwritten() throws IOException {
        file(disk, "data.img", "x");
        Path image = file(local, "data.img", "the disk");
        platform.add(new DiskStatus("own", image, "raw", "raw", 512, 512, null));
        assertThat(fs("get work:/data.img data.img").message()).contains("is disk 'own'");
        assertThat(fs("get work:/data.img .").err()).contains("is disk 'own'");
        assertThat(image).hasContent("the disk");
        assertThat(fs("get work:/data.img /backup/m1/x").message()).contains("lies in medium 'm1'");
    }

    @Test
    void copiesMovesAndRemoves() throws IOException {
        file(disk, "a", "a");
        file(disk, "dir/b", "b");
        Files.createSymbolicLink(disk.resolve("link"), disk.resolve("a"));
        assertThat(fs("cp work:/link work:/copy").exit()).isZero();
        assertThat(Files.isSymbolicLink(disk.resolve("copy"))).isFalse();
        assertThat(disk.resolve("copy")).hasContent("a");
        assertThat(fs("cp work:/dir work:/dir2").err()).contains("--recursive");
        assertThat(fs("cp -r work:/dir work:/dir2").exit()).isZero();
        assertThat(disk.resolve("dir2/b")).hasContent("b");
        assertThat(fs("mv work:/copy work:/dir2").exit()).isZero();
        assertThat(fs("mv work:/dir2/copy work:/dir2/b").out()).isEqualTo("1 file moved\n");
        assertThat(disk.resolve("dir2/b")).hasContent("a");
        assertThat(fs("rm work:/dir2").err()).contains("--recursive");
        assertThat(fs("rm -r work:/dir2").out()).isEqualTo("1 file, 1 folder removed\n");
        assertThat(disk.resolve("dir2")).doesNotExist();
        assertThat(fs("rm work:/none").exit()).isEqualTo(1);
        assertThat(fs("rm -f work:/none").exit()).isZero();
    }

    @Test
    void movesToAnotherDiskByCopying(@TempDir Path other) throws IOException {
        platform.nodes.folders.put("other", other);
        file(disk, "dir/a", "a");
        assertThat(fs("mv work:/dir other:/").exit()).isZero();
        assertThat(other.resolve("dir/a")).hasContent("a");
        assertThat(disk.resolve("dir")).doesNotExist();
        file(disk, "dir/a", "b");
        Files.delete(other.resolve("dir/a"));
        Files.createDirectories(other.resolve("dir/a"));
        assertThat(fs("mv work:/dir other:/").err()).contains("so it stays");
        assertThat(disk.resolve("dir/a")).hasContent("b");
    }

    @Test
    void theRootStays() {
        assertThat(fs("rm -r work:/").exit()).isEqualTo(2);
        assertThat(fs("rm -rf work:/../.").message()).contains("the root of a disk cannot be removed");
        assertThat(disk).isDirectory();
    }

    @Test
    void makesFolders() {
        assertThat(fs("mkdir work:/a/b").message()).contains("no such file or folder");
        assertThat(fs("mkdir -p work:/a/b").exit()).isZero();
        assertThat(fs("mkdir work:/a").message()).endsWith("exists already");
        assertThat(disk.resolve("a/b")).isDirectory();
    }

    @Test
    void stat() throws IOException {
        file(disk, "a", "123");
        assertThat(fs("stat work:/a").out().lines())
                .contains(
                        "path      work:/a",
                        "type      regular",
                        "links     1",
                        "mode      0640 (-rw-r-----)",
                        "size      3 B",
                        "modified  2026-11-05T21:00:00.123456000+09:00");
        assertThat(fs("stat work:/a --json").out()).contains("\"mtime\": \"2026-11-05T12:00:00.123456Z\"");
    }

    @Test
    void df() {
        assertThat(fs("df").out())
                .isEqualTo(
                        """
                        DISK     SIZE      USED     FREE  USED%  FILES  METADATA  USED%
                        work  234 MiB  58.6 MiB  176 MiB    25%     12    16 MiB    17%
                        """);
        assertThat(fs("df work").out()).isEqualTo(fs("df").out());
        assertThat(fs("df wrk").message()).contains("did you mean 'work'?");
    }

    @Test
    void anyNodeDoesIt() throws IOException {
        file(disk, "a", "a");
        platform.nodes.add("n2");
        assertThat(fs("cat work:/a --node n2").out()).isEqualTo("a");
        assertThat(fs("cat work:/a --node n3").message()).isEqualTo("fs cat: there is no node n3");
        platform.nodes.nodes.clear();
        assertThat(fs("cat work:/a").message()).isEqualTo("fs cat: no node is up; see 'node list'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ls /etc | '/etc' is no file on a disk, such as data:/dir/file",
                "ls work:a | the path in 'work:a' does not begin with a slash",
                "put a b | 'b' is no file on a disk",
                "get a b | 'a' is no file on a disk",
                "put work:/ | local... disk:path requires at least 2 values"
            })
    void isToldWhatAPathIs(String line, String message) {
        Outcome outcome = fs(line);
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.message().toLowerCase(Locale.ROOT)).contains(message);
    }

    @Test
    void contentOfADiskThatIsNotShared() {
        assertThat(fs("ls data:/").err()).contains("disk 'data' is raw");
        assertThat(fs("ls data:/").exit()).isEqualTo(1);
        assertThat(new String(fs("cat data:/a").raw(), StandardCharsets.UTF_8)).isEmpty();
    }
}

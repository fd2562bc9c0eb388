package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.job.JobInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands show of the file system on a disk. */
class DiskFileSystemTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void addDisk() {
        platform.add(new DiskStatus("home", Path.of("/srv/home.img"), "ext4", "ext", 2 << 20, 1024, null));
    }

    @Test
    void info() throws Exception {
        assertThat(platform.run("disk", "info", "home").out())
                .isEqualTo(
                        """
                        name                           home
                        id                             00000000-0000-0001-0000-000000000002
                        path                           /srv/home.img
                        format                         ext4
                        size                           2 MiB (2097152 bytes)
                        block size                     1 KiB (1024 bytes)
                        used                           101 KiB (103424 bytes)
                        changed since the last backup  3 KiB (3072 bytes)
                        NBD                            nbd+unix:///home?socket=/home/nbd.sock
                        metadata                       10 KiB (10240 bytes)
                        label                          home
                        id of the file system          11111111-1111-4111-8111-111111111111
                        blocks                         2048 of 1024 bytes
                        room for files                 256
                        features                       extent 64bit
                        note                           its journal is not replayed
                        """);
        JsonNode json = json("disk", "info", "home", "--json");
        assertThat(json.get("format").asText()).isEqualTo("ext4");
        assertThat(json.get("usedBytes").asLong()).isEqualTo(103424);
        assertThat(json.at("/features/1").asText()).isEqualTo("64bit");
        assertThat(json.get("problem").isNull()).isTrue();
    }

    @Test
    void aFileSystemThatCannotBeReadIsAProblem() {
        platform.add(new DiskStatus("home", Path.of("/srv/h"), "ext4", "ext", 2 << 20, 1024, "superblock: damaged"));
        Platform.Outcome outcome = platform.run("disk", "info", "home");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out())
                .contains("\nused                           -\n")
                .contains("superblock: damaged");
    }

    @Test
    void blocks() throws Exception {
        assertThat(platform.run("disk", "blocks", "home").out())
                .isEqualTo(
                        """
                         FIRST  BLOCKS
                             0     100
                           200       1
                        """);
        assertThat(platform.run("disk", "blocks", "home").err()).isEqualTo("101 of 2048 blocks of 1 KiB\n");
        assertThat(json("disk", "blocks", "home", "--used", "--json"))
                .hasToString("{\"blockSize\":1024,\"blockCount\":2048,\"runs\":[[0,100],[200,1]]}");
        assertThat(json("disk", "blocks", "home", "--metadata", "--json"))
                .hasToString("{\"blockSize\":1024,\"blockCount\":2048,\"runs\":[[0,10]]}");
    }

    @Test
    void allBlocksOfARawDiskAreUsed() throws Exception {
        assertThat(json("disk", "blocks", "data", "--json"))
                .hasToString("{\"blockSize\":4096,\"blockCount\":65536,\"runs\":[[0,65536]]}");
        assertThat(platform.run("disk", "blocks", "data", "--metadata").message())
                .isEqualTo("disk blocks: disk 'data' is raw");
        assertThat(platform.run("disk", "blocks", "data", "--metadata", "--used")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void files() {
        assertThat(platform.run("disk", "files", "home").out())
                .isEqualTo(
                        """
                        drwxr-xr-x    3   1000    100          1024  2026-11-05T21:00:00+09:00  /
                        -rwSr--r--    2   1000    100          3000  2026-11-05T21:00:00+09:00  /a
                        -rwSr--r--    2   1000    100          3000  2026-11-05T21:00:00+09:00  /b?[1m
                        lrwxrwxrwx    1   1000    100             2  2026-11-05T21:00:00+09:00  /caf\\xe9 -> /a
                        """);
        assertThat(platform.run("disk", "files", "home", "/nowhere").message())
                .isEqualTo("disk files: there is no file /nowhere; see 'disk files home'");
    }

    @Test
    void filesForPrograms() throws Exception {
        JsonNode files = json("disk", "files", "home", "--json");
        assertThat(files).hasSize(4);
        assertThat(files.get(1))
                .hasToString(
                        "{\"path\":\"/a\",\"inode\":12,\"type\":\"regular\",\"size\":3000,\"mode\":2468,\"uid\":1000,"
                                + "\"gid\":100,\"mtime\":\"2026-11-05T12:00:00.123456Z\",\"links\":2,\"target\":null,"
                                + "\"extents\":[[0,40,1],[1,50,2]]}");
        assertThat(files.at("/3/path").asText()).isEqualTo("/caf\\xe9");
        assertThat(files.at("/3/target").asText()).isEqualTo("/a");
        assertThat(files.at("/2/path").asText()).isEqualTo("/b\u001b[1m");
        assertThat(json("disk", "files", "home", "/a", "--json")).hasSize(1);
    }

    /** A stale answer is never a silent one. */
    @Test
    void filesThatAreNotAsAMountWouldShowThemAreSaidToBe() throws Exception {
        assertThat(json("disk", "files", "home", "--json").get(0).has("outdated"))
                .isFalse();
        platform.disks.fileSystem.outdated = "its journal has 3 fast commits";
        assertThat(platform.run("disk", "files", "home").err()).isEqualTo("outdated: its journal has 3 fast commits\n");
        JsonNode files = json("disk", "files", "home", "--json");
        assertThat(files.at("/0/outdated").asText()).isEqualTo("its journal has 3 fast commits");
        assertThat(files.get(1).has("outdated")).isFalse();
        assertThat(platform.run("generation", "files", "data@1").err()).contains("fast commits");
        assertThat(platform.run("disk", "owner", "home", "50").out()).contains("outdated", "fast commits");
        assertThat(json("disk", "owner", "home", "50", "--json").get("outdated").asText())
                .contains("fast commits");
    }

    @Test
    void filesOfAGenerationAreShownAsThoseOfADisk() {
        assertThat(platform.run("generation", "files", "data@1").out())
                .isEqualTo(platform.run("disk", "files", "home").out());
        assertThat(platform.run("generation", "files", "data@1", "/a", "--json").out())
                .isEqualTo(platform.run("disk", "files", "home", "/a", "--json").out());
        assertThat(platform.run("generation", "files", "data@1", "/nowhere").message())
                .isEqualTo("generation files: there is no file /nowhere; see 'generation files data@1'");
        assertThat(platform.run("generation", "files", "data@9").exit()).isEqualTo(1);
    }

    @Test
    void filesAreGotByAJob() {
        platform.folder = Path.of("/work");
        platform.backups.job = new FakeJob(Platform.job(7, JobInfo.State.DONE, null, Map.of("files", 3L)));
        assertThat(platform.run("generation", "get", "data@1", "/a", "--to", "b")
                        .out())
                .contains("files  3\n");
        assertThat(platform.run("generation", "get", "data@1", "/", "--to", "/c", "--overwrite", "--detach")
                        .out())
                .isEqualTo("7\n");
        assertThat(platform.backups.asked)
                .containsExactly(
                        new FilesRequest("data@1", "/a", null, new FilesRequest.ToFolder(Path.of("/work/b"), false)),
                        new FilesRequest("data@1", "/", null, new FilesRequest.ToFolder(Path.of("/c"), true)));
        assertThat(platform.run("generation", "get", "data@1", "/a").exit()).isEqualTo(2);
    }

    @Test
    void owners() throws Exception {
        assertThat(platform.run("disk", "owner", "home", "50").out())
                .isEqualTo(
                        """
                        block              50
                        belongs to         a file or directory
                        inode              12
                        block of the file  1
                        path               /a
                        path               /b?[1m
                        """);
        assertThat(platform.run("disk", "owner", "home", "0").out()).contains("inode table of group 3\n");
        assertThat(platform.run("disk", "owner", "home", "60").out()).contains("counts as used");
        assertThat(json("disk", "owner", "home", "70", "--json").get("kind").asText())
                .isEqualTo("free");
        assertThat(json("disk", "owner", "home", "50", "--json").at("/paths/0").asText())
                .isEqualTo("/a");
        assertThat(platform.run("disk", "owner", "home", "2048").message())
                .isEqualTo("disk owner: there is no block 2048: the file system has the blocks 0 to 2047");
    }

    private JsonNode json(String thing, String... arguments) throws Exception {
        return new ObjectMapper().readTree(platform.run(thing, arguments).out());
    }
}

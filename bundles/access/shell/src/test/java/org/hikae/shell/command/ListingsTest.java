package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Mark;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.MediumStatus;
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
                            "inPlace": null,
                            "problem": null
                          },
                          {
                            "name": "データ",
                            "path": "/srv/d 2",
                            "format": "raw",
                            "size": null,
                            "blockSize": 512,
                            "inPlace": null,
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
                "data@9", "data", null, 9, null, null, null, null, null, null, 0, 0, null, 0, 0, 0, 0, 0, null, null,
                "m1", null, 0, "damaged"));
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
    void sizesThatAreNotKnownAreNullForPrograms() throws Exception {
        platform.add(new MediumStatus("m3", "s3", "bucket", -1, -1, List.of("shared"), null));
        JsonNode json = new ObjectMapper()
                .readTree(platform.run("medium", "info", "m3", "--json").out());
        assertThat(json.get("totalBytes").isNull()).isTrue();
        assertThat(json.at("/capabilities/0").asText()).isEqualTo("shared");
    }
}

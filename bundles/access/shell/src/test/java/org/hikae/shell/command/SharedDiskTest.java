package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.shared.CheckReport;
import org.hikae.shell.command.FakeFileSystems.Formatted;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that nodes share files on: making, checking, caches, and nodes that come and go. */
class SharedDiskTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void share(@TempDir Path folder) {
        platform.share(folder);
    }

    private Outcome run(String line) {
        List<String> words = List.of(line.split(" ", -1));
        return platform.run(words.get(0), words.subList(1, words.size()).toArray(String[]::new));
    }

    @Test
    void aBlankDiskIsFormatted() {
        Outcome outcome = run("disk format data shared --metadata 1GiB --label projects");
        assertThat(outcome.out()).isEqualTo("disk data is formatted: shared, 256 MiB\n");
        Formatted formatted = platform.fileSystems.formatted.get(0);
        assertThat(formatted.force()).isFalse();
        assertThat(formatted.options().metadataBytes()).isEqualTo(1L << 30);
        assertThat(formatted.options().label()).isEqualTo("projects");
        assertThat(run("disk format none shared").message()).contains("there is no disk 'none'");
    }

    @Test
    void whereNobodyCanBeAskedADiskIsNotDestroyed() {
        platform.fileSystems.blank = false;
        platform.input = "yes\n".getBytes(StandardCharsets.UTF_8);
        Outcome outcome = run("disk format data shared");
        assertThat(outcome.message())
                .isEqualTo("disk format: disk 'data' holds an ext4 file system; --force destroys what is on it");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(platform.fileSystems.formatted).isEmpty();
        assertThat(run("disk format data shared --force").exit()).isZero();
        assertThat(platform.fileSystems.formatted).hasSize(1);
    }

    @Test
    void onATerminalItIsAsked() {
        platform.fileSystems.blank = false;
        platform.asks = true;
        for (String no : List.of("", "no\n", "y\n", "yes, but\n")) {
            platform.input = no.getBytes(StandardCharsets.UTF_8);
            Outcome outcome = run("disk format data shared");
            assertThat(outcome.err())
                    .isEqualTo("disk 'data' holds an ext4 file system.\nDestroy what is on disk 'data'? Type yes: ");
            assertThat(outcome.message()).endsWith("not confirmed; disk 'data' is as it was");
        }
        assertThat(platform.fileSystems.formatted).isEmpty();
        platform.input = "yes\n".getBytes(StandardCharsets.UTF_8);
        assertThat(run("disk format data shared").exit()).isZero();
        assertThat(platform.fileSystems.formatted.get(0).force()).isTrue();
    }

    @Test
    void aCleanDisk() {
        assertThat(run("disk check work").out())
                .isEqualTo("disk work is clean: 12 files, of which 3 are folders, in 1000 blocks\n");
    }

    @Test
    void aDiskThatIsNotClean() {
        platform.fileSystems.report = new CheckReport(12, 3, 1000, List.of("block 7 is of two files: 12, 13"), 2);
        Outcome outcome = run("disk check work");
        assertThat(outcome.out()).isEqualTo("block 7 is of two files: 12, 13\nand 2 more\n");
        assertThat(outcome.message())
                .isEqualTo("disk check: the file system of disk 'work' does not agree with itself: 3 findings");
        assertThat(outcome.exit()).isEqualTo(1);
        Outcome json = run("disk check work --json");
        assertThat(json.out()).contains("\"clean\": false", "\"moreFindings\": 2");
        assertThat(json.exit()).isEqualTo(1);
    }

    @Test
    void theCacheTable() throws IOException {
        platform.fileSystems.paths.put(12L, "/a");
        platform.nodes.add("n2");
        assertThat(run("cache list").out())
                .isEqualTo(
                        """
                        NODE  FILE             OFFSET  SIZE             DIRTY  LEASE      CACHED  NOT WRITTEN
                        n1    work:(disk)        8192  65536            yes    exclusive  16 KiB        8 KiB
                        n1    work:/a               -  the file's size  no     shared        0 B          0 B
                        n2    work:(inode 77)       0  to the end       no     shared        0 B          0 B
                        """);
        assertThat(run("cache list --node n2 --json").out())
                .contains("\"inode\": 77", "\"path\": null", "\"size\": null", "\"dirty\": false");
        assertThat(run("cache list --disk data").err()).isEqualTo("nothing is cached\n");
        assertThat(run("cache list --disk none").message()).contains("there is no disk 'none'");
        assertThat(run("cache list --node none").message()).contains("there is no node none");
    }

    @Test
    void whatCachesCost() {
        assertThat(run("cache status").out())
                .isEqualTo(
                        """
                        NODE  CACHED      OF  DIRTY  HITS  WRITTEN OUT  WAITS  REQUESTS  RECALLS
                        n1     3 MiB  64 MiB  1 MiB   50%        512 B      5         7        2

                        regions in the cache table  3
                        leases asked for            17
                        leases called back          4
                        files given up              2
                        """);
    }

    @Test
    void aNodeWithALargerCache() {
        assertThat(run("node add n2 --cache 256MiB").out()).isEqualTo("node n2 is added\n");
        assertThat(platform.nodes.caches).containsEntry("n2", 256L << 20);
        assertThat(run("node add n3 --cache 1000").message()).startsWith("node add: a write cache has at least 1MiB");
        assertThat(platform.nodes.nodes).doesNotContainKey("n3");
    }

    @Test
    void nodesGoDownAndComeBack() throws IOException {
        platform.nodes.add("n2");
        assertThat(run("node kill n2").out()).isEqualTo("node n2 is down; see 'node start --help'\n");
        assertThat(run("node list").out().lines()).anyMatch(line -> line.matches("n2 +down( +-)+"));
        assertThat(run("node list --json").out()).contains("\"state\": \"down\"");
        assertThat(run("status").out()).contains("  n2    down");
        assertThat(run("node start n2").out()).isEqualTo("node n2 is up, as incarnation 3\n");
        assertThat(run("node start n2").exit()).isEqualTo(1);
    }
}

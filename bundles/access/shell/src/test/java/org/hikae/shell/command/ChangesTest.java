package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.node.NodeSettings;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.Test;

/** Commands that change something call the right service with the right arguments. */
class ChangesTest {

    private final Platform platform = Platform.filled();

    @Test
    void relativePathsAreTheCallers() {
        Outcome outcome = platform.run("disk", "add", "d2", "my images/../a.img", "--block-size", "512");
        assertThat(outcome.out()).isEqualTo("disk d2 is added: /work dir/a.img, raw, 256 MiB\n");
        assertThat(platform.disks.disks.get("d2").path()).isEqualTo(Path.of("/work dir/a.img"));
        assertThat(platform.disks.disks.get("d2").blockSize()).isEqualTo(512);
        platform.run("disk", "add", "d3", "/abs/b.img");
        assertThat(platform.disks.disks.get("d3").path()).isEqualTo(Path.of("/abs/b.img"));
        assertThat(platform.disks.disks.get("d3").blockSize()).isEqualTo(4096);
    }

    @Test
    void aServicesRefusalIsTheMessage() {
        assertThat(platform.run("disk", "add", "data", "x").message())
                .isEqualTo("disk add: there is a disk data already");
        assertThat(platform.run("disk", "add", "d", "").exit()).isEqualTo(2);
        assertThat(platform.run("disk", "add", "d", "a\0b").message()).contains("cannot be a path");
    }

    @Test
    void disksAreRemoved() {
        assertThat(platform.run("disk", "remove", "data").exit()).isZero();
        assertThat(platform.disks.disks).doesNotContainKey("data");
    }

    @Test
    void aMark() {
        assertThat(platform.run("mark", "add", "data", "tuesday").out())
                .isEqualTo("disk data is marked: tuesday, 2026-11-05T21:00:00.123+09:00\n");
        assertThat(platform.run("mark", "remove", "data", "tuesday").out())
                .isEqualTo("mark tuesday of disk data is removed\n");
        assertThat(platform.run("mark", "remove", "data", "tuesday").message())
                .isEqualTo("mark remove: disk 'data' has no mark 'tuesday'");
        assertThat(platform.run("mark", "add", "nodisk", "x").message()).contains("there is no disk 'nodisk'");
    }

    @Test
    void mediaAreAddedWithWholePathsWhereFoldersAreMeant() {
        platform.run("medium", "add", "a", "directory", "backup");
        assertThat(platform.media.media.get("a").location()).isEqualTo("/work dir/backup");
        assertThat(platform.media.takenOver).isFalse();
        platform.run("medium", "add", "b", "dream", "bucket/x", "--take-over");
        assertThat(platform.media.media.get("b").location()).isEqualTo("bucket/x");
        assertThat(platform.media.takenOver).isTrue();
        platform.run("medium", "add", "c", "dream", "./x");
        assertThat(platform.media.media.get("c").location()).isEqualTo("/work dir/x");
        assertThat(platform.run("medium", "add", "d", "directory", "e").out())
                .isEqualTo("medium d is added: directory /work dir/e, 5 GiB free\n");
        platform.run("medium", "remove", "a");
        assertThat(platform.media.media).doesNotContainKey("a");
    }

    @Test
    void nodesComeAndGo() {
        assertThat(platform.run("node", "add", "n2").out()).isEqualTo("node n2 is added\n");
        platform.run("node", "flush", "n2");
        assertThat(platform.nodes.flushed).containsExactly("n2");
        platform.run("node", "remove", "n2");
        assertThat(platform.nodes.nodes).containsOnlyKeys("n1");
    }

    @Test
    void generationsAreRemovedWithoutAsking() {
        assertThat(platform.run("generation", "remove", "data@1").out()).isEqualTo("generation data@1 is removed\n");
        assertThat(platform.generations.generations).containsOnlyKeys("data@2");
    }

    @Test
    void jobsAreCancelled() {
        assertThat(platform.run("job", "cancel", "2").out()).isEqualTo("job 2 is asked to stop\n");
        assertThat(platform.jobs.cancelled).containsExactly(2L);
        assertThat(platform.run("job", "cancel", "9").message())
                .isEqualTo("job cancel: there is no job 9; see 'job list'");
    }

    @Test
    void jobsArePausedAndResumed() {
        assertThat(platform.run("job", "pause", "2").out()).isEqualTo("job 2 is asked to pause\n");
        assertThat(platform.jobs.paused).containsExactly(2L);
        assertThat(platform.run("job", "pause", "2").message()).isEqualTo("job pause: job 2 is paused already");
        assertThat(platform.run("job", "resume", "2").out()).isEqualTo("job 2 goes on\n");
        assertThat(platform.jobs.paused).isEmpty();
        assertThat(platform.run("job", "resume", "2").message()).isEqualTo("job resume: job 2 is not paused");
        assertThat(platform.run("job", "pause", "9").message())
                .isEqualTo("job pause: there is no job 9; see 'job list'");
    }

    @Test
    void aNodeHasItsTemporaryLogWhereItsCallerMeans() {
        assertThat(platform.run("node", "add", "n2", "--temporary-log", "logs/n2", "--cache", "2MiB")
                        .exit())
                .isZero();
        assertThat(platform.nodes.settings.get("n2"))
                .isEqualTo(new NodeSettings(2 << 20, Path.of("/work dir/logs/n2")));
        assertThat(platform.run("node", "add", "n3").exit()).isZero();
        assertThat(platform.nodes.settings.get("n3")).isEqualTo(NodeSettings.USUAL);
        assertThat(platform.run("node", "add", "n4", "--temporary-log=").exit()).isEqualTo(2);
        assertThat(platform.nodes.nodes).doesNotContainKey("n4");
    }

    @Test
    void aStrategyKeepsWhatIsNotChosen() {
        platform.run("bilog", "strategy", "--place", "separate", "--log-medium", "m2");
        assertThat(platform.logs.strategy(null)).isEqualTo(new LogStrategy("central", "separate", "m2"));
        assertThat(platform.run("bilog", "strategy", "data", "--place", "overlay")
                        .out())
                .isEqualTo(
                        """
                        DISK  GATHER   PLACE    LOG MEDIUM  OVERLOAD     CHOSEN
                        data  central  overlay  m2          fail-backup  yes
                        """);
        platform.run("bilog", "strategy", "data", "--log-medium", "-");
        assertThat(platform.logs.strategy("data")).isEqualTo(new LogStrategy("central", "overlay", null));
        assertThat(platform.logs.strategy("データ")).isEqualTo(new LogStrategy("central", "separate", "m2"));
    }

    @Test
    void aStrategyIsForgotten() {
        platform.run("bilog", "strategy", "data", "--place", "separate", "--log-medium", "m2");
        assertThat(platform.run("bilog", "strategy", "data", "--reset").out())
                .isEqualTo(
                        """
                        DISK  GATHER   PLACE    LOG MEDIUM      OVERLOAD     CHOSEN
                        data  central  overlay  (the backup's)  fail-backup  default
                        """);
        assertThat(platform.logs.hasStrategy("data")).isFalse();
        assertThat(platform.run("bilog", "strategy", "data", "--reset", "--place", "separate")
                        .message())
                .contains("--reset forgets a choice");
    }

    @Test
    void aLogMediumIsOneThatThereIs() {
        assertThat(platform.run("bilog", "strategy", "--log-medium", "nope").message())
                .contains("there is no medium nope");
        assertThat(platform.logs.hasStrategy(null)).isFalse();
        assertThat(platform.run("bilog", "strategy", "data", "--log-medium", "m2")
                        .err())
                .contains("m2 is not used until --place separate is chosen");
        assertThat(platform.run("bilog", "strategy", "data", "--place", "separate")
                        .err())
                .isEmpty();
        assertThat(platform.run("medium", "remove", "m2").message())
                .contains("medium 'm2' is chosen for the before-image logs of disk data;");
        assertThat(platform.media.media).containsKey("m2");
        platform.run("bilog", "strategy", "--log-medium", "m2");
        assertThat(platform.run("medium", "remove", "m2").message()).contains("all disks by default, disk data");
    }

    @Test
    void aStrategyGoesWithItsDisk() {
        platform.run("bilog", "strategy", "data", "--place", "separate");
        platform.run("disk", "remove", "data");
        assertThat(platform.logs.hasStrategy("data")).isFalse();
    }

    @Test
    void workersAreAsManyAsThereCanBe() {
        for (String workers : new String[] {"0", "65", "99999", "-1"}) {
            var outcome = platform.run("backup", "run", "data", "--to", "m1", "--workers", workers);
            assertThat(outcome.exit()).isEqualTo(2);
            assertThat(outcome.message()).contains("from 1 to 64 workers, not " + workers);
        }
        assertThat(platform.backups.asked).isEmpty();
    }

    @Test
    void aStrategyThatIsNotThereIsRefused() {
        assertThat(platform.run("bilog", "strategy", "--gather", "magic").message())
                .isEqualTo("bilog strategy: there is no log gathering magic");
        assertThat(platform.run("bilog", "strategy", "nodisk", "--gather", "central")
                        .message())
                .contains("there is no disk 'nodisk'");
    }
}

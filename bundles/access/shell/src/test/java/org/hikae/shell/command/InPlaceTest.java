package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.job.JobInfo.State.CANCELLED;
import static org.hikae.api.job.JobInfo.State.DONE;
import static org.hikae.api.job.JobInfo.State.RUNNING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.JobInfo;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Generations that take the place of disks. */
class InPlaceTest {

    private static final JobInfo RUNS = Platform.job(7, RUNNING, null, Map.of());

    private final Platform platform = Platform.filled();

    @BeforeEach
    void prepare() {
        platform.add(new DiskStatus("spare", Path.of("/srv/spare.img"), "raw", "raw", 512L << 20, 4096, null));
        platform.backups.onMount = request -> platform.inPlace.add(request.disk(), request.generation(), 0, null);
        platform.backups.job = new FakeJob(RUNS, Platform.job(7, DONE, null, Map.of("generation", "data@1")));
    }

    private Outcome run(String line) {
        String[] words = ("generation " + line).split(" ", -1);
        return platform.run(words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    @Test
    void theDisksContentIsReplacedOnlyIfThatIsMeant() {
        Outcome outcome = run("mount data@1 --in-place");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.message())
                .isEqualTo("generation mount: this replaces what is on disk data (/srv/data.img, 256 MiB) by data@1 of"
                        + " 2026-11-05T21:00:00+09:00; if that is meant, add --force; see 'generation mount --help'");
        platform.asks = true;
        platform.input = "no\n".getBytes(StandardCharsets.UTF_8);
        outcome = run("mount data@1 --in-place");
        assertThat(outcome.err()).endsWith(" of 2026-11-05T21:00:00+09:00.\nIs that meant? Type yes: ");
        assertThat(outcome.message()).isEqualTo("generation mount: not confirmed; disk 'data' is as it was");
        assertThat(platform.backups.asked).isEmpty();
        platform.input = "yes\n".getBytes(StandardCharsets.UTF_8);
        assertThat(run("mount data@1 --in-place").exit()).isZero();
        assertThat(platform.backups.asked).containsExactly(new InPlaceRequest("data@1", "data", true));
    }

    @Test
    void whatStandsInAlreadyGoesOnUnasked() {
        platform.inPlace.add("data", "data@1", 64, null);
        assertThat(run("mount data@1 --in-place").exit()).isZero();
        assertThat(run("mount data@2 --in-place").exit()).isEqualTo(2);
        assertThat(platform.backups.asked).containsExactly(new InPlaceRequest("data@1", "data", true));
    }

    @Test
    void bringingBackIsFollowed() {
        Outcome outcome = run("mount data@1 --in-place --force");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.err())
                .isEqualTo("generation data@1 stands in for disk data; its blocks are brought back by job 7\n");
        assertThat(outcome.out()).startsWith("generation  data@1\n").contains("\njob         7\n");
        assertThat(platform.followed).containsExactly(7L);
    }

    @Test
    void whoCancelsIsToldWhatTheJobSays() {
        platform.backups.job = new FakeJob(
                RUNS, RUNS, Platform.job(7, CANCELLED, "cancelled on request; data@1 stands in as before", Map.of()));
        platform.backups.job.onAwait = platform.cancellation::cancel;
        Outcome outcome = run("mount data@1 --in-place --force");
        assertThat(platform.backups.job.cancelled).isTrue();
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message())
                .isEqualTo("generation mount: cancelled on request; data@1 stands in as before (job 7)");
    }

    @Test
    void whatWasWrittenToCannotBeHadBack() {
        platform.inPlace.add("data", "data@1", 100, null);
        platform.inPlace.add("spare", "data@2", 0, null);
        assertThat(run("unmount data@1 --in-place").message())
                .isEqualTo("generation unmount: disk 'data' was written to");
        platform.width = 0;
        assertThat(platform.run("disk", "info", "data").out())
                .containsPattern("what was on it +cannot be had back, since the disk was written to\n");
        assertThat(platform.run("disk", "info", "spare").out())
                .containsPattern(
                        "what was on it +can be had back: 'generation unmount data@2 --in-place --to spare'\n");
    }

    @Test
    void blocksMayStayOnTheMedium() throws IOException {
        Outcome outcome = run("mount data@1 --in-place --no-restore --force --to spare");
        assertThat(outcome.out())
                .isEqualTo("generation data@1 stands in for disk spare; blocks stay on medium m1 until they are asked"
                        + " for\n");
        assertThat(platform.backups.asked).containsExactly(new InPlaceRequest("data@1", "spare", false));
        JsonNode json = new ObjectMapper()
                .readTree(run("mount data@1 --in-place --no-restore --to spare --json")
                        .out());
        assertThat(json.get("generation").asText()).isEqualTo("data@1");
        assertThat(json.get("untouched").asBoolean()).isTrue();
    }

    @Test
    void aDetachedJobIsLeftToItself() throws IOException {
        platform.backups.job = new FakeJob(RUNS);
        Outcome outcome = run("mount data@1 --in-place --force --detach");
        assertThat(outcome.out()).isEqualTo("7\n");
        assertThat(outcome.err()).isEmpty();
        JsonNode json = new ObjectMapper()
                .readTree(run("mount data@1 --in-place --detach --json").out());
        assertThat(json.get("state").asText()).isEqualTo("running");
    }

    @Test
    void theOldDiskIsHadBack() {
        assertThat(run("unmount data@1 --in-place").message())
                .isEqualTo("generation unmount: generation data@1 stands in for no disk; see 'disk list'");
        platform.inPlace.add("data", "data@1", 0, null);
        platform.inPlace.add("spare", "data@1", 0, null);
        assertThat(run("unmount data@1 --in-place").message())
                .startsWith("generation unmount: generation data@1 stands in for the disks data, spare; say which with"
                        + " --to");
        assertThat(run("unmount data@1 --in-place --to spare").out())
                .isEqualTo("disk spare is the old one again; its next backup is a full one\n");
        assertThat(run("unmount data@1 --in-place").exit()).isZero();
        assertThat(platform.inPlace.mounts).isEmpty();
    }

    @Test
    void wrongOptions() {
        assertThat(run("mount data@1 --force").message()).contains("go with --in-place");
        assertThat(run("mount data@1 --in-place --no-restore --detach").message())
                .contains("no job to --detach");
        assertThat(run("unmount data@1 --to data").message()).contains("--to goes with --in-place");
        assertThat(run("mount data@9 --in-place --force").message()).contains("there is no generation data@9");
        assertThat(run("mount data@1 --in-place --to spar --force").message()).contains("did you mean 'spare'?");
        assertThat(platform.backups.asked).isEmpty();
    }

    @Test
    void aGenerationOutlivesItsDisk() {
        platform.disks.disks.remove("data");
        assertThat(run("mount data@1 --in-place --force").message())
                .startsWith("generation mount: there is no disk 'data'; ")
                .endsWith("; or name another disk with --to");
        assertThat(run("mount data@1 --in-place --force --to spar").message()).doesNotContain("--to");
        assertThat(run("mount data@1 --in-place --force --to spare").exit()).isZero();
    }

    @Test
    void disksShowWhatStandsIn() throws IOException {
        platform.inPlace.add("data", "data@1", 100, null);
        assertThat(platform.run("disk", "list").out())
                .isEqualTo(
                        """
                        NAME       SIZE  BLOCK  FORMAT  PATH            STANDS IN    PROBLEM
                        data    256 MiB  4 KiB  raw     /srv/data.img   data@1, 39%  -
                        spare   512 MiB  4 KiB  raw     /srv/spare.img  -            -
                        データ        -  512 B  raw     /srv/d 2        -            /srv/d 2: no such file or folder
                        """);
        assertThat(platform.run("disk", "info", "data").out())
                .containsPattern("stands in for it +data@1, and is brought back\n")
                .containsPattern("of that on the disk +100 MiB of 256 MiB, 39%\n");
        JsonNode json = new ObjectMapper()
                .readTree(platform.run("disk", "info", "data", "--json").out());
        assertThat(json.at("/inPlace/presentBytes").asLong()).isEqualTo(100L << 20);
        assertThat(json.at("/inPlace/untouched").asBoolean()).isFalse();
    }

    @Test
    void aProblemOfWhatStandsInIsTheDisks() {
        platform.inPlace.add("data", "data@1", 100, "medium 'm1' is gone");
        platform.width = 0;
        assertThat(platform.run("disk", "list").out()).containsPattern("data@1, 39% +medium 'm1' is gone\n");
        assertThat(platform.run("disk", "info", "data").out()).containsPattern("problem +medium 'm1' is gone\n");
        assertThat(platform.run("status").out())
                .containsPattern("NAME +SIZE +LAST BACKUP +AT +ON +STANDS IN\n")
                .containsPattern("disk data +medium 'm1' is gone\n");
    }

    @Test
    void howFarItIsMayNotBeKnown() throws IOException {
        platform.inPlace.mounts.put(
                "data", new InPlaceStatus("data", "data@1", true, 256L << 20, -1, false, "a record is damaged"));
        platform.width = 0;
        assertThat(platform.run("disk", "list").out()).containsPattern("data@1 +a record is damaged\n");
        assertThat(platform.run("disk", "info", "data").out()).containsPattern("of that on the disk +-\n");
        JsonNode json = new ObjectMapper()
                .readTree(platform.run("disk", "info", "data", "--json").out());
        assertThat(json.at("/inPlace/presentBytes").isNull()).isTrue();
    }

    @Test
    void generationsShowWhoHoldsThem() throws IOException {
        platform.inPlace.add("data", "data@1", 100, null);
        platform.generations.holds.put("data@1", List.of("the in-place mount of disk data", "a museum"));
        platform.width = 0;
        assertThat(run("list").out())
                .containsPattern("HELD +PROBLEM\n")
                .containsPattern("the in-place mount of disk data, a museum +-\n");
        assertThat(run("info data@1").out()).containsPattern("held +the in-place mount of disk data, a museum\n");
        JsonNode json = new ObjectMapper().readTree(run("list --json").out());
        assertThat(json.at("/0/inPlaceOf/0").asText()).isEqualTo("data");
        assertThat(json.at("/0/heldBy")).hasSize(2);
        assertThat(json.at("/1/heldBy")).isEmpty();
    }
}

package org.hikae.files.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hikae.api.files.client.BufferSettings.WhenFull;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.junit.jupiter.api.Test;

/** When local backups and restores are made, and what is told of them. */
class ClientUnitTest extends ClientUnitFixture {

    @Test
    void whatComesDueIsMadeOnce() throws Exception {
        unit.add(row("docs", "0 22 * * *"));
        unit.look();
        assertThat(runs()).isZero();

        now = now.plus(Duration.ofDays(3));
        for (int i = 0; i < 5; i++) {
            unit.look();
            settle();
        }
        assertThat(runs()).isEqualTo(1);
        // The clock is set back, and goes on from there.
        now = now.minus(Duration.ofDays(2));
        unit.look();
        settle();
        assertThat(runs()).isEqualTo(1);
        now = now.plus(Duration.ofDays(1));
        unit.look();
        settle();
        assertThat(runs()).isEqualTo(2);
        assertThat(unit.get("docs").pending()).hasSize(2);
    }

    @Test
    void runsAndRestoresAreJobs() throws Exception {
        unit.add(row("docs", null));
        Job job = unit.run("docs");
        job.await(Duration.ofSeconds(20));
        assertThat(job.info().result()).containsEntry("run", 1L).containsEntry("files", 2L);
        assertThat(unit.get("docs").problem()).contains("no center was joined");
        Files.delete(root.resolve("a"));

        Job back = unit.restore(new RestoreFiles(root.resolve("a").toString(), null, null, false, null));
        back.await(Duration.ofSeconds(20));

        assertThat(back.info().state()).isEqualTo(JobInfo.State.DONE);
        assertThat(root.resolve("a")).hasContent("a");
        assertThat(unit.versions(root.toString(), null)).hasSize(2);
        assertThat(unit.versions(root.toString(), now)).hasSize(2);
    }

    /** Whoever asks waits for the job alone, which can be cancelled. */
    @Test
    void whatThereIsToRestoreIsLookedForByTheJob() throws Exception {
        unit.add(row("docs", null));
        assertThatThrownBy(() -> unit.restore(new RestoreFiles("a", null, null, false, null)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> unit.restore(new RestoreFiles("/a", null, null, false, "x")))
                .hasMessageContaining("no center");

        Job job = unit.restore(new RestoreFiles(root.resolve("a").toString(), null, null, false, null));
        job.await(Duration.ofSeconds(20));

        assertThat(job.info().state()).isEqualTo(JobInfo.State.FAILED);
        assertThat(job.info().reason()).contains("was ever backed up");
    }

    @Test
    void aPlatformThatEndedIsMadeUpFor() throws Exception {
        unit.add(row("docs", "0 22 * * *"));
        unit.deactivate();
        now = now.plus(Duration.ofDays(30));
        unit = begin();

        unit.look();
        settle();
        unit.look();
        settle();

        assertThat(runs()).isEqualTo(1);
    }

    /** Its job waits for room, and is cut off: that is told as what it is, and made up for by the next platform. */
    @Test
    void aPlatformThatIsStoppedSaysSoAndGoesOnLater() throws Exception {
        unit.setBuffer(1 << 20, WhenFull.WAIT);
        unit.add(row("docs", "0 22 * * *"));
        unit.run("docs").await(Duration.ofSeconds(20));
        byte[] noise = new byte[3 << 20];
        new java.util.Random(1).nextBytes(noise);
        Files.write(root.resolve("b"), noise);
        now = now.plus(Duration.ofHours(12));
        unit.look();
        long id = jobs.list().stream().mapToLong(JobInfo::id).max().orElseThrow();

        unit.deactivate();

        assertThat(jobs.get(id).state()).isEqualTo(JobInfo.State.CANCELLED);
        assertThat(jobs.get(id).reason()).isEqualTo("the platform was stopped");
        unit = begin();
        assertThat(unit.get("docs").problem()).contains("not finished").contains("the platform was stopped");
        unit.setBuffer(1 << 30, WhenFull.WAIT);
        unit.look();
        settle();
        assertThat(runs()).isEqualTo(3);
        assertThat(unit.get("docs").pending()).hasSize(2);
        assertThat(unit.get("docs").problem()).doesNotContain("stopped");
    }

    /** Else a machine whose disk is full would look through all of its files each second. */
    @Test
    void whatCannotBeNotedIsNotBegunAgainAtOnce() throws Exception {
        unit.add(row("docs", "0 22 * * *"));
        Path state = temp.resolve("home/files/rows/docs");
        Files.createDirectories(state.resolve(".state.json.next/in the way"));
        now = now.plus(Duration.ofDays(1));

        for (int i = 0; i < 4; i++) {
            unit.look();
            settle();
        }

        assertThat(runs()).isEqualTo(1);
        Trees.delete(state.resolve(".state.json.next"));
        now = now.plus(Duration.ofDays(1));
        unit.look();
        settle();
        assertThat(runs()).isEqualTo(2);
        assertThat(unit.get("docs").problem()).contains("no center");
    }

    /** A platform may stay for years. */
    @Test
    void whatIsLeftOfARestoreIsTakenAwayInTime() throws Exception {
        unit.add(row("docs", null));
        unit.look();
        String id = "0123456789abcdef";
        Path left = Files.createDirectories(temp.resolve("home/files/restore/" + id));
        Path made = Files.writeString(root.resolve(".hikae-restore-" + id), "a part");
        Files.writeString(left.resolve("making"), made.toString());
        Files.setLastModifiedTime(left, java.nio.file.attribute.FileTime.from(now));

        now = now.plus(Duration.ofDays(6));
        unit.look();
        assertThat(made).exists();
        now = now.plus(Duration.ofDays(2));
        unit.look();

        assertThat(made).doesNotExist();
        assertThat(left).doesNotExist();
    }

    @Test
    void theBufferIsConfigured() throws IOException {
        assertThat(unit.buffer().whenFull()).isEqualTo(WhenFull.FAIL);
        unit.setBuffer(5 << 20, WhenFull.WAIT);

        assertThat(unit.buffer().limit()).isEqualTo(5 << 20);
        assertThat(unit.buffer().whenFull()).isEqualTo(WhenFull.WAIT);
        assertThatThrownBy(() -> unit.setBuffer(5, WhenFull.WAIT)).isInstanceOf(IOException.class);
    }

    @Test
    void aBufferThatIsFullFailsTheJobAndIsTold() throws Exception {
        byte[] noise = new byte[3 << 20];
        new java.util.Random(1).nextBytes(noise);
        Files.write(root.resolve("b"), noise);
        unit.setBuffer(1 << 20, WhenFull.WAIT);
        unit.add(row("docs", null));

        Job job = unit.run("docs");
        job.await(Duration.ofSeconds(20));

        assertThat(job.info().reason()).contains("is full").contains("nothing in it waits");
        assertThat(unit.get("docs").problem()).contains("is full");
    }

    @Test
    void joiningSaysWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> unit.join(null, URI.create("http://x"), "t")).hasMessageContaining("no address");
        assertThatThrownBy(() -> unit.join(null, URI.create("https://x"), "t")).hasMessageContaining("no token");
        assertThatThrownBy(() -> unit.leave("x", false)).hasMessageContaining("no center");
        assertThat(unit.memberships()).isEmpty();
    }
}

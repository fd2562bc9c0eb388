package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.awaitility.Awaitility;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.junit.Test;

/** A backup that stands still keeps its instant, and its log goes on. */
public class PausedBackupIT extends InLab {

    private Jobs jobs() {
        return lab.services.get(Jobs.class);
    }

    /** A backup that has copied its first frame, and stands before the second. */
    private Job startAndPause() throws Exception {
        HoldsCopier copier = holdCopier();
        Job job = backUp("n1");
        copier.firstFrame.awaitArrival();
        jobs().pause(job.id());
        copier.letGo();
        Awaitility.await().atMost(Services.DEADLINE).until(() -> job.info().doneBytes() >= FRAME);
        return job;
    }

    @Test
    public void whatIsWrittenMeanwhileIsLogged() throws Exception {
        Job job = startAndPause();
        fill("n1", 0, SIZE, '1');
        fill("n2", FRAME / 2, SIZE - FRAME, '2');
        JobInfo paused = job.info();
        assertThat(paused.state()).isEqualTo(JobInfo.State.RUNNING);
        assertThat(paused.paused()).isTrue();
        assertThat(paused.doneBytes()).isEqualTo(FRAME);

        jobs().resume(job.id());
        assertExact(Lab.generation(job));
        assertThat(job.info().result())
                .containsEntry("loggedBlocks", (SIZE + BLOCK - 1) / BLOCK - FRAME / BLOCK)
                .containsEntry("copiedByNode", "n1 3 MiB");
    }

    @Test
    public void cancelledMeanwhileNothingIsLeft() throws Exception {
        List<String> before = lab.files(Lab.MEDIUM);
        Job job = startAndPause();
        write("n1", 2 * FRAME, "goes on");
        jobs().cancel(job.id());

        assertThat(Lab.end(job).state()).isEqualTo(JobInfo.State.CANCELLED);
        assertThat(lab.files(Lab.MEDIUM)).isEqualTo(before);
        assertThat(lab.generations().list()).noneMatch(info -> info.disk().equals(disk.name()));
        assertExact(Lab.generation(backUp()));
    }

    @Test
    public void itsDiskIsNotRemovedMeanwhile() throws Exception {
        Job job = startAndPause();
        assertThatThrownBy(() -> lab.disks().remove(disk.name())).hasMessageContaining("a backup is under way");
        jobs().resume(job.id());
        assertExact(Lab.generation(job));
    }

    @Test
    public void aNodeThatIsKilledMeanwhileLeavesTheRestToOthers() throws Exception {
        HoldsCopier copier = holdCopier();
        Job job = backUp("n2", "n1");
        copier.firstFrame.awaitArrival();
        lab.nodes().kill("n2");
        lab.nodes().start("n2");
        fill("n2", 0, SIZE, '2');
        copier.letGo();

        assertExact(Lab.generation(job));
        assertThat(job.info().result()).containsEntry("copiedByNode", "n1 2 MiB, n2 1 MiB");
    }
}

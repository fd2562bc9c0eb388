package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.junit.Test;

/** R10: a log that is kept apart belongs to its generation. */
public class SeparateLogIT extends InLab {
    /** A generation most of whose blocks are in a log on the other medium. */
    private String loggedGeneration() throws Exception {
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        HoldsCopier copier = holdCopier();
        Job job = backUp();
        copier.firstFrame.awaitArrival();
        fill("n1", 0, SIZE, 'x');
        copier.letGo();
        String generation = Lab.generation(job);
        assertExact(generation);
        assertThat(lab.generations().get(generation).logMedium()).isEqualTo(Lab.OTHER_MEDIUM);
        return generation;
    }

    @Test
    public void r10_withoutTheMediumOfItsLogAGenerationFailsAndWithItItIsExactAgain() throws Exception {
        String generation = loggedGeneration();
        lab.media().remove(Lab.OTHER_MEDIUM);
        try {
            assertThatThrownBy(() -> lab.generations().open(generation)).hasMessageContaining(Lab.OTHER_MEDIUM);
            assertVerifyFails(generation);
        } finally {
            lab.addMedium(Lab.OTHER_MEDIUM, "probe");
        }
        assertExact(generation);
    }

    @Test
    public void r10_aGenerationWhoseLogIsGoneOrDamagedNeverFallsBackToTheCopy() throws Exception {
        List<String> before = lab.files(Lab.OTHER_MEDIUM);
        String generation = loggedGeneration();
        List<String> files = new ArrayList<>(lab.files(Lab.OTHER_MEDIUM));
        files.removeAll(before);
        assertThat(files).isNotEmpty();
        for (String name : files) {
            Path file = lab.folder.resolve(Lab.OTHER_MEDIUM).resolve(name);
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            assertVerifyFails(generation);
            byte[] damaged = content.clone();
            damaged[damaged.length / 2] ^= 1;
            Files.write(file, damaged);
            assertVerifyFails(generation);
            Files.write(file, content);
            assertExact(generation);
        }
    }

    private void assertVerifyFails(String generation) throws Exception {
        assertThat(verifyOrSay(generation)).contains(generation);
    }

    /** Why a generation does not verify. */
    private String verifyOrSay(String generation) throws Exception {
        try {
            JobInfo info = Lab.end(lab.backups().verify(generation));
            assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.FAILED);
            return info.reason();
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}

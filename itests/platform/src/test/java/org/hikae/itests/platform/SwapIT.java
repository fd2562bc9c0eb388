package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.job.Job;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.api.media.spi.MediumDriver;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Implementations come and go while the platform runs (f.1). */
public class SwapIT extends InLab {
    private static final String MEDIUM = "folder";
    private static final String DRIVER = "org.hikae.media-directory";
    private static final String GATHERING = "org.hikae.log-central";
    private static final String PROBLEM = "driver 'directory' is not there: start its bundle";
    /** A backup that takes as long as a test may need. */
    private static final long SLOW = 200_000;

    @Before
    public void useWhatShips() throws IOException {
        if (lab.media().list().stream().noneMatch(medium -> medium.name().equals(MEDIUM))) {
            lab.addMedium(MEDIUM, "directory");
        }
        lab.logManager().setStrategy(disk.name(), LogStrategy.DEFAULT);
    }

    private Job start(long bytesPerSecond) throws IOException {
        return lab.backups().backUp(new BackupRequest(disk.name(), MEDIUM, List.of(), bytesPerSecond, 1));
    }

    private Bundle bundle(String name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Does something while a bundle is stopped. */
    private void without(String name, Task.Work work) throws Exception {
        Bundle bundle = bundle(name);
        bundle.stop();
        try {
            work.run();
        } finally {
            bundle.start();
        }
    }

    @Test
    public void withoutItsDriverAMediumCannotBeUsedAndWithItAgain() throws Exception {
        String generation = Lab.generation(start(0));

        without(DRIVER, () -> {
            assertThat(lab.media().drivers()).doesNotContain("directory");
            assertThat(lab.media().get(MEDIUM).problem()).isEqualTo(PROBLEM);
            assertThatThrownBy(() -> start(0)).hasMessage("medium '" + MEDIUM + "' cannot be used: " + PROBLEM);
            assertThatThrownBy(() -> lab.generations().open(generation))
                    .hasMessageContaining("media that cannot be used now: " + MEDIUM);
            assertThat(Lab.generation(backUp())).as("other media serve on").isNotNull();
        });

        awaitDriver();
        lab.verify(generation);
        lab.verify(Lab.generation(start(0)));
    }

    @Test
    public void aBackupFailsWhenItsDriverGoesAndNothingElseDoes() throws Exception {
        List<String> before = lab.files(MEDIUM);
        Job job = startSlowly();
        Job other = lab.backups().backUp(new BackupRequest(disk.name(), Lab.MEDIUM, List.of(), 3_000_000, 1));

        try (Writing guest = new Writing(lab, disk)) {
            without(DRIVER, () -> {
                assertThat(Lab.failure(job)).contains("medium '" + MEDIUM + "': its driver went away");
                guest.awaitFurtherWrites();
                lab.verify(Lab.generation(other));
            });
            awaitDriver();
            guest.awaitFurtherWrites();
            assertNothingLeft(before);
            lab.verify(Lab.generation(start(0)));
        }
    }

    @Test
    public void withoutItsGatheringABackupDoesNotBeginAndWithItAgain() throws Exception {
        without(GATHERING, () -> {
            assertThat(lab.logManager().gatherings()).doesNotContain("central");
            assertThat(Lab.failure(start(0)))
                    .isEqualTo("the log gathering 'central' is not there; there is: per-node, probe; start its bundle, or choose"
                            + " another with 'bilog strategy'");
            write("n1", 0, "goes on");
        });

        lab.services.get(LogGathering.class, "(" + LogGathering.NAME + "=central)");
        lab.verify(Lab.generation(start(0)));
    }

    @Test
    public void aBackupFailsWhenItsGatheringGoesAndNothingElseDoes() throws Exception {
        List<String> before = lab.files(MEDIUM);
        Job job = startSlowly();
        try (Writing guest = new Writing(lab, disk)) {
            without(GATHERING, () -> {
                assertThat(Lab.failure(job)).isEqualTo("the log gathering 'central' was stopped");
                guest.awaitFurtherWrites();
                assertNothingLeft(before);
            });
            lab.services.get(LogGathering.class, "(" + LogGathering.NAME + "=central)");
            guest.awaitFurtherWrites();
            lab.verify(Lab.generation(start(0)));
        }
    }

    @Test
    public void aGenerationThatIsReadStaysWhateverIsConfigured() throws Exception {
        String generation = Lab.generation(start(0));
        Configuration configuration =
                lab.services.get(ConfigurationAdmin.class).getConfiguration("org.hikae.generations", "?");
        try (GenerationReader reader = lab.generations().open(generation)) {
            configuration.update(FrameworkUtil.asDictionary(Map.of("compressionLevel", 3)));
            lab.services.get(Generations.class, "(compressionLevel=3)");
            assertThatThrownBy(() -> lab.generations().remove(generation)).hasMessageContaining("is in use");
            reader.read(ByteBuffer.allocate(FRAME), 0);
        } finally {
            configuration.delete();
            lab.services.get(Generations.class, "(compressionLevel=1)");
        }
        lab.generations().remove(generation);
    }

    @Test
    public void everyBundleCanBeStoppedAndStartedWhileNothingGoesOn() throws Exception {
        for (String name : ourBundles()) {
            without(name, () -> {});
            assertWorks(name);
        }
    }

    /** Whatever is stopped: the backup ends one way or the other, nothing is left of one that failed, and all works on. */
    @Test
    public void everyBundleCanBeStoppedAndStartedInMidBackup() throws Exception {
        for (String name : ourBundles()) {
            Job job = startSlowly();
            without(name, () -> {});
            job.cancel();
            Lab.end(job);
            assertWorks(name);
        }
    }

    private List<String> ourBundles() {
        return Stream.of(context.getBundles())
                .map(Bundle::getSymbolicName)
                .filter(name -> name.startsWith("org.hikae."))
                .toList();
    }

    private void assertWorks(String stopped) throws Exception {
        awaitDriver();
        lab.services.get(LogGathering.class, "(" + LogGathering.NAME + "=central)");
        assertThat(lab.generations().list()).as("after %s", stopped).isEmpty();
        write("n1", 0, stopped);
        String generation = Lab.generation(start(0));
        lab.verify(generation);
        lab.generations().remove(generation);
    }

    private Job startSlowly() throws IOException {
        Job job = start(SLOW);
        Awaitility.await().until(() -> "copying".equals(job.info().phase()));
        return job;
    }

    private void awaitDriver() {
        lab.services.get(MediumDriver.class, "(" + MediumDriver.NAME + "=directory)");
        Awaitility.await().atMost(Services.DEADLINE).untilAsserted(() -> assertThat(
                        lab.media().get(MEDIUM).problem())
                .isNull());
    }

    private void assertNothingLeft(List<String> before) throws IOException {
        assertThat(lab.generations().list())
                .noneMatch(info -> info.medium().equals(MEDIUM) && info.disk().equals(disk.name()));
        assertThat(lab.files(MEDIUM)).isEqualTo(before);
    }
}

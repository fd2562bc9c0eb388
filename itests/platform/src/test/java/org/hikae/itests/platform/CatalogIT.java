package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.catalog.CatalogInfo;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.catalog.KnownGeneration.State;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Layout;
import org.hikae.api.media.MergeRequest;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The catalog follows what happens, can be lost, and is made anew. */
public class CatalogIT extends InLab {

    private Catalog catalog() {
        return lab.services.get(Catalog.class);
    }

    private String backUpTo(String medium, boolean differential) throws Exception {
        return Lab.generation(lab.backups()
                .backUp(new BackupRequest(
                        disk.name(),
                        medium,
                        List.of(),
                        new CopyLimits(0, 1),
                        Layout.PACKED,
                        differential,
                        null,
                        Quieting.NONE,
                        null)));
    }

    /** Of this test's disk. */
    private List<String> states() throws IOException {
        return catalog().generations(true).stream()
                .filter(known -> known.info().disk().equals(disk.name()))
                .map(known -> known.info().id().replace(disk.name(), "") + " " + known.state())
                .toList();
    }

    private List<GenerationInfo> present() throws IOException {
        return catalog().generations(false).stream()
                .filter(known -> known.state() == State.PRESENT)
                .map(KnownGeneration::info)
                .toList();
    }

    private JobInfo rebuild() throws Exception {
        JobInfo info = Lab.end(catalog().rebuild());
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
        return info;
    }

    @Test
    public void knowsWhatIsThereWhatIsAwayAndWhatIsGone() throws Exception {
        backUpTo(Lab.MEDIUM, false);
        for (int i = 2; i <= 4; i++) {
            fill("n1", (long) i * BLOCK, BLOCK, (char) ('0' + i));
            backUpTo(Lab.MEDIUM, true);
        }
        String other = backUpTo(Lab.OTHER_MEDIUM, false);
        assertThat(states()).containsExactly("@1 PRESENT", "@2 PRESENT", "@3 PRESENT", "@4 PRESENT", "@5 PRESENT");

        String id = disk.name();
        Lab.end(lab.backups().merge(new MergeRequest(id + "@2", id + "@3", null)));
        lab.generations().remove(id + "@4");
        Path folder = lab.folder.resolve(Lab.OTHER_MEDIUM);
        Files.move(folder, folder.resolveSibling("away"));
        assertThat(states()).containsExactly("@1 PRESENT", "@2 GONE", "@3 PRESENT", "@4 GONE", "@5 AWAY");
        assertThat(present()).isEqualTo(lab.generations().list());

        Files.move(folder.resolveSibling("away"), folder);
        assertThat(states()).containsExactly("@1 PRESENT", "@2 GONE", "@3 PRESENT", "@4 GONE", "@5 PRESENT");
        assertThat(present()).isEqualTo(lab.generations().list());
        lab.verify(other);
    }

    @Test
    public void rebuiltItHasTheSameListingsAndTheirGenerationsAreReadable() throws Exception {
        String full = backUpTo(Lab.MEDIUM, false);
        fill("n1", BLOCK, BLOCK, 'x');
        String differential = backUpTo(Lab.MEDIUM, true);
        List<GenerationInfo> generations = present();
        List<JobInfo> jobs = catalog().jobs("backup", 100);
        assertThat(jobs).isNotEmpty().allMatch(job -> job.kind().equals("backup"));

        assertThat(rebuild().result()).containsEntry("generations", (long) generations.size());
        assertThat(present()).isEqualTo(generations);
        assertThat(catalog().jobs("backup", 100)).isEqualTo(jobs);
        assertThat(catalog().groups()).isEqualTo(List.of());
        lab.verify(full);
        lab.verify(differential);
    }

    /** Without being asked: {@link Catalog#info} says how it stands, and brings nothing up to date. */
    @Test
    public void followsTheJobsOfAPlatformThatStays() throws Exception {
        catalog().generations(true);
        CatalogInfo before = catalog().info();
        assertThat(before.problem()).isNull();
        assertThat(before.database()).startsWith("H2 2.").contains("/catalog/catalog");
        Instant updated = before.updated();
        backUpTo(Lab.MEDIUM, false);
        Awaitility.await().atMost(Services.DEADLINE).untilAsserted(() -> {
            CatalogInfo now = catalog().info();
            assertThat(now.updated()).isAfter(updated);
            assertThat(now.generations()).isEqualTo(before.generations() + 1);
            assertThat(now.jobs()).isGreaterThan(before.jobs());
        });
    }

    @Test
    public void aDamagedDatabaseHarmsNobodyAndIsMadeAnew() throws Exception {
        String first = backUpTo(Lab.MEDIUM, false);
        List<GenerationInfo> generations = present();
        Path folder = Path.of(context.getProperty("hikae.home")).resolve("catalog");
        byte[] garbage = "no database at all\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        whileStopped(() -> Files.write(folder.resolve("catalog.mv.db"), garbage));

        assertThat(catalog().info().problem()).contains("cannot be used", "'catalog rebuild' makes it anew");
        lab.verify(first);
        String second = backUpTo(Lab.MEDIUM, false);
        lab.verify(second);

        rebuild();
        assertThat(catalog().info().problem()).isNull();
        assertThat(present())
                .containsAll(generations)
                .isEqualTo(lab.generations().list());
        List<byte[]> kept = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "catalog.damaged-*")) {
            for (Path file : files) {
                kept.add(Files.readAllBytes(file));
            }
        }
        assertThat(kept).containsExactly(garbage);
    }

    /** What is done while the catalog does not run. */
    private interface Deed {
        void run() throws IOException;
    }

    private void whileStopped(Deed deed) throws BundleException, IOException {
        Bundle bundle = Arrays.stream(context.getBundles())
                .filter(each -> each.getSymbolicName().equals("org.hikae.catalog"))
                .findFirst()
                .orElseThrow();
        bundle.stop();
        try {
            deed.run();
        } finally {
            bundle.start();
        }
    }

    @Test
    public void aConfigurationPutsAnotherDatabaseIn() throws Exception {
        backUpTo(Lab.MEDIUM, false);
        List<GenerationInfo> generations = present();
        Configuration configuration =
                lab.services.get(ConfigurationAdmin.class).getConfiguration("org.hikae.catalog", "?");
        String url = "jdbc:h2:mem:other;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        configuration.update(new Hashtable<>(Map.of("url", url, "user", "hikae", ".password", "sesame")));
        try {
            awaitDatabase("jdbc:h2:mem:other");
            assertThat(present()).isEqualTo(generations);
            configuration.update(new Hashtable<>(Map.of("driver", "com.example.Driver", "url", "jdbc:example:x")));
            Awaitility.await().atMost(Services.DEADLINE).untilAsserted(() -> assertThat(
                            catalog().info().problem())
                    .startsWith("there is no database driver com.example.Driver"));
            lab.verify(backUpTo(Lab.MEDIUM, false));
        } finally {
            configuration.delete();
        }
        awaitDatabase("/catalog/catalog");
        assertThat(present()).isEqualTo(lab.generations().list());
    }

    private void awaitDatabase(String where) {
        Awaitility.await()
                .atMost(Services.DEADLINE)
                .untilAsserted(() -> assertThat(catalog().info().database()).endsWith(where));
    }

    @Test
    public void everyChangeOfAJobIsAnEvent() throws Exception {
        try (JobListener listener = JobListener.register(context, lab.services.get(Jobs.class))) {
            HoldsCopier copier = holdCopier();
            Job job = backUp("n1");
            copier.firstFrame.awaitArrival();
            job.pause();
            job.resume();
            copier.letGo();
            Lab.generation(job);
            Job cancelled = startPausedAndCancel();
            Awaitility.await().atMost(Services.DEADLINE).untilAsserted(() -> {
                assertThat(listener.changes(job.id())).containsExactly("STARTED", "PAUSED", "RESUMED", "DONE");
                assertThat(listener.changes(cancelled.id())).containsExactly("STARTED", "PAUSED", "CANCELLED");
            });
            assertThat(listener.last(job.id())).isEqualTo(job.info());
        }
    }

    private Job startPausedAndCancel() throws Exception {
        HoldsCopier copier = holdCopier();
        Job job = backUp("n1");
        copier.firstFrame.awaitArrival();
        job.pause();
        job.cancel();
        copier.letGo();
        assertThat(Lab.end(job).state()).isEqualTo(JobInfo.State.CANCELLED);
        return job;
    }
}

package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.junit.Before;
import org.junit.Test;

/** Several backups at once to one medium, while all their disks are being written. */
public class ConcurrentIT extends InFramework {
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 100 : 5;
    private static final int DISKS = 4;
    private static final long SIZE = 3_000_001;

    private Lab lab;

    @Before
    public void openLab() throws Exception {
        lab = Lab.in(context);
    }

    /** A disk with a gathering of its own, which tells when its instant is. */
    private final class Case implements AutoCloseable {
        final Disk disk;
        final Image image;
        private final ProbeGathering gathering;
        private final Writing guest;

        Case(int number) throws Exception {
            disk = lab.fullDisk(SIZE + number, 4096);
            image = new Image(disk.path());
            gathering = ProbeGathering.register(context, lab.services, "probe" + number);
            gathering.watch(new ProbeGathering.Watch() {
                @Override
                public void instant() throws IOException {
                    image.take();
                }
            });
            lab.strategy(disk.name(), "probe" + number, number % 2 == 0 ? "overlay" : "separate", null);
            guest = new Writing(lab, disk);
        }

        void check(String generation) throws Exception {
            try (GenerationReader reader = lab.generations().open(generation)) {
                assertThat(reader.info().disk()).isEqualTo(disk.name());
                assertThat(image.difference(reader)).isEqualTo(-1);
            }
        }

        @Override
        public void close() throws Exception {
            guest.close();
            gathering.unregister();
            lab.forget(disk);
        }
    }

    @Test
    public void backupsOfSeveralDisksToOneMedium() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < DISKS; i++) {
            cases.add(new Case(i));
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Job> jobs = new ArrayList<>();
            for (Case each : cases) {
                jobs.add(lab.start(each.disk));
            }
            for (int i = 0; i < DISKS; i++) {
                cases.get(i).check(Lab.generation(jobs.get(i)));
            }
        }
        for (Case each : cases) {
            each.close();
        }
    }

    /** At least two at a time on each medium; each disk goes now to one, now to the other. */
    @Test
    public void backupsOfSeveralDisksToSeveralMedia() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < DISKS; i++) {
            cases.add(new Case(i));
        }
        List<String> media = List.of(Lab.MEDIUM, Lab.OTHER_MEDIUM);
        for (int round = 0; round < ROUNDS; round++) {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < DISKS; i++) {
                BackupRequest request = new BackupRequest(
                        cases.get(i).disk.name(), media.get((round + i) % media.size()), List.of(), 0, 0);
                jobs.add(lab.backups().backUp(request));
            }
            for (int i = 0; i < DISKS; i++) {
                String generation = Lab.generation(jobs.get(i));
                cases.get(i).check(generation);
                assertThat(lab.generations().get(generation).medium()).isEqualTo(media.get((round + i) % media.size()));
            }
        }
        for (Case each : cases) {
            each.close();
        }
    }

    /** Each has an instant, and a log, of its own. */
    @Test
    public void backupsOfOneDiskAtOnce() throws Exception {
        Disk disk = lab.fullDisk(SIZE, 4096);
        lab.strategy(disk.name(), "overlay", null);
        List<Image> images = new ArrayList<>();
        lab.gathering.watch(new ProbeGathering.Watch() {
            @Override
            public synchronized void instant() throws IOException {
                images.add(new Image(disk.path(), "t" + images.size()));
                images.get(images.size() - 1).take();
            }
        });
        try (Writing guest = new Writing(lab, disk)) {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 2 * ROUNDS; i++) {
                jobs.add(lab.start(disk));
                jobs.add(lab.start(disk));
                guest.awaitFurtherWrites();
            }
            List<GenerationInfo> made = new ArrayList<>();
            for (Job job : jobs) {
                made.add(lab.generations().get(Lab.generation(job)));
            }
            made.sort((a, b) -> a.instant().compareTo(b.instant()));
            assertThat(made).hasSameSizeAs(images);
            for (int i = 0; i < made.size(); i++) {
                try (BlockDevice reader = lab.generations().open(made.get(i).id())) {
                    assertThat(images.get(i).difference(reader))
                            .as("%s", made.get(i))
                            .isEqualTo(-1);
                }
            }
        } finally {
            lab.gathering.watch(new ProbeGathering.Watch() {});
        }
        lab.forget(disk);
    }
}

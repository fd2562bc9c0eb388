package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.osgi.framework.Bundle;

/**
 * What a gathering keeps with every placement and layout: generations are exact to their instant, whatever is written (I1); one
 * that cannot be is not there, and nothing else was harmed (I3, R9).
 *
 * <p>Each class declares the tests itself: Pax Exam takes an inherited one for that of any other class with the same ancestor in
 * its process, and so one gathering would be tested in the place of another.
 */
public abstract class LogStrategyContract extends InLab {
    private static final int FACTOR = Boolean.getBoolean("hikae.long") ? 20 : 1;
    /** Histories on one disk, one after the other. */
    private static final int ON_A_DISK = 8;
    /** Bytes a second: a backup that takes as long as a test may need. */
    private static final long SLOW = 200_000;
    /** A place on the disk that is copied last. */
    private static final long LATE = 2L * FRAME;

    /** The gathering's name. */
    abstract String name();

    /** The bundle that it is in. */
    abstract String bundle();

    /** Another one that ships. */
    abstract String other();

    /** Whether what a node has logged outlives the node. */
    abstract boolean outlivesNodes();

    /** Disks with histories, for each placement. */
    int seeds() {
        return Boolean.getBoolean("hikae.long") ? 3 : 2;
    }

    public void i1_historiesWithEveryPlacement() throws Exception {
        for (LogPlace place : LogPlace.values()) {
            long logged = Seeds.forEach(seeds() * FACTOR, seed -> histories(seed, place, false));
            assertThat(logged).as("blocks logged: without, nothing is shown").isPositive();
        }
    }

    public void i1_historiesWithEveryPlacementStepByStep() throws Exception {
        for (LogPlace place : LogPlace.values()) {
            long logged = Seeds.forEach(seeds() * FACTOR, seed -> histories(seed, place, true));
            assertThat(logged).as("blocks logged: without, nothing is shown").isPositive();
        }
    }

    /** Generations of both layouts, those that are packed on top of others of both; returns how many blocks were logged. */
    private long histories(long seed, LogPlace place, boolean stepwise) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int blockSize = 512 << random.nextInt(8);
        Disk written = lab.disk(100_000 + random.nextInt(300_000), blockSize, random.nextLong());
        Way way = new Way(probe(), place, random.nextBoolean() ? null : Lab.OTHER_MEDIUM);
        long logged = 0;
        Deque<History> done = new ArrayDeque<>();
        for (int i = 0; i < ON_A_DISK; i++) {
            Layout layout = random.nextInt(3) > 0 ? Layout.PACKED : Layout.IMAGE;
            History history = new History(lab, written, way, layout, random.split(), stepwise, i);
            history.run();
            logged += history.logged();
            done.push(history);
        }
        for (History history : done) {
            history.checkAgain();
            history.forget();
        }
        lab.forget(written);
        return logged;
    }

    public void r9_aNodeIsLostInMidBackup() throws Exception {
        for (LogPlace place : LogPlace.values()) {
            for (Layout layout : Layout.values()) {
                loseNode(place, layout);
            }
        }
    }

    private void loseNode(LogPlace place, Layout layout) throws Exception {
        watchInstant();
        new Way(probe(), place, null).choose(lab, disk);
        lab.generations().remove(Lab.generation(backUp()));
        List<String> before = lab.files(Lab.MEDIUM);
        HoldsCopier copier = holdCopier();
        Job job = start(layout, 0);
        copier.firstFrame.awaitArrival();
        overwrite("n2", LATE, "lost with its node, or not");
        lab.nodes().kill("n2");
        copier.letGo();
        endWithoutNode(job, before);
        lab.nodes().start("n2");
        lab.driver.watch(new ProbeDriver.Watch() {});
        remove(exact(start(layout, 0)));
    }

    /** How a backup ends of which a node was lost that had logged a block. */
    private void endWithoutNode(Job job, List<String> before) throws Exception {
        if (outlivesNodes()) {
            remove(exact(job));
        } else {
            assertThat(Lab.failure(job)).contains("node 'n2'").contains("lost");
            assertNothingLeft(before);
            assertThat(changed()).isEqualTo(BlockSet.of(new BlockRun(LATE / BLOCK, 1)));
        }
    }

    void assertNothingLeft(List<String> before) throws IOException {
        assertThat(lab.files(Lab.MEDIUM)).isEqualTo(before);
        assertThat(lab.temporaryLogs()).isEmpty();
        assertThat(lab.generations().list()).noneMatch(info -> info.disk().equals(disk.name()));
    }

    /** Its write in flight ends before it counts as lost (R16): what is on the disk then is logged, or the backup fails. */
    public void r9_aNodeIsKilledBetweenLogAndWrite() throws Exception {
        new Way(probe(), LogPlace.OVERLAY, null).choose(lab, disk);
        lab.generations().remove(Lab.generation(backUp()));
        List<String> before = lab.files(Lab.MEDIUM);
        Checkpoint between = new Checkpoint();
        probe().watch(new TakesImage() {
            @Override
            public void afterAppend(String node, BlockRun run) {
                between.pass();
            }
        });
        HoldsCopier copier = holdCopier();
        Job job = start(Layout.PACKED, 0);
        copier.firstFrame.awaitArrival();
        Task write = Task.start(() -> overwrite("n2", LATE, "killed"));
        between.awaitArrival();
        Task kill = Task.start(() -> lab.nodes().kill("n2"));
        kill.awaitHeld();
        assertThat(text(disk.path(), LATE, 6)).isNotEqualTo("killed");
        between.open();
        kill.join();
        Awaitility.await().until(write::done);
        assertThat(text(disk.path(), LATE, 6)).isEqualTo("killed");
        copier.letGo();
        endWithoutNode(job, before);
        lab.nodes().start("n2");
    }

    public void r6_theCounterIsRestarted() throws Exception {
        new Way(probe(), LogPlace.OVERLAY, null).choose(lab, disk);
        List<String> before = lab.files(Lab.MEDIUM);
        AtomicLong restartedAt = new AtomicLong();
        probe().watch(new TakesImage() {
            @Override
            public long number(long number) {
                return number - restartedAt.get();
            }
        });
        HoldsCopier copier = holdCopier();
        Job job = start(Layout.PACKED, 0);
        copier.firstFrame.awaitArrival();
        overwrite("n2", LATE, "logged as 1");
        restartedAt.set(1);
        overwrite("n3", LATE + BLOCK, "logged as 1 too");
        copier.letGo();
        assertThat(Lab.failure(job)).containsPattern("the counter .*was restarted|record 1 after 1");
        assertThat(text(disk.path(), LATE + BLOCK, 15)).isEqualTo("logged as 1 too");
        assertNothingLeft(before);
    }

    public void r9_aNodeLeavesAndComesBackInMidBackup() throws Exception {
        for (LogPlace place : LogPlace.values()) {
            for (Layout layout : Layout.values()) {
                watchInstant();
                new Way(probe(), place, null).choose(lab, disk);
                HoldsCopier copier = holdCopier();
                Job job = start(layout, 0);
                copier.firstFrame.awaitArrival();
                overwrite("n2", LATE, "first incarnation");
                overwrite("n3", LATE, "another node, later");
                lab.nodes().remove("n2");
                lab.nodes().add("n2");
                overwrite("n2", LATE + 10, "second incarnation");
                overwrite("n2", LATE + BLOCK, "and elsewhere");
                copier.letGo();
                remove(exact(job));
            }
        }
    }

    public void twoBackupsOfADiskAtOnce() throws Exception {
        for (LogPlace place : LogPlace.values()) {
            List<Image> images = Collections.synchronizedList(new ArrayList<>());
            probe().watch(new ProbeGathering.Watch() {
                @Override
                public void instant() throws IOException {
                    Image taken = new Image(disk.path(), "t" + images.size());
                    taken.take();
                    images.add(taken);
                }
            });
            new Way(probe(), place, Lab.OTHER_MEDIUM).choose(lab, disk);
            List<GenerationInfo> made = new ArrayList<>();
            try (Writing guest = new Writing(lab, disk)) {
                List<Job> jobs = List.of(start(Layout.PACKED, 3_000_000), start(Layout.IMAGE, 4_000_000));
                for (Job job : jobs) {
                    made.add(lab.generations().get(Lab.generation(job)));
                }
            }
            made.sort(Comparator.comparing(GenerationInfo::instant));
            for (int i = 0; i < made.size(); i++) {
                try (GenerationReader reader =
                        lab.generations().open(made.get(i).id())) {
                    assertThat(images.get(i).difference(reader))
                            .as("%s", made.get(i))
                            .isEqualTo(-1);
                }
                remove(made.get(i).id());
            }
        }
    }

    public void f1_itsBundleIsStoppedInMidBackupAndAnotherTakesItsPlace() throws Exception {
        lab.strategy(disk.name(), name(), "overlay", null);
        List<String> before = lab.files(Lab.MEDIUM);
        Job job = start(Layout.PACKED, SLOW);
        Awaitility.await().until(() -> "copying".equals(job.info().phase()));
        Bundle bundle = bundle(bundle());
        try (Writing guest = new Writing(lab, disk)) {
            bundle.stop();
            assertThat(Lab.failure(job)).isEqualTo("the log gathering '" + name() + "' was stopped");
            guest.awaitFurtherWrites();
            assertNothingLeft(before);
            lab.strategy(disk.name(), other(), "overlay", null);
            String others = Lab.generation(start(Layout.PACKED, 0));
            lab.verify(others);
            remove(others);
            bundle.start();
            lab.services.get(LogGathering.class, "(" + LogGathering.NAME + "=" + name() + ")");
            lab.strategy(disk.name(), name(), "overlay", null);
            String own = Lab.generation(start(Layout.IMAGE, 0));
            lab.verify(own);
            remove(own);
            guest.awaitFurtherWrites();
        }
    }

    public void f1_theLogManagerIsStoppedInMidBackup() throws Exception {
        lab.strategy(disk.name(), name(), "overlay", null);
        List<String> before = lab.files(Lab.MEDIUM);
        Job job = start(Layout.PACKED, SLOW);
        Awaitility.await().until(() -> "copying".equals(job.info().phase()));
        Bundle manager = bundle("org.hikae.log");
        try (Writing guest = new Writing(lab, disk)) {
            manager.stop();
            try {
                assertThat(Lab.failure(job)).isEqualTo("the log manager was stopped");
                guest.awaitFurtherWrites();
                assertNothingLeft(before);
            } finally {
                manager.start();
            }
            String next = Lab.generation(start(Layout.PACKED, 0));
            lab.verify(next);
            remove(next);
            guest.awaitFurtherWrites();
        }
    }

    private Bundle bundle(String symbolicName) {
        return Stream.of(context.getBundles())
                .filter(any -> any.getSymbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }

    private ProbeGathering probe() {
        return lab.probe(name());
    }

    private void watchInstant() {
        probe().watch(new TakesImage());
        lab.driver.watch(new ProbeDriver.Watch() {});
    }

    Job start(Layout layout, long bytesPerSecond) throws IOException {
        return lab.backups()
                .backUp(new BackupRequest(
                        disk.name(),
                        Lab.MEDIUM,
                        List.of("n1"),
                        new CopyLimits(bytesPerSecond, 1),
                        layout,
                        false,
                        null,
                        Quieting.NONE,
                        null));
    }

    /** Written to the disk, past the node's cache. */
    void overwrite(String node, long offset, String text) throws IOException {
        try (BlockDevice device = lab.node(node).open(disk.name())) {
            device.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), offset);
            device.force();
        }
    }

    private String exact(Job job) throws Exception {
        String generation = Lab.generation(job);
        assertExact(generation);
        return generation;
    }

    void remove(String generation) throws IOException {
        lab.generations().remove(generation);
    }
}

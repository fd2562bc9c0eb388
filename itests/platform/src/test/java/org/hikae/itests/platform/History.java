package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.block.BlockRun;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.node.Node;

/** One backup while guests write through all nodes, and the proof that it is exact to one instant (I1). */
final class History implements ProbeGathering.Watch, ProbeDriver.Watch {
    /** One in so many generations is restored and verified too. */
    private static final int CHECKED_FURTHER = 8;

    /** Guests that never pause would leave a small machine no time for the backup. */
    private static final int MAX_PAUSE_NANOS = 300_000;

    private static final String SURE = "sure";

    private final Lab lab;
    private final Disk disk;
    private final Way way;
    private final Layout layout;
    private final SplittableRandom random;
    private final Image image;
    private final List<Guest> guests = new ArrayList<>();
    private final SureOverwrite sure;
    /** Numbers what happens. */
    private final AtomicLong order = new AtomicLong();
    /** Null if threads go as they like. */
    private final Steps steps;

    private final boolean differential;
    private volatile long instant;
    private volatile JobInfo result;
    private volatile boolean over;

    /** @param number which of its disk it is, the first one 0: later ones are differentials now and then (a.9) */
    History(Lab lab, Disk disk, Way way, Layout layout, SplittableRandom random, boolean stepwise, int number) {
        this.lab = lab;
        this.disk = disk;
        this.way = way;
        this.layout = layout;
        this.random = random;
        this.differential = layout == Layout.PACKED && number > 0 && random.nextInt(4) > 0;
        this.image = new Image(disk.path(), "t" + number);
        this.sure = new SureOverwrite(disk, random.split());
        this.steps = stepwise ? new Steps(random.split()) : null;
    }

    /** Number of blocks whose before-images were needed. */
    long logged() {
        return ((Number) result.result().get("loggedBlocks")).longValue();
    }

    private String generation() {
        return (String) result.result().get("generation");
    }

    void run() throws Exception {
        way.choose(lab, disk);
        way.gathering().watch(this);
        lab.driver.watch(this);
        try {
            admitSureGuest();
            if (steps == null) {
                runFreely();
            } else {
                runStepwise();
            }
        } finally {
            sure.over();
            way.gathering().watch(new ProbeGathering.Watch() {});
            lab.driver.watch(new ProbeDriver.Watch() {});
        }
        assertThat(result.state()).as("%s", result).isEqualTo(JobInfo.State.DONE);
        assertThat(result.result().get("kind")).as("%s", result).isEqualTo(differential ? "differential" : "full");
        assertThat(logged()).as("blocks logged, one for sure: %s", result).isPositive();
        check();
    }

    /** Guests write until the backup has ended. */
    private void runFreely() throws Exception {
        int before = random.nextInt(300);
        long pause = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(MAX_PAUSE_NANOS);
        CountDownLatch begun = new CountDownLatch(1);
        admitGuests(4 + random.nextInt(3), () -> {
            if (order.get() >= before) {
                begun.countDown();
            }
            LockSupport.parkNanos(pause);
        });
        for (int i = 1; i < guests.size(); i++) {
            guests.get(i).start(i, () -> !over);
        }
        begun.await();
        backUp();
        for (Guest guest : guests) {
            guest.join();
        }
    }

    /** Guests do a few changes each. */
    private void runStepwise() throws Exception {
        admitGuests(2 + random.nextInt(3), () -> steps.at("change"));
        for (int i = 1; i < guests.size(); i++) {
            AtomicInteger left = new AtomicInteger(2 + random.nextInt(6));
            guests.get(i).start(i, () -> left.getAndDecrement() > 0);
        }
        FutureTask<Void> backup = new FutureTask<>(this::backUp);
        new Thread(backup, "guest-backup").start();
        steps.run(() -> backup.isDone() && guests.stream().allMatch(Guest::ended));
        backup.get();
        for (Guest guest : guests) {
            guest.join();
        }
    }

    /** The first of the guests. It makes no steps of its own, so all that others do is as free as without it. */
    private void admitSureGuest() throws IOException {
        Guest guest = new Guest(lab.node("n" + (1 + random.nextInt(4))), disk.name(), sure::change, order);
        guests.add(guest);
        guest.change();
        guest.start(SURE, sure::isWanted, sure::over);
    }

    private void admitGuests(int count, Runnable step) throws IOException {
        for (int i = 0; i < count; i++) {
            Node node = lab.node("n" + (1 + i % 4));
            guests.add(new Guest(node, disk.name(), random.split(), order, step));
        }
    }

    private Void backUp() throws IOException, InterruptedException {
        try {
            List<String> copiers = random.nextBoolean() ? List.of() : List.of("n" + (1 + random.nextInt(4)));
            String medium = random.nextInt(3) > 0 ? Lab.MEDIUM : Lab.OTHER_MEDIUM;
            BackupRequest request = new BackupRequest(
                    disk.name(),
                    medium,
                    copiers,
                    new CopyLimits(0, 1 + random.nextInt(3)),
                    layout,
                    differential,
                    null,
                    Quieting.NONE,
                    null);
            step("backup");
            Job job = lab.backups().backUp(request);
            sure.begun(job);
            result = Lab.end(job);
        } finally {
            over = true;
            sure.over();
        }
        return null;
    }

    private void step(String name) {
        if (steps != null && !Thread.currentThread().getName().startsWith("guest-" + SURE)) {
            steps.at(name);
        }
    }

    /** Is what it was, whatever happened since (c.2). */
    void checkAgain() throws Exception {
        try (GenerationReader reader = lab.generations().open(generation())) {
            same(image.difference(reader), reader);
            same(image.differenceAtRandom(reader, random), reader);
        }
    }

    void forget() throws IOException {
        lab.generations().remove(generation());
        Files.delete(image.path());
    }

    private void check() throws Exception {
        checkAgain();
        String generation = generation();
        if (random.nextInt(CHECKED_FURTHER) == 0) {
            long difference = Files.mismatch(image.path(), lab.restore(generation));
            assertThat(difference).as("where the restored file differs").isEqualTo(-1);
            lab.verify(generation);
        }
    }

    private void same(long difference, GenerationReader reader) throws IOException {
        if (difference >= 0) {
            throw new AssertionError("generation " + reader.info() + " differs from the disk at its instant, " + instant
                    + ", at byte " + difference + " (block " + difference / disk.blockSize() + "): "
                    + image.compare(reader, difference) + "; done to that block: " + story(difference));
        }
    }

    private List<String> story(long offset) {
        long from = offset - offset % disk.blockSize();
        return guests.stream()
                .flatMap(guest -> guest.story(from, from + disk.blockSize()).stream())
                .toList();
    }

    @Override
    public void instant() throws IOException {
        instant = order.incrementAndGet();
        image.take();
        sure.instant();
    }

    @Override
    public void joined(String node) {
        step("join " + node);
    }

    @Override
    public void missing(BlockRun run, List<BlockRun> missing) {
        step("before-image to read");
    }

    @Override
    public void beforeAppend(String node, BlockRun run, ByteBuffer data) {
        step("before-image to log");
    }

    @Override
    public void afterAppend(String node, BlockRun run) {
        step("block to write");
    }

    @Override
    public void write(String object, ByteBuffer data) {
        step("medium to write " + object);
    }

    @Override
    public void commit(String object) {
        step("medium to commit " + object);
    }
}

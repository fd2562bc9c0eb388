package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Marks;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;

/** One disk, what is done with it, and what its generations must be. */
final class ChainHistory {
    private static final int MOST_READERS = 3;
    /** Where there are more, they are merged or removed. */
    private static final int MOST_GENERATIONS = 8;

    private static final int LONGEST_WRITE = 20_000;
    /** What chance merges may be refused, or find nothing to merge. */
    private static final int STEPS_TO_SURE_MERGE = 20;

    private final Lab lab;
    private final SplittableRandom random;
    private final Disk disk;
    private final DiskModel model;
    private final ChainModel chain = new ChainModel();
    private final List<Open> readers = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final ChainJobs jobs;
    private final ChainInPlace inPlace;
    private int marks;
    private int merges;

    /** A reader that stays open. */
    private record Open(String id, byte[] content, GenerationReader reader) {}

    ChainHistory(Lab lab, long seed) throws IOException {
        this.lab = lab;
        this.random = new SplittableRandom(seed);
        int blockSize = 512 << random.nextInt(8);
        this.disk = lab.disk(60_000 + random.nextInt(200_000), blockSize, seed);
        this.model = new DiskModel(read(), blockSize);
        this.jobs = new ChainJobs(lab, disk.name(), random, chain, model, this::isNeeded, this::said);
        this.inPlace = new ChainInPlace(lab, random, disk, model, this::said);
    }

    int merges() {
        return merges;
    }

    void run(int steps) throws Exception {
        try {
            for (int i = 0; i < steps; i++) {
                if (i % STEPS_TO_SURE_MERGE == STEPS_TO_SURE_MERGE - 1) {
                    growAndMerge();
                } else {
                    step();
                }
                check();
            }
            end();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(e + "; " + String.join("; ", story), e);
        }
    }

    private void step() throws Exception {
        int full = chain.all().size() < MOST_GENERATIONS ? 0 : 11;
        switch (chain.isEmpty() ? 5 : full + random.nextInt(24 - full)) {
            case 0, 1, 2, 3, 4 -> write();
            case 5, 6, 7, 8 -> backUp(random.nextInt(4) > 0);
            case 9 -> mark();
            case 10 -> backUpSinceMark();
            case 11, 12, 13 -> merges += jobs.merge(random.nextInt(3) == 0 ? medium() : null) ? 1 : 0;
            case 14 -> remove();
            case 15 -> openReader();
            case 16 -> closeReader();
            case 17 -> inPlace.mount(chain);
            case 18 -> inPlace.bringBack(random.nextInt(3) == 0);
            case 19 -> jobs.rebase(medium());
            case 20 -> jobs.retain();
            case 21 -> jobs.mergeMeanwhile(() -> backUp(true), random.nextBoolean() ? medium() : null);
            case 22 -> jobs.withoutMedium(medium());
            default -> undoOrProve();
        }
    }

    /** A merge that nothing stands against: nobody reads what it takes away, or builds upon it, for that is new. */
    private void growAndMerge() throws Exception {
        List<String> range = new ArrayList<>(List.of(backUp(false)));
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            write();
            range.add(0, backUp(true));
        }
        assertThat(chain.range(range.get(0), range.size())).isEqualTo(range);
        assertThat(jobs.merge(range, random.nextInt(3) == 0 ? medium() : null)).isTrue();
        merges++;
    }

    private void said(String what) {
        story.add(what);
    }

    private void write() throws IOException {
        try (BlockDevice device = lab.node("n" + (1 + random.nextInt(4))).open(disk.name())) {
            for (int left = 1 + random.nextInt(4); left > 0; left--) {
                write(device, random);
            }
        }
        said("write");
    }

    private void write(BlockDevice device, SplittableRandom choice) throws IOException {
        int offset = choice.nextInt(model.size());
        byte[] data = new byte[1 + choice.nextInt(Math.min(LONGEST_WRITE, model.size() - offset))];
        if (choice.nextInt(3) == 0) {
            device.zero(offset, data.length);
        } else {
            choice.nextBytes(data);
            device.write(ByteBuffer.wrap(data), offset);
        }
        synchronized (model) {
            model.write(offset, data);
        }
    }

    private String medium() {
        return random.nextInt(3) > 0 ? Lab.MEDIUM : Lab.OTHER_MEDIUM;
    }

    /** While a guest writes, mostly: so there is a log, kept in any way. Returns the id. */
    private String backUp(boolean differential) throws Exception {
        LogPlace place = random.nextBoolean() ? LogPlace.OVERLAY : LogPlace.SEPARATE;
        lab.strategy(
                disk.name(),
                place.text(),
                place == LogPlace.SEPARATE && random.nextBoolean() ? Lab.OTHER_MEDIUM : null);
        Layout layout = !differential && random.nextInt(4) == 0 ? Layout.IMAGE : Layout.PACKED;
        AtomicReference<byte[]> instant = new AtomicReference<>();
        CountDownLatch made = new CountDownLatch(1);
        lab.gathering.watch(new ProbeGathering.Watch() {
            @Override
            public void instant() throws IOException {
                instant.set(read());
                made.countDown();
            }
        });
        try (Guest guest = new Guest(random.nextInt(4) > 0 ? 1 + random.nextInt(20) : 0)) {
            String medium = medium();
            JobInfo info = run(request(medium, layout, differential, null));
            made.await();
            return made(
                    info, instant.get(), medium, differential && !model.bases().isEmpty(), false);
        } finally {
            lab.gathering.watch(new ProbeGathering.Watch() {});
        }
    }

    /** Writes until it has written so often. */
    private final class Guest implements AutoCloseable {
        private final FutureTask<Void> task;

        Guest(int writes) {
            SplittableRandom own = random.split();
            task = new FutureTask<>(() -> {
                try (BlockDevice device = lab.node("n" + (1 + own.nextInt(4))).open(disk.name())) {
                    for (int left = writes; left > 0; left--) {
                        write(device, own);
                    }
                }
                return null;
            });
            new Thread(task, "chain-guest").start();
        }

        @Override
        public void close() throws Exception {
            task.get();
        }
    }

    private BackupRequest request(String medium, Layout layout, boolean differential, String since) {
        CopyLimits limits = new CopyLimits(0, 1 + random.nextInt(2));
        return new BackupRequest(
                disk.name(), medium, List.of(), limits, layout, differential, since, Quieting.NONE, null);
    }

    private JobInfo run(BackupRequest request) throws Exception {
        JobInfo info = Lab.end(lab.backups().backUp(request));
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
        return info;
    }

    /** Returns the id of what a backup has made. */
    private String made(JobInfo info, byte[] content, String medium, boolean differential, boolean partial)
            throws IOException {
        String id = (String) info.result().get("generation");
        String parent = lab.generations().get(id).parent();
        said(id + " upon " + parent + " on " + medium + (partial ? ", partial" : ""));
        assertThat(parent != null).as("a differential: %s", info).isEqualTo(differential);
        chain.all().put(id, new ChainModel.Made(content, partial, parent, medium));
        if (parent != null) {
            assertThat(model.bases()).contains(parent);
        }
        if (!partial) {
            model.bases().add(id);
        }
        return id;
    }

    private void mark() throws IOException {
        String name = "mark" + ++marks;
        lab.services.get(Marks.class).add(disk.name(), name);
        model.mark(name);
        said(name);
    }

    private void backUpSinceMark() throws Exception {
        if (marks == 0) {
            return;
        }
        String mark = "mark" + (1 + random.nextInt(marks));
        boolean known = model.marks().contains(mark) && !model.bases().isEmpty();
        String medium = medium();
        JobInfo info = run(request(medium, Layout.PACKED, true, mark));
        String id = (String) info.result().get("generation");
        String parent = lab.generations().get(id).parent();
        byte[] content = known ? model.mixture(mark, chain.get(parent).content()) : model.content();
        made(info, content, medium, known, known);
    }

    /** Whether it cannot be removed, or become a part of others of a range. */
    private boolean isNeeded(String id, List<String> range) {
        return isUsed(id) || chain.isForked(id, range);
    }

    private boolean isUsed(String id) {
        return inPlace.isOf(id) || readers.stream().anyMatch(open -> open.id().equals(id));
    }

    private void remove() throws IOException {
        String id = chain.any(random);
        boolean refused = isNeeded(id, List.of());
        said("remove " + id + (refused ? ", refused" : ""));
        if (refused) {
            assertThatThrownBy(() -> lab.generations().remove(id)).isInstanceOf(IOException.class);
        } else {
            lab.generations().remove(id);
            chain.all().remove(id);
            model.bases().remove(id);
        }
    }

    private void openReader() throws IOException {
        String id = chain.any(random);
        if (readers.size() < MOST_READERS) {
            readers.add(new Open(id, chain.get(id).content(), lab.generations().open(id)));
            said("open " + id);
        }
    }

    private void closeReader() throws IOException {
        if (!readers.isEmpty()) {
            Open closed = readers.remove(random.nextInt(readers.size()));
            closed.reader().close();
            said("close " + closed.id());
        }
    }

    private void undoOrProve() throws Exception {
        if (inPlace.isMounted()) {
            inPlace.undo();
        } else {
            prove();
        }
    }

    /** By itself, what changed since a mark proves nothing. */
    private void prove() throws Exception {
        String id = chain.any(random);
        if (random.nextInt(4) == 0 && !chain.get(id).partial()) {
            JobInfo info = Lab.end(lab.backups().drill(new DrillRequest(id, null)));
            assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
            said("proven " + id);
        }
    }

    private void check() throws IOException {
        assertThat(Arrays.mismatch(read(), model.content())).as("the disk").isEqualTo(-1);
        Map<String, String> parents = new HashMap<>();
        lab.generations().list().stream()
                .filter(info -> info.disk().equals(disk.name()))
                .forEach(info -> parents.put(
                        info.id(), info.problem() == null ? String.valueOf(info.parent()) : info.problem()));
        assertThat(parents).isEqualTo(chain.parents());
        for (Map.Entry<String, ChainModel.Made> made : chain.all().entrySet()) {
            try (GenerationReader reader = lab.generations().open(made.getKey())) {
                assertSame(made.getKey(), reader, made.getValue().content());
            }
        }
        for (Open open : readers) {
            assertSame("open " + open.id(), open.reader(), open.content());
        }
    }

    private static void assertSame(String what, BlockDevice device, byte[] content) throws IOException {
        assertThat(Arrays.mismatch(read(device), content)).as(what).isEqualTo(-1);
    }

    /** As copiers see the disk: nothing is brought back by that. */
    private byte[] read() throws IOException {
        try (BlockDevice device = disk.openForCopy()) {
            return read(device);
        }
    }

    static byte[] read(BlockDevice device) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) device.size());
        device.read(content, 0);
        return content.array();
    }

    /** Nothing is left of what was removed or merged (R19). */
    private void end() throws Exception {
        while (!readers.isEmpty()) {
            closeReader();
        }
        inPlace.bringBack(true);
        backUp(true);
        lab.verify(chain.newestFirst().get(0));
        for (String id : chain.newestFirst()) {
            lab.generations().remove(id);
        }
        for (String medium : List.of(Lab.MEDIUM, Lab.OTHER_MEDIUM)) {
            assertThat(lab.files(medium)).as(medium).noneMatch(name -> name.startsWith(disk.name() + "@"));
        }
        lab.forget(disk);
    }
}

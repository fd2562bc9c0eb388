package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.block.tracking.CrashingStorage.Crash;
import org.hikae.block.tracking.CrashingStorage.Fault;

/**
 * A history of writes, backups, marks, stops, kills and troubles that a seed stands for, and what must be true of it: I2
 * always, exactness as long as nothing was lost, and an answer as long as nothing but a crash has happened.
 */
final class History {

    private final Lab lab = new Lab(6 * 1024);
    private final RandomGenerator random;
    private final boolean faults;
    private final Map<TrackingPoint, Truth> points = new HashMap<>();
    /** Points of sealed generations, the newest last. */
    private final List<TrackingPoint> taken = new ArrayList<>();

    private final Map<String, TrackingPoint> marks = new HashMap<>();
    private final List<ChangeTracker.Recorder> others = new ArrayList<>();
    private final StartModel start = new StartModel(lab);
    /** The point of a generation that was sealed, and the crash came before tracking was told; or null. */
    private TrackingPoint untold;

    private int names;
    int knownAnswers;
    int startAnswers;

    History(long seed, boolean faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
    }

    CrashingStorage storage() {
        return lab.storage;
    }

    /** Dies at that step of the storage, and goes on after a restart. */
    void dieAt(int step) {
        lab.storage.dieAt = step;
    }

    void run(int length) throws IOException {
        for (int i = 0; i < length; i++) {
            try {
                step();
            } catch (Crash e) {
                crashed();
            }
        }
        lab.storage.fault = Fault.NONE;
        try {
            check();
        } catch (Crash e) {
            crashed();
            check();
        }
    }

    private void crashed() {
        loosen();
        lab.crash(random);
        others.clear();
        start.forgetRewriter();
        truths().forEach(truth -> truth.exact = false);
        // Whether it is there depends on the moment.
        Map<String, TrackingPoint> before = new HashMap<>(marks);
        marks.clear();
        try {
            for (Mark mark : lab.tracking.marks()) {
                marks.put(mark.name(), mark.point());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(marks.keySet()).containsAll(sure(before.keySet()));
        points.forEach((point, truth) -> truth.promised &= isRemembered(point));
    }

    private boolean isRemembered(TrackingPoint point) {
        return taken.contains(point) || point.equals(untold) || marks.containsValue(point);
    }

    /** A later point is known to matter: one that was only guessed from what was found after a crash is let go. */
    private void told() {
        if (untold != null) {
            points.get(untold).promised = false;
            untold = null;
        }
    }

    /** Marks that were neither being set nor removed when the crash came, and of which no trouble of the home took any. */
    private Set<String> sure(Set<String> before) {
        Set<String> sure = new HashSet<>(before);
        sure.remove(underWay);
        return faults ? Set.of() : sure;
    }

    private String underWay;

    private void step() throws IOException {
        switch (random.nextInt(faults ? 19 : 17)) {
            case 0, 1, 2, 3, 4 -> write();
            case 5 -> backUp();
            case 6 -> failBackup();
            case 7 -> mark();
            case 8 -> unmark();
            case 9 -> stopAndStart();
            case 10 -> kill();
            case 11 -> join();
            case 12 -> check();
            case 13 -> keep();
            case 14 -> backUpTwice();
            case 15 -> becomeAnotherOrWrite();
            case 16 -> rewrite();
            case 17 -> lab.storage.fault = Fault.values()[random.nextInt(Fault.values().length)];
            default -> lab.storage.fault = Fault.NONE;
        }
    }

    private void write() throws IOException {
        long first = random.nextInt(8) == 0 ? Lab.BLOCKS - 1 : random.nextLong(Lab.BLOCKS / 3) * 3;
        long most = random.nextInt(20) == 0 ? Lab.BLOCKS : 300;
        BlockRun run = new BlockRun(first, 1 + random.nextLong(Math.min(most, Lab.BLOCKS - first)));
        ChangeTracker.Recorder recorder =
                others.isEmpty() || random.nextBoolean() ? lab.recorder : others.get(random.nextInt(others.size()));
        try {
            recorder.record(run);
        } catch (IOException e) {
            assertThat(lab.storage.fault).as("%s", e).isNotEqualTo(Fault.NONE);
            // What was not written counts as changed perhaps.
            truths().forEach(truth -> truth.exact = false);
            loosen();
            return;
        }
        lab.stamps.version++;
        truths().forEach(truth -> truth.add(run));
        loosen();
    }

    /** While the home is in trouble, it may become impossible to tell what was. */
    private void loosen() {
        if (lab.storage.fault != Fault.NONE) {
            truths().forEach(Truth::loosen);
        }
    }

    private Stream<Truth> truths() {
        return Stream.concat(points.values().stream(), Stream.of(start.since()));
    }

    /** Seldom, since all that was known is unknown then. */
    private void becomeAnotherOrWrite() throws IOException {
        if (random.nextInt(3) == 0) {
            becomeAnother();
        } else {
            write();
        }
    }

    /** A generation takes the disk's place, and change tracking is told, or not; or the old disk comes back. */
    private void becomeAnother() throws IOException {
        loosen();
        leave();
        lab.recorder.close();
        // From here on all may have ended, while the disk still is what it was.
        truths().forEach(truth -> truth.promised = false);
        try {
            lab.tracking.end("another content takes its place");
            points.values().forEach(truth -> truth.replaced = true);
            taken.clear();
            untold = null;
            lab.stamps.fileSystem = "of " + random.nextInt();
            start.become(random.nextInt(4) > 0);
        } catch (IOException e) {
            assertThat(lab.storage.fault).as("%s", e).isNotEqualTo(Fault.NONE);
        }
        lab.recorder = lab.tracking.join();
        loosen();
    }

    private void rewrite() {
        try {
            start.rewrite(random.nextInt(4) == 0);
        } catch (IOException e) {
            assertThat(lab.storage.fault).as("%s", e).isNotEqualTo(Fault.NONE);
            truths().forEach(truth -> truth.exact = false);
        }
        loosen();
    }

    /** All but one. */
    private void leave() {
        others.forEach(ChangeTracker.Recorder::close);
        others.clear();
        start.closeRewriter();
    }

    private void backUp() {
        loosen();
        if (random.nextBoolean()) {
            lab.tracking.prepare();
        }
        ChangeTracker.Epoch epoch = lab.tracking.closeEpoch();
        if (epoch.point() == null) {
            assertThat(lab.storage.fault).isNotEqualTo(Fault.NONE);
            return;
        }
        points.put(epoch.point(), new Truth());
        writesDuringBackup();
        // The generation is sealed; from here on its point is known to others, whether we die or not.
        told();
        untold = epoch.point();
        epoch.taken();
        untold = null;
        taken.add(epoch.point());
        loosen();
    }

    /** Two at once, of which the later is done first. */
    private void backUpTwice() {
        loosen();
        ChangeTracker.Epoch first = lab.tracking.closeEpoch();
        if (first.point() != null) {
            points.put(first.point(), new Truth());
            points.get(first.point()).promised = lab.storage.fault == Fault.NONE;
        }
        writesDuringBackup();
        backUp();
        writesDuringBackup();
        if (first.point() != null) {
            // The later one is the parent to be: should we die now, this one need not be known.
            Truth truth = points.get(first.point());
            boolean kept = truth.promised;
            truth.promised = false;
            first.taken();
            truth.promised = kept;
            taken.add(first.point());
        }
        loosen();
    }

    private void writesDuringBackup() {
        try {
            for (int i = random.nextInt(3); i > 0; i--) {
                write();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void failBackup() throws IOException {
        loosen();
        ChangeTracker.Epoch epoch = lab.tracking.closeEpoch();
        for (int i = random.nextInt(3); i > 0; i--) {
            write();
        }
        epoch.giveBack();
    }

    private void mark() {
        loosen();
        String name = "m" + names++;
        underWay = name;
        told();
        lab.tracking.prepare();
        ChangeTracker.Epoch epoch = lab.tracking.closeEpoch();
        Truth truth = new Truth();
        try {
            if (epoch.point() != null) {
                points.put(epoch.point(), truth);
            }
            Mark mark = lab.tracking.mark(epoch.point(), name, Lab.NOON);
            marks.put(name, mark.point());
        } catch (IOException e) {
            assertThat(lab.storage.fault).as("%s", e).isNotEqualTo(Fault.NONE);
            points.remove(epoch.point());
            epoch.giveBack();
        }
        underWay = null;
        loosen();
    }

    private void unmark() {
        if (marks.isEmpty()) {
            return;
        }
        String name = marks.keySet().iterator().next();
        underWay = name;
        // What nobody asks for any more need not be kept.
        points.getOrDefault(marks.get(name), new Truth()).promised = false;
        try {
            lab.tracking.unmark(name);
            marks.remove(name);
        } catch (IOException e) {
            assertThat(lab.storage.fault).as("%s", e).isNotEqualTo(Fault.NONE);
        }
        underWay = null;
        loosen();
    }

    private void keep() {
        Set<TrackingPoint> kept = new HashSet<>();
        for (TrackingPoint point : taken) {
            if (random.nextInt(3) > 0) {
                kept.add(point);
            }
        }
        long newest = kept.stream().mapToLong(TrackingPoint::epoch).max().orElse(0);
        for (TrackingPoint point : taken) {
            if (!kept.contains(point) && point.epoch() < newest) {
                points.get(point).promised = false;
            }
        }
        if (random.nextBoolean()) {
            lab.tracking.start().ifPresent(begun -> kept.add(begun.point()));
        } else {
            start.since().promised = false;
        }
        lab.tracking.keep(kept);
    }

    private void join() {
        if (others.isEmpty() || random.nextBoolean()) {
            others.add(lab.tracking.join());
        } else {
            others.remove(0).close();
        }
    }

    private void stopAndStart() {
        if (lab.storage.fault != Fault.NONE) {
            truths().forEach(truth -> truth.exact = false);
        }
        leave();
        lab.stop();
        lab.start();
    }

    private void kill() {
        CrashingStorage before = lab.storage;
        lab.kill();
        lab.storage.fault = before.fault;
        lab.storage.dieAt = before.dieAt;
        lab.storage.steps = before.steps;
        others.clear();
        start.forgetRewriter();
        truths().forEach(truth -> truth.exact = false);
        if (faults) {
            rereadMarks();
        }
    }

    private void rereadMarks() {
        marks.clear();
        try {
            lab.tracking.marks().forEach(mark -> marks.put(mark.name(), mark.point()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void check() {
        for (Map.Entry<TrackingPoint, Truth> entry : points.entrySet()) {
            if (entry.getValue().check(entry.getKey(), lab.tracking.changedSince(entry.getKey()))) {
                knownAnswers++;
            }
        }
        startAnswers += start.check() ? 1 : 0;
    }
}

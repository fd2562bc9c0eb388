package org.hikae.itests.app;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** What may happen to platforms and the lines between them, one trouble after the other, up to three at once. */
final class FilesChaos {

    private static final int AT_ONCE = 3;
    private static final List<Duration> SHIFTS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(40),
            Duration.ofHours(-1),
            Duration.ofHours(5),
            Duration.ofDays(9),
            Duration.ofDays(-2));

    private final Random random;
    private final List<Party> parties;
    private final List<Party> shifting;
    private final List<FlakyLine> lines;
    private final List<SmallDisk> disks;
    private final List<String> log = new ArrayList<>();
    private final Deque<Step> undone = new ArrayDeque<>();

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** @param shifting those whose clocks may be set */
    FilesChaos(Random random, List<Party> parties, List<Party> shifting, List<FlakyLine> lines, List<SmallDisk> disks) {
        this.random = random;
        this.parties = parties;
        this.shifting = shifting;
        this.lines = lines;
        this.disks = disks;
    }

    /** What has happened so far. */
    List<String> log() {
        return log;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Something begins, and perhaps something else is over. */
    void step() throws IOException, InterruptedException {
        if (undone.size() >= AT_ONCE || random.nextInt(3) == 0 && !undone.isEmpty()) {
            undone.removeFirst().run();
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> end(any(parties), false);
            case 4 -> end(any(parties), true);
            case 5 -> shift(any(shifting));
            case 6, 7 -> fill(any(disks));
            default -> disturb(random.nextInt(lines.size()));
        }
    }

    private void end(Party party, boolean gently) throws IOException, InterruptedException {
        log.add((gently ? "stop " : "kill ") + party.name());
        if (gently) {
            party.stop();
        } else {
            party.kill();
        }
        undone.add(party::start);
    }

    private void shift(Party party) throws IOException {
        Duration by = any(SHIFTS);
        log.add("shift " + party.name() + " " + by);
        party.clock().shift(by);
        undone.add(() -> party.clock().shift(Duration.ZERO));
    }

    private void fill(SmallDisk disk) throws IOException {
        log.add("fill " + disks.indexOf(disk));
        disk.fill();
        undone.add(disk::free);
    }

    private void disturb(int which) {
        FlakyLine line = lines.get(which);
        int how = random.nextInt(7);
        log.add("line " + which + " " + how);
        switch (how) {
            case 0 -> line.cut();
            case 1 -> line.cutAfter(random.nextInt(1 << 18));
            case 2 -> line.delay(1 + random.nextInt(100));
            case 3 -> line.throttle(20_000 + random.nextInt(500_000));
            case 4 -> line.hang(true);
            case 5 -> line.refuse(true);
            default -> line.lose();
        }
        undone.add(line::heal);
    }

    /** All is over. */
    void heal() throws IOException, InterruptedException {
        while (!undone.isEmpty()) {
            undone.removeFirst().run();
        }
    }
}

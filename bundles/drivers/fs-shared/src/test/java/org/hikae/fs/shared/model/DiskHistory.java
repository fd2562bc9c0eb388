package org.hikae.fs.shared.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.SharedDiskFormat;
import org.hikae.fs.shared.testing.FirstFit;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.hikae.fs.shared.testing.PowerCutDevice;
import org.hikae.fs.shared.testing.Rig;

/** Steps on a real disk, and what the file system can be like when the power was cut. */
public final class DiskHistory {

    private static final long SIZE = 2 << 20;
    private static final int SECTOR = 512;

    private final SharedDiskFormat format = new SharedDiskFormat();
    private final PowerCutDevice device;
    private final Model model;
    /** What the model was after each step. */
    private final List<Model> states = new ArrayList<>();
    /** By number of events on the disk: how many steps were durable then. */
    private final TreeMap<Integer, Integer> durable = new TreeMap<>();
    /** When what was written to which block of which file: by what, the number of the step. */
    private final Map<String, Map<Integer, Integer>> writes = new HashMap<>();

    public DiskHistory() throws IOException {
        MemoryDevice empty = new MemoryDevice(SIZE, Rig.BLOCK);
        format.format(empty, Rig.OPTIONS);
        device = new PowerCutDevice(empty);
        long blocks;
        try (SharedFileSystem mounted = format.mount(empty.copy(), FirstFit::new)) {
            blocks = mounted.space().blocks();
        }
        model = new Model(blocks, this::note);
        states.add(model.copy());
        durable.put(0, 0);
    }

    private void note(long inode, long block, int what) {
        writes.computeIfAbsent(inode + "/" + block, key -> new HashMap<>()).put(what, states.size());
    }

    public PowerCutDevice device() {
        return device;
    }

    public int events() {
        return device.events();
    }

    public void run(Random random, int steps) throws IOException {
        int done = 0;
        try (SharedFileSystem mounted = format.mount(device, FirstFit::new)) {
            Real real = new Real(mounted, new DiskBlocks(device));
            for (int step = 0; step < steps; step++) {
                Step.Deed deed = new Step(random.nextInt(1 << 20) * 1000 + step, model.guide()).deed();
                Object expected = outcome(deed, model);
                assertThat(outcome(deed, real)).isEqualTo(expected);
                done += expected instanceof Class ? 0 : 1;
                states.add(model.copy());
                if (random.nextInt(6) == 0) {
                    mounted.commit();
                    durable.put(device.events(), states.size() - 1);
                }
            }
        }
        durable.put(device.events(), states.size() - 1);
        assertThat(done).as("number of steps that do something").isGreaterThan(steps / 3);
    }

    private static Object outcome(Step.Deed deed, Calls calls) {
        try {
            return deed.on(calls);
        } catch (IOException e) {
            return e.getClass();
        }
    }

    /** @param events number of events before the power was cut */
    public void check(MemoryDevice disk, int events, String what) throws IOException {
        assertThat(format.check(disk).findings()).as(what).isEmpty();
        int least = durable.floorEntry(events).getValue();
        try (SharedFileSystem mounted = format.mount(disk, FirstFit::new)) {
            assertThat(mounted.check().findings()).as(what).isEmpty();
            Shape found = Shape.of(mounted);
            int state = -1;
            for (int candidate = least; candidate < states.size() && state < 0; candidate++) {
                state = Shape.of(states.get(candidate)).equals(found) ? candidate : -1;
            }
            assertThat(state).as("%s: %s", what, found).isGreaterThanOrEqualTo(least);
            checkContent(new Real(mounted, new DiskBlocks(disk)), disk, least, what);
        }
    }

    /** Each sector holds what was written to it, not before what was durable last. */
    private void checkContent(Real real, MemoryDevice disk, int least, String what) throws IOException {
        for (Map.Entry<Long, Map<Long, Long>> file : real.blocks(model.last()).entrySet()) {
            for (Map.Entry<Long, Long> block : file.getValue().entrySet()) {
                Map<Integer, Integer> own = writes.getOrDefault(file.getKey() + "/" + block.getKey(), Map.of());
                int oldest = oldest(own, file.getKey(), block.getKey(), least);
                for (int sector = 0; sector < Rig.BLOCK; sector += SECTOR) {
                    int stamp = stamp(disk, block.getValue() * Rig.BLOCK + sector);
                    assertThat(own)
                            .as("%s: block %s of inode %s", what, block.getKey(), file.getKey())
                            .containsKey(stamp);
                    assertThat(own.get(stamp)).as(what).isGreaterThanOrEqualTo(oldest);
                }
            }
        }
    }

    /** The step that wrote what was durable in a block. */
    private int oldest(Map<Integer, Integer> own, long inode, long block, int least) {
        ModelFile file = states.get(least).files.get(inode);
        Integer what = file == null ? null : file.content.get(block);
        return what == null ? 0 : own.get(what);
    }

    private static int stamp(MemoryDevice disk, long at) throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR);
        disk.read(sector, at);
        return sector.getInt(0);
    }
}

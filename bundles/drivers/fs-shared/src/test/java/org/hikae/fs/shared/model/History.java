package org.hikae.fs.shared.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.VolumeMaker;
import org.hikae.fs.shared.testing.MemoryStore;

/** Steps that are taken by the file system and its model alike. */
public final class History {

    private final long blocks;
    private final MemoryStore store;
    private final Real real;
    private final Model model;
    private final Blocks disk = Blocks.of(new HashMap<>());
    /** What the model was from a transaction on. */
    private final TreeMap<Integer, Model> states = new TreeMap<>();
    /** Which write went to which block of which file, and in which order. */
    private final Map<String, Map<Integer, Integer>> writes = new HashMap<>();

    private int count;
    private int crashes;

    public History(long blocks) throws IOException {
        this.blocks = blocks;
        store = VolumeMaker.formatted(blocks);
        real = new Real(VolumeMaker.mount(store, blocks), disk);
        model = new Model(blocks, this::note);
        states.put(store.transactions(), model.copy());
    }

    public void step(int number) {
        // What is written is told apart by its number, so each step has one of its own.
        int own = number * 1000 + count++ % 1000;
        Step.Deed deed = new Step(own, model.guide()).deed();
        int before = store.transactions();
        Object expected = outcome(deed, model);
        Object found = outcome(deed, real);
        assertThat(found).as("step %d", own).isEqualTo(expected);
        // The first transaction does it all; later ones only clear away.
        states.put(before + 1, model.copy());
    }

    private void note(long inode, long block, int what) {
        writes.computeIfAbsent(inode + "/" + block, key -> new HashMap<>()).put(what, count);
    }

    private static Object outcome(Step.Deed deed, Calls calls) {
        try {
            return deed.on(calls);
        } catch (IOException e) {
            return e.getClass();
        }
    }

    public void commit() throws IOException {
        real.fileSystem().commit();
        assertThat(store.committed()).isEqualTo(store.transactions());
    }

    public void compare() throws IOException {
        new Comparison(model, real).check();
    }

    public void remountAndCompare() throws IOException {
        real.fileSystem().close();
        SharedFileSystem again = VolumeMaker.mount(store.after(store.transactions()), blocks);
        new Comparison(model.copy(), new Real(again, disk)).check();
    }

    /** Looks at what a crash would leave now: each number of transactions, from the durable ones to all. */
    public void compareAfterCrashes() throws IOException {
        int first = store.committed();
        int last = store.transactions();
        for (int kept : new TreeSet<>(Arrays.asList(first, (first + last) / 2, last))) {
            compareAfterCrash(kept);
        }
    }

    private void compareAfterCrash(int kept) throws IOException {
        crashes++;
        Model then = states.floorEntry(kept).getValue().copy();
        SharedFileSystem crashed = VolumeMaker.mount(store.after(kept), blocks);
        Comparison comparison = new Comparison(then, new Real(crashed, disk));
        comparison.takeOverwritten(this::isLater);
        comparison.check();
    }

    private boolean isLater(long inode, long block, Integer then, Integer found) {
        Map<Integer, Integer> own = writes.getOrDefault(inode + "/" + block, Map.of());
        return then != null && own.containsKey(found) && own.get(found) > own.get(then);
    }

    public int crashes() {
        return crashes;
    }
}

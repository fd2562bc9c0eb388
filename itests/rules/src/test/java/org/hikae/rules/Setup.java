package org.hikae.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;

/** A case to try: how a log is kept, who does what, and what goes wrong. Its methods make it another one. */
final class Setup {

    /** Where records are gathered. */
    enum Gathering {
        CENTRAL,
        PER_NODE
    }

    final Gathering gathering;
    final LogPlace place;
    final Layout layout;

    /** What the guest of each node writes, one after the other. */
    private List<List<Integer>> writes = List.of(List.of(Blocks.BOTH), List.of(Blocks.FIRST));
    /** What is dealt to the workers. */
    private List<Integer> chunks = List.of(Blocks.FIRST, Blocks.SECOND);
    /** The node that each worker reads through. */
    private List<Integer> copiers = List.of(0, 1);
    /** What the backup wants. */
    private int wanted = Blocks.BOTH;
    /** How many nodes may be lost. */
    private int kills;
    /** How many times something cannot be logged. */
    private int faults;
    /** Whether N2 joins only after T0. */
    private boolean joins;

    private final Set<Shortcut> shortcuts = EnumSet.noneOf(Shortcut.class);

    Setup(Gathering gathering, LogPlace place, Layout layout) {
        this.gathering = gathering;
        this.place = place;
        this.layout = layout;
    }

    Setup writes(List<Integer> first, List<Integer> second) {
        writes = List.of(first, second);
        return this;
    }

    /** Both blocks are in one frame. */
    Setup oneFrame() {
        chunks = List.of(Blocks.BOTH);
        return this;
    }

    Setup kills(int nodes) {
        kills = nodes;
        return this;
    }

    Setup faults(int times) {
        faults = times;
        return this;
    }

    /** N2 joins in mid-backup; both workers read through N1. */
    Setup joins() {
        joins = true;
        copiers = List.of(0, 0);
        return this;
    }

    Setup wants(int blocks) {
        wanted = blocks;
        chunks = List.of(blocks);
        return this;
    }

    /** Takes a rule out. */
    Setup without(Shortcut rule) {
        shortcuts.add(rule);
        return this;
    }

    boolean lacks(Shortcut rule) {
        return shortcuts.contains(rule);
    }

    List<Integer> writes(int node) {
        return writes.get(node);
    }

    List<Integer> chunks() {
        return chunks;
    }

    int copierNode(int copier) {
        return copiers.get(copier);
    }

    int wanted() {
        return wanted;
    }

    boolean central() {
        return gathering == Gathering.CENTRAL;
    }

    /** Whether before-images go to their place in a raw image, where copiers write too (a.4). */
    boolean inPlace() {
        return layout == Layout.IMAGE && place == LogPlace.MEDIUM;
    }

    /** The moment T0. */
    State start() {
        State state = new State();
        state.queue = (1 << chunks.size()) - 1;
        state.kills = kills;
        state.faults = faults;
        state.inForce = joins ? 1 : 3;
        state.nodes[1] = joins ? State.Node.ABSENT : State.Node.UP;
        return state;
    }

    @Override
    public String toString() {
        return gathering + ", " + place + ", " + layout + ", writes " + writes + ", frames " + chunks + ", wanted "
                + wanted + ", " + kills + " lost, " + faults + " faults" + (joins ? ", N2 joins" : "") + ", without "
                + shortcuts;
    }
}

package org.hikae.rules;

import java.util.Arrays;

/**
 * Everything at one moment after T0. Of contents it matters only whether they are of T0 or late, that is, of after it. It is
 * changed only while it is made, from a copy of the one before.
 */
final class State {

    /** What has become of a node. */
    enum Node {
        ABSENT,
        UP,
        /** It does nothing any more, and nobody knows. */
        KILLED,
        /** Fenced off, and asked for the last time. */
        LOST
    }

    /** What the job that backs up is doing. */
    enum Phase {
        COPYING,
        LEAVING,
        GATHERING,
        SEALED,
        FAILED
    }

    /** Why the session has failed. */
    enum Failure {
        NONE,
        UNLOGGED,
        LOG_FULL,
        NODE_LOG_LOST,
        NO_NODE_LEFT
    }

    final Writer[] writers;
    final Copier[] copiers;
    final Node[] nodes;
    Log log = Log.EMPTY;
    Phase phase = Phase.COPYING;
    Failure failure = Failure.NONE;
    /** Blocks of the disk that were overwritten. */
    int disk;
    /** Blocks known to be copied. */
    int published;
    /** Blocks in the generation, log aside, or in its raw image. */
    int stored;
    /** Of these, those whose content is late. */
    int storedLate;
    /** Chunks that no worker has, as bits of their positions. */
    int queue;
    /** Nodes with the session in force, as bits. */
    int inForce;
    /** How many nodes have left at the end. */
    int left;
    /** How many nodes may still be lost. */
    int kills;
    /** How many times something may still fail. */
    int faults;

    State() {
        writers = new Writer[] {Writer.FIRST, Writer.FIRST};
        copiers = new Copier[] {Copier.IDLE, Copier.IDLE};
        nodes = new Node[] {Node.UP, Node.UP};
    }

    private State(State other) {
        writers = other.writers.clone();
        copiers = other.copiers.clone();
        nodes = other.nodes.clone();
        log = other.log;
        phase = other.phase;
        failure = other.failure;
        disk = other.disk;
        published = other.published;
        stored = other.stored;
        storedLate = other.storedLate;
        queue = other.queue;
        inForce = other.inForce;
        left = other.left;
        kills = other.kills;
        faults = other.faults;
    }

    State copy() {
        return new State(this);
    }

    /** The first reason stays. */
    void fail(Failure reason) {
        failure = failed() ? failure : reason;
    }

    boolean failed() {
        return failure != Failure.NONE;
    }

    boolean over() {
        return phase == Phase.SEALED || phase == Phase.FAILED;
    }

    boolean isUp(int node) {
        return nodes[node] == Node.UP;
    }

    boolean isInForce(int node) {
        return (inForce >> node & 1) != 0;
    }

    /** The generation gets blocks; the last content that it is given of each counts. */
    void store(int blocks, int late) {
        stored |= blocks;
        storedLate = storedLate & ~blocks | late & blocks;
    }

    private long numbers() {
        long numbers = 0;
        for (int value : new int[] {disk, published, stored, storedLate, queue, inForce, left, kills, faults}) {
            numbers = numbers << 2 | value;
        }
        return numbers << 8 | phase.ordinal() << 4 | failure.ordinal();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State that
                && numbers() == that.numbers()
                && log.equals(that.log)
                && Arrays.equals(writers, that.writers)
                && Arrays.equals(copiers, that.copiers)
                && Arrays.equals(nodes, that.nodes);
    }

    @Override
    public int hashCode() {
        int hash = Long.hashCode(numbers() * 0x9E3779B97F4A7C15L);
        hash = 31 * hash + log.hashCode();
        hash = 31 * hash + Arrays.hashCode(writers);
        hash = 31 * hash + Arrays.hashCode(copiers);
        return 31 * hash + nodes[0].ordinal() * 4 + nodes[1].ordinal();
    }
}

package org.hikae.itests.platform;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a disk holds, which of its blocks have changed since which mark, and what its next differential can build upon. */
final class DiskModel {
    private final int blockSize;
    private byte[] content;
    private final Map<String, BitSet> changedSince = new HashMap<>();
    /** Ids of the whole generations since which it is known what has changed. */
    private final Set<String> bases = new HashSet<>();

    DiskModel(byte[] content, int blockSize) {
        this.content = content;
        this.blockSize = blockSize;
    }

    byte[] content() {
        return content.clone();
    }

    int size() {
        return content.length;
    }

    Set<String> bases() {
        return bases;
    }

    void write(int offset, byte[] data) {
        System.arraycopy(data, 0, content, offset, data.length);
        int end = (offset + data.length + blockSize - 1) / blockSize;
        changedSince.values().forEach(blocks -> blocks.set(offset / blockSize, end));
    }

    void mark(String name) {
        changedSince.put(name, new BitSet());
    }

    /** Marks since which it is known what has changed. */
    Set<String> marks() {
        return changedSince.keySet();
    }

    /** What a generation since a mark has: what changed since as it is, and all else as its parent has it (R13). */
    byte[] mixture(String mark, byte[] parent) {
        byte[] mixed = parent.clone();
        changedSince.get(mark).stream().forEach(block -> {
            int from = block * blockSize;
            System.arraycopy(content, from, mixed, from, Math.min(blockSize, content.length - from));
        });
        return mixed;
    }

    /** Another disk, as it were: what changed before is not known any more (R21). */
    void becomes(byte[] other) {
        content = other.clone();
        changedSince.clear();
        bases.clear();
    }
}

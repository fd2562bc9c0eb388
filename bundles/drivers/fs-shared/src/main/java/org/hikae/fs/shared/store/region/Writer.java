package org.hikae.fs.shared.store.region;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.hikae.fs.shared.store.Checksum;

/** Puts blocks of the file where nothing is. Not thread-safe. */
final class Writer {

    private static final int HEADER_BLOCKS = 2;

    private final Span blocks;
    private final BlockPool pool;

    Writer(Span blocks, BlockPool pool) {
        this.blocks = blocks;
        this.pool = pool;
    }

    /** Writes the blocks, and adds the segments that they make. */
    void write(NavigableMap<Long, byte[]> pending, NavigableMap<Long, Segment> segments) throws IOException {
        List<byte[]> run = new ArrayList<>();
        long start = 0;
        for (Map.Entry<Long, byte[]> block : pending.entrySet()) {
            if (block.getKey() != start + run.size() || beginsAnew(block.getKey(), run.size())) {
                add(start, run, segments);
                run.clear();
                start = block.getKey();
            }
            run.add(block.getValue());
        }
        add(start, run, segments);
    }

    /** What is at the beginning of the file is always written anew, and what follows is not: they have no segment together. */
    private static boolean beginsAnew(long block, int length) {
        return block == HEADER_BLOCKS || length == Segment.MOST_BLOCKS;
    }

    private void add(long start, List<byte[]> run, NavigableMap<Long, Segment> segments) throws IOException {
        if (run.isEmpty()) {
            return;
        }
        int[] taken = pool.take(run.size() + 1);
        int[] places = Arrays.copyOf(taken, run.size());
        int[] sums = new int[run.size()];
        for (int index = 0; index < sums.length; index++) {
            sums[index] = Checksum.of(ByteBuffer.wrap(run.get(index)));
        }
        ByteBuffer map = Segment.encode(places, sums);
        List<byte[]> all = new ArrayList<>(run);
        all.add(map.array());
        writeRuns(taken, all);
        segments.put(start, new Segment(start, places, sums, taken[run.size()], Checksum.of(map)));
    }

    private void writeRuns(int[] places, List<byte[]> content) throws IOException {
        int from = 0;
        while (from < places.length) {
            int to = from + 1;
            while (to < places.length && places[to] == places[to - 1] + 1) {
                to++;
            }
            ByteBuffer bytes = ByteBuffer.allocate((to - from) * ShadowFile.BLOCK);
            content.subList(from, to).forEach(bytes::put);
            blocks.write(bytes.flip(), (long) places[from] * ShadowFile.BLOCK);
            from = to;
        }
    }
}

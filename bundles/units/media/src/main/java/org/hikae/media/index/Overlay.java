package org.hikae.media.index;

import java.io.IOException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.media.format.DamagedException;

/** Lays a log over copied blocks: the log wins. */
public final class Overlay {

    /** How a run of the log appears in the result. */
    private interface Logged {
        void add(Runs.Builder result, long first, long blocks, int frame, int position);
    }

    private Overlay() {}

    /**
     * The runs of a generation whose index points at the log's frames (a.6).
     *
     * @param firstLogFrame number of the log's first frame in the generation
     * @throws IOException if a block of the set is neither copied nor logged
     */
    public static Runs laidOver(BlockSet set, Runs copied, Runs log, int firstLogFrame) throws IOException {
        return overlay(
                set,
                copied,
                log,
                (result, first, blocks, frame, position) ->
                        result.add(first, blocks, frame < 0 ? frame : frame + firstLogFrame, position));
    }

    /**
     * The runs of a generation that says which blocks are in the log, and no more (R10).
     *
     * @throws IOException if a block of the set is neither copied nor logged
     */
    public static Runs apart(BlockSet set, Runs copied, Runs log) throws IOException {
        return overlay(
                set, copied, log, (result, first, blocks, frame, position) -> result.add(first, blocks, Runs.LOG, 0));
    }

    /** The part of the runs that is in a set. */
    public static Runs cut(Runs runs, BlockSet set) {
        Runs.Builder result = new Runs.Builder();
        int at = 0;
        for (BlockRun wanted : set) {
            long block = wanted.first();
            while (block < wanted.end()) {
                at = runs.find(block, at);
                long end = Math.min(wanted.end(), runs.end(at));
                add(result, runs, at, block, end);
                block = end;
            }
        }
        return result.build(runs.blockCount());
    }

    /**
     * The runs to read by: those of the generation, with the log's own where it says that the blocks are in the log.
     *
     * @throws DamagedException if the two do not say the same of which blocks are logged
     */
    public static Runs joined(Runs generation, Runs log, int firstLogFrame) throws DamagedException {
        if (!generation.set(frame -> frame == Runs.LOG).equals(log.set(frame -> frame != Runs.NONE))) {
            throw new DamagedException("the log does not have the blocks that the generation says it has");
        }
        Runs.Builder result = new Runs.Builder();
        for (int i = 0, at = 0; i < generation.count(); i++) {
            long block = generation.first(i);
            if (generation.frame(i) != Runs.LOG) {
                add(result, generation, i, block, generation.end(i));
                continue;
            }
            while (block < generation.end(i)) {
                at = log.find(block, at);
                long end = Math.min(generation.end(i), log.end(at));
                int frame = log.frame(at);
                int skipped = (int) (frame < 0 ? 0 : block - log.first(at));
                result.add(block, end - block, frame < 0 ? frame : frame + firstLogFrame, log.position(at) + skipped);
                block = end;
            }
        }
        return result.build(generation.blockCount());
    }

    private static Runs overlay(BlockSet set, Runs copied, Runs log, Logged logged) throws IOException {
        Runs.Builder result = new Runs.Builder();
        Missing missing = new Missing();
        int inLog = 0;
        int inCopy = 0;
        for (BlockRun wanted : set) {
            long block = wanted.first();
            while (block < wanted.end()) {
                inLog = log.find(block, inLog);
                long end = Math.min(wanted.end(), log.end(inLog));
                if (log.frame(inLog) != Runs.NONE) {
                    int skipped = log.frame(inLog) < 0 ? 0 : (int) (block - log.first(inLog));
                    logged.add(result, block, end - block, log.frame(inLog), log.position(inLog) + skipped);
                } else {
                    inCopy = copied.find(block, inCopy);
                    end = Math.min(end, copied.end(inCopy));
                    missing.note(copied.frame(inCopy) == Runs.NONE, block, end);
                    add(result, copied, inCopy, block, end);
                }
                block = end;
            }
        }
        missing.check();
        return result.build(copied.blockCount());
    }

    private static void add(Runs.Builder result, Runs runs, int run, long first, long end) {
        int frame = runs.frame(run);
        int skipped = frame < 0 ? 0 : (int) (first - runs.first(run));
        result.add(first, end - first, frame, runs.position(run) + skipped);
    }

    /** Blocks that nobody has written. */
    private static final class Missing {

        private long blocks;
        private long firstBlock;

        void note(boolean isMissing, long first, long end) {
            if (isMissing) {
                firstBlock = blocks == 0 ? first : firstBlock;
                blocks += end - first;
            }
        }

        void check() throws IOException {
            if (blocks > 0) {
                throw new IOException(
                        blocks + " wanted blocks, from block " + firstBlock + " on, are neither copied nor logged");
            }
        }
    }
}

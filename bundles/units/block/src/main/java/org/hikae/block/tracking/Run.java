package org.hikae.block.tracking;

import java.io.IOException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * One incarnation of those who write (R11): from the first write after a clean stop to the next clean stop, or to the
 * crash. All nodes of this platform share it, since they share this memory, and lose it together: what one has recorded
 * counts for all. Its log holds its records and no others, and what is saved exactly stands for that log alone.
 *
 * <p>Thread-safe.
 */
final class Run {

    /**
     * What full logs have held of an epoch, in a file of its own.
     *
     * @param file number of the file
     */
    record Carried(long file, long epoch, BlockSet regions) {}

    private final Grain grain;
    private volatile RegionLog log;
    private volatile OpenEpoch open;
    /** Null: no log was full so far. */
    private volatile Carried carried;

    Run(Grain grain, RegionLog log, long epoch) {
        this.grain = grain;
        this.log = log;
        this.open = new OpenEpoch(epoch, grain);
    }

    RegionLog log() {
        return log;
    }

    Carried carried() {
        return carried;
    }

    OpenEpoch open() {
        return open;
    }

    /**
     * Counts the blocks, durably by the region.
     *
     * @return false if the run has ended, or its log is full
     * @throws IOException if nothing can be made durable any more
     */
    boolean record(BlockRun blocks) throws IOException {
        BlockRun regions = grain.regions(blocks);
        while (true) {
            OpenEpoch epoch = open;
            OpenEpoch.Added added = epoch.add(blocks, regions);
            if (added == OpenEpoch.Added.YES) {
                return true;
            } else if (added == OpenEpoch.Added.UNRECORDED) {
                BlockRun wanted = epoch.ahead(regions);
                if (!log.append(new LogEntry(epoch.number(), wanted))) {
                    return false;
                }
                epoch.recorded(wanted);
            } else if (epoch == open) {
                return false;
            }
        }
    }

    /** Goes on with another log, once the state tells of both. */
    void goOn(RegionLog next, Carried before) {
        carried = before;
        log = next;
    }

    /** Ends the current epoch and begins the next; who comes too late for the one is in the other. */
    OpenEpoch nextEpoch() {
        OpenEpoch last = open;
        open = new OpenEpoch(last.number() + 1, grain);
        last.end();
        return last;
    }
}

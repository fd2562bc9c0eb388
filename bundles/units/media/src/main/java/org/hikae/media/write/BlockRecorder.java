package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.hikae.media.index.RunSorter;
import org.hikae.media.index.Span;

/** Records of blocks whether they are zeros or at their place in an image. Not thread-safe. */
final class BlockRecorder {

    private final BlockScan scan;
    private final RunSorter runs;

    BlockRecorder(BlockScan scan, RunSorter runs) {
        this.scan = scan;
        this.runs = runs;
    }

    /** Their frames follow from their addresses, and are counted when the generation is sealed. */
    void record(BlockRun run, ByteBuffer data) throws IOException {
        int count = (int) run.count();
        scan.begin(data);
        int block = 0;
        while (block < count) {
            int zerosEnd = scan.next(block, count, false);
            if (zerosEnd > block) {
                runs.add(run.first() + block, zerosEnd - block, Span.ZERO, 0);
            }
            block = scan.next(zerosEnd, count, true);
            if (block > zerosEnd) {
                runs.add(run.first() + zerosEnd, block - zerosEnd, 0, 0);
            }
        }
    }
}

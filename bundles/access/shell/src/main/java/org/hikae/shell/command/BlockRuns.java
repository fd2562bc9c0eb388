package org.hikae.shell.command;

import java.io.PrintWriter;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;

/**
 * Prints which blocks are in a set, run by run as it goes: there may be millions.
 *
 * @param blockSize bytes
 * @param blockCount number of blocks that there are
 */
record BlockRuns(BlockSet blocks, int blockSize, long blockCount) {

    void print(Call call, boolean asJson) {
        if (asJson) {
            printJson(call);
        } else {
            if (!blocks.isEmpty()) {
                printLines(call);
            }
            call.out().flush();
            call.note(blocks.count() + " of " + blockCount + " blocks of " + ByteCount.show(blockSize));
        }
        call.out().flush();
    }

    private void printLines(Call call) {
        int width = Math.max("BLOCKS".length(), Long.toString(blockCount).length());
        String line = "%" + width + "s  %" + width + "s\n";
        call.out().printf(line, "FIRST", "BLOCKS");
        for (BlockRun run : blocks) {
            call.cancellation().check();
            call.out().printf(line, run.first(), run.count());
        }
    }

    private void printJson(Call call) {
        PrintWriter out = call.out();
        out.print("{\n  \"blockSize\": " + blockSize + ",\n  \"blockCount\": " + blockCount + ",\n");
        out.print("  \"runs\": [");
        String before = "";
        for (BlockRun run : blocks) {
            call.cancellation().check();
            out.print(before + "\n    [" + run.first() + ", " + run.count() + "]");
            before = ",";
        }
        out.print(before.isEmpty() ? "]\n}\n" : "\n  ]\n}\n");
    }
}

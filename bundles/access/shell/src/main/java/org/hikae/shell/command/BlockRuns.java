package org.hikae.shell.command;

import java.io.PrintWriter;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.shell.call.Call;

/** Prints which blocks are in a set, run by run as it goes: there may be millions. */
record BlockRuns(Disk disk, BlockSet blocks) {

    void print(Call call, boolean asJson) {
        if (asJson) {
            printJson(call.out());
        } else if (blocks.isEmpty()) {
            call.note("there are no such blocks");
        } else {
            printLines(call.out());
        }
        call.out().flush();
    }

    private void printLines(PrintWriter out) {
        int width = Math.max("BLOCKS".length(), Long.toString(blockCount()).length());
        String line = "%" + width + "s  %" + width + "s\n";
        out.printf(line, "FIRST", "BLOCKS");
        for (BlockRun run : blocks) {
            out.printf(line, run.first(), run.count());
        }
    }

    private void printJson(PrintWriter out) {
        out.print("{\n  \"blockSize\": " + disk.blockSize() + ",\n  \"blockCount\": " + blockCount() + ",\n");
        out.print("  \"runs\": [");
        String before = "";
        for (BlockRun run : blocks) {
            out.print(before + "\n    [" + run.first() + ", " + run.count() + "]");
            before = ",";
        }
        out.print(before.isEmpty() ? "]\n}\n" : "\n  ]\n}\n");
    }

    private long blockCount() {
        return disk.size() / disk.blockSize() + (disk.size() % disk.blockSize() == 0 ? 0 : 1);
    }
}

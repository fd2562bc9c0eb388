package org.hikae.shell.command;

import java.io.IOException;
import java.io.PrintWriter;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.fs.FileSystem;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;

/** Prints sets of blocks run by run: there may be millions. */
final class DiskBlocks {

    private final Call call;
    private final Disk disk;

    DiskBlocks(Call call, Disk disk) {
        this.call = call;
        this.disk = disk;
    }

    void print(boolean metadata, boolean asJson) throws IOException {
        if (disk.format().equals("raw") && !metadata) {
            long count = disk.used().count();
            print(disk.used(), disk.blockSize(), count, asJson);
            return;
        }
        try (FileSystem fileSystem = disk.openFileSystem()) {
            BlockSet blocks = metadata ? fileSystem.metadata() : fileSystem.used();
            print(blocks, fileSystem.info().blockSize(), fileSystem.info().blockCount(), asJson);
        }
    }

    private void print(BlockSet blocks, int blockSize, long blockCount, boolean asJson) {
        PrintWriter out = call.out();
        if (asJson) {
            out.print("{\"blockSize\":" + blockSize + ",\"blockCount\":" + blockCount + ",\"runs\":[");
        }
        String separator = "";
        for (BlockRun run : blocks) {
            call.cancellation().check();
            out.print(asJson ? separator + "[" + run.first() + "," + run.count() + "]" : run + "\n");
            separator = ",\n";
        }
        out.print(asJson ? "]}\n" : "");
        out.flush();
        if (!asJson) {
            call.note(blocks.count() + " of " + blockCount + " blocks of " + ByteCount.show(blockSize));
        }
    }
}

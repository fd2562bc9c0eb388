package org.hikae.logpernode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.io.TempDir;

/** A gathering, a session of it, and what comes out. */
abstract class WithGathering {

    @TempDir
    Path folder;

    final PerNodeGathering gathering = new PerNodeGathering();
    final TestSession session = new TestSession();
    final Kept kept = new Kept();

    LoggingNode node(String name, long incarnation) {
        return new LoggingNode(name, incarnation, folder.resolve(name));
    }

    static void append(LogGathering.NodeRecords node, long first, long count, int version) throws IOException {
        BlockRun run = new BlockRun(first, count);
        node.append(List.of(run), Kept.image(run, version));
    }

    List<Path> files(String node) throws IOException {
        if (!Files.isDirectory(folder.resolve(node))) {
            return List.of();
        }
        try (var files = Files.list(folder.resolve(node))) {
            return files.filter(LogFiles::isOne).sorted().toList();
        }
    }
}

package org.hikae.logpernode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that is full; needs the right to mount one. */
@Timeout(60)
class FullMediumTest {

    private static final int MIB_OF_BLOCKS = (1 << 20) / Kept.BLOCK;

    @TempDir
    Path folder;

    private Path filler;
    private final TestSession session = new TestSession();
    private final Kept kept = new Kept();

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder.toString()) == 0, "cannot mount");
        filler = Files.write(folder.resolve("filler"), new byte[5 << 20]);
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", folder.toString());
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void log(LogGathering.NodeRecords node) throws IOException {
        for (int i = 0; i < 2; i++) {
            BlockRun run = new BlockRun((long) i * MIB_OF_BLOCKS, MIB_OF_BLOCKS);
            node.append(List.of(run), Kept.image(run, 1));
        }
    }

    @Test
    void theBackupFailsAtOnce() throws IOException {
        try (LogGathering.Gatherer gatherer = new PerNodeGathering().open(session, kept)) {
            LogGathering.NodeRecords node = gatherer.join(new LoggingNode("n1", 1, folder));
            assertThatThrownBy(() -> {
                        log(node);
                        node.close();
                    })
                    .hasMessageContaining("the temporary log medium of node 'n1'")
                    .hasMessageContaining("is full");
            // Whoever waits for room is told before the session is.
            while (session.failure.get() == null) {
                Thread.onSpinWait();
            }
            assertThat(session.failure.get()).hasMessageContaining("is full");
            assertThatThrownBy(gatherer::complete).isInstanceOf(IOException.class);
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("filler", "hikae.lock");
    }

    @Test
    void orGoesOnWhenThereIsRoom() throws IOException {
        session.patience = full -> Files.deleteIfExists(filler);
        try (LogGathering.Gatherer gatherer = new PerNodeGathering().open(session, kept)) {
            LogGathering.NodeRecords node = gatherer.join(new LoggingNode("n1", 1, folder));
            log(node);
            node.close();
            assertThat(filler).doesNotExist();
            gatherer.complete();
        }
        assertThat(kept.images).hasSize(2 * MIB_OF_BLOCKS);
    }
}

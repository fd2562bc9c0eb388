package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Job;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.api.node.NodeSettings;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Logs on a small file system that is full, and has room again; needs the right to mount one. */
public class FullLogMediumIT extends InLab {
    private static final String SMALL = "small";
    private static final int MIB = 1 << 20;
    private static final int BLOCKS = 10 * MIB / BLOCK;

    private Path mounted;
    private Path filler;
    /** Overwrites the whole disk through the node whose temporary log is here; then the copier goes on. */
    private Task writer;

    @Before
    public void mount() throws Exception {
        mounted = Files.createDirectories(lab.folder.resolve(SMALL));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=16m", "hikae-test", mounted.toString()));
        filler = Files.write(mounted.resolve("filler"), new byte[15 * MIB]);
        lab.media().add(SMALL, "directory", mounted.resolve("medium").toString(), false);
    }

    @After
    public void unmount() throws Exception {
        if (lab.nodes().list().stream().anyMatch(node -> node.name().equals("n5"))) {
            lab.nodes().remove("n5");
        }
        if (filler != null) {
            lab.media().remove(SMALL);
            assertThat(run("umount", mounted.toString())).isTrue();
        }
    }

    @Test
    public void aLogOnAFullMediumGoesOnWhenThereIsRoomAgain() throws Exception {
        byte[] content = new byte[BLOCKS * BLOCK];
        new Random(11).nextBytes(content);
        AtomicInteger waits = new AtomicInteger();
        String id = makeLogged(content, full -> {
            assertThat(full).hasMessageContaining("is full");
            waits.incrementAndGet();
            makeRoom();
        });
        assertThat(waits.get()).isGreaterThan(2);
        try (GenerationReader reader = lab.generations().open(id)) {
            ByteBuffer all = ByteBuffer.allocate(content.length);
            reader.read(all, 0);
            assertThat(all.array()).isEqualTo(content);
        }
        lab.verify(id);
        lab.generations().remove(id);
    }

    /** A node whose temporary log is on the small file system, which has less room than will be logged. */
    private Job logTooMuch(Overload overload) throws Exception {
        lab.forget(disk);
        disk = lab.fullDisk(10L * FRAME, BLOCK);
        image = new Image(disk.path());
        lab.probe("per-node").watch(new TakesImage());
        lab.logManager()
                .setStrategy(disk.name(), new LogStrategy(lab.probe("per-node").name(), "overlay", null, overload));
        lab.nodes().add("n5", new NodeSettings(0, mounted.resolve("temporary")));
        HoldsCopier copier = holdCopier();
        Job job = backUp("n1");
        copier.firstFrame.awaitArrival();
        writer = Task.start(() -> {
            fill("n5", 0, 10L * FRAME, 'x');
            lab.node("n5").flush();
            copier.letGo();
        });
        return job;
    }

    @Test
    public void aFullTemporaryLogMediumFailsTheBackupAndNothingElse() throws Exception {
        List<String> before = lab.files(Lab.MEDIUM);
        Job job = logTooMuch(Overload.FAIL_BACKUP);
        writer.join();
        assertThat(Lab.failure(job))
                .contains("the temporary log medium of node 'n5' in " + mounted, " is full: make room");
        assertThat(text(disk.path(), 9L * FRAME, 2)).isEqualTo("xx");
        assertThat(lab.files(Lab.MEDIUM)).isEqualTo(before);
        assertThat(mounted.resolve("temporary").toFile().list()).containsExactly("hikae.lock");
        assertExact(Lab.generation(backUp()));
    }

    @Test
    public void writesAreHeldUntilTheTemporaryLogMediumHasRoom() throws Exception {
        Job job = logTooMuch(Overload.holdWrites(Services.DEADLINE));
        Awaitility.await().until(() -> mounted.toFile().getUsableSpace() == 0);
        writer.awaitHeld();
        assertThat(writer.done()).isFalse();
        Files.delete(filler);
        writer.join();
        assertExact(Lab.generation(job));
        assertThat(mounted.resolve("temporary").toFile().list()).containsExactly("hikae.lock");
    }

    /** A generation all of whose blocks are in its log. */
    private String makeLogged(byte[] content, Patience patience) throws IOException {
        GenerationRequest request = new GenerationRequest(
                "logged", new UUID(7, 7), content.length, BLOCK, "raw", Lab.MEDIUM, Layout.PACKED, null, null, null);
        BlockSet all = BlockSet.range(0, BLOCKS);
        try (GenerationWriter writer = lab.generations().create(request);
                BlockWriter blocks = writer.openBlocks();
                LogSink log = writer.openLog(LogPlace.SEPARATE, SMALL, patience)) {
            blocks.zeros(new BlockRun(0, BLOCKS));
            blocks.complete();
            for (int block = 0; block < BLOCKS; block++) {
                log.put(block + 1, new BlockRun(block, 1), ByteBuffer.wrap(content, block * BLOCK, BLOCK));
            }
            log.complete();
            return writer.seal(Seal.full(all, null, Instant.EPOCH, 0)).id();
        }
    }

    private void makeRoom() throws IOException {
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
            assertThat(channel.size()).as("it is full, but not of this").isPositive();
            channel.truncate(Math.max(0, channel.size() - 1_500_000));
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}

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
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A log on a small file system that is full, and has room again; needs the right to mount one. */
public class FullLogMediumIT extends InLab {
    private static final String SMALL = "small";
    private static final int MIB = 1 << 20;
    private static final int BLOCKS = 10 * MIB / BLOCK;

    private Path mounted;
    private Path filler;

    @Before
    public void mount() throws Exception {
        mounted = Files.createDirectories(lab.folder.resolve(SMALL));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=16m", "hikae-test", mounted.toString()));
        filler = Files.write(mounted.resolve("filler"), new byte[13 * MIB]);
        lab.media().add(SMALL, "directory", mounted.resolve("medium").toString(), false);
    }

    @After
    public void unmount() throws Exception {
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

    /** A generation all of whose blocks are in its log. */
    private String makeLogged(byte[] content, Patience patience) throws IOException {
        GenerationRequest request = new GenerationRequest(
                "logged", new UUID(7, 7), content.length, BLOCK, "raw", Lab.MEDIUM, Layout.PACKED, null, null);
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

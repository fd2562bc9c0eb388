package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I1 through NBD: a generation holds exactly what a client had written up to one instant. */
class BackupIT {

    private static final int BLOCK = 4096;
    private static final int BLOCKS = 4096;

    @TempDir
    Path folder;

    @Test
    void i1_aGenerationIsOneInstantOfAClientsWrites() throws Exception {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        try (Hikae hikae = new Hikae(folder)) {
            hikae.serve();
            hikae.addDisk("data", (long) BLOCKS * BLOCK);
            hikae.ok(
                    "medium",
                    "add",
                    "vault",
                    "directory",
                    folder.resolve("vault").toString());
            Path socket = hikae.home().resolve("nbd.sock");
            AtomicBoolean enough = new AtomicBoolean();
            List<Integer> written = new ArrayList<>();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(socket, seed, written, enough));
            Awaitility.await().until(() -> size(written) > 100 || writer.isDone());
            int before = size(written);
            hikae.ok("backup", "run", "data", "--to", "vault", "--rate", "30MB/s");
            int after = size(written);
            enough.set(true);
            writer.get();
            assertThat(after).as("it writes meanwhile").isGreaterThan(before);
            Path copy = folder.resolve("copy");
            Tool.ok(folder, "nbdcopy", hikae.uri("data@1"), copy.toString());
            check(Files.readAllBytes(copy), written, before, after, seed);
        }
    }

    private static int size(List<Integer> written) {
        synchronized (written) {
            return written.size();
        }
    }

    /** Writes blocks in an order of its own, each with the number of the write in it. */
    private static void write(Path socket, long seed, List<Integer> written, AtomicBoolean enough) {
        Random random = new Random(seed);
        try (Client client = Client.of(socket, "data")) {
            while (!enough.get()) {
                int block = random.nextInt(BLOCKS);
                ByteBuffer content = ByteBuffer.allocate(BLOCK).putInt(written.size() + 1);
                assertThat(client.write((long) block * BLOCK, content.array())).isZero();
                synchronized (written) {
                    written.add(block);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The newest write that is in it tells the instant; then all earlier ones are in it, and no later one. */
    private static void check(byte[] generation, List<Integer> written, int before, int after, long seed) {
        ByteBuffer content = ByteBuffer.wrap(generation);
        int instant = 0;
        for (int block = 0; block < BLOCKS; block++) {
            instant = Math.max(instant, content.getInt(block * BLOCK));
        }
        assertThat(instant).as("seed %d", seed).isBetween(before, after + 1);
        int[] expected = new int[BLOCKS];
        for (int i = 0; i < instant; i++) {
            expected[written.get(i)] = i + 1;
        }
        for (int block = 0; block < BLOCKS; block++) {
            assertThat(content.getInt(block * BLOCK))
                    .as("block %d, seed %d", block, seed)
                    .isEqualTo(expected[block]);
        }
    }
}

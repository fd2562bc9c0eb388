package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exports of one disk through two nodes are coherent (I4): each has a write cache of its own, and nobody flushes. A backup
 * holds what is in both.
 */
class TwoNodesIT {
    private static final int SIZE = 1 << 20;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @Test
    void eachReadsWhatTheOtherHasWritten() throws Exception {
        byte[] model = new byte[SIZE];
        try (Hikae hikae = new Hikae(folder)) {
            hikae.serve();
            hikae.ok("node", "add", "n2");
            hikae.addDisk("both", SIZE);
            hikae.ok(
                    "medium",
                    "add",
                    "vault",
                    "directory",
                    folder.resolve("vault").toString());
            Path socket = hikae.home().resolve("nbd.sock");
            try (Client one = Client.of(socket, "n1/both");
                    Client two = Client.of(socket, "n2/both")) {
                for (int i = 0; i < 400; i++) {
                    Client writer = random.nextBoolean() ? one : two;
                    Client reader = random.nextBoolean() ? one : two;
                    int offset = write(writer, model);
                    int length = Math.min(SIZE - offset, 20_000);
                    assertThat(reader.read(offset, length))
                            .as("write %d, seed %d", i, seed)
                            .isEqualTo(Arrays.copyOfRange(model, offset, offset + length));
                }
                hikae.ok("backup", "run", "both", "--to", "vault");
            }
            try (Client generation = Client.of(socket, "both@1")) {
                assertThat(Arrays.mismatch(generation.read(0, SIZE), model))
                        .as("seed %d", seed)
                        .isEqualTo(-1);
            }
        }
    }

    private int write(Client client, byte[] model) throws Exception {
        int offset = random.nextInt(SIZE);
        byte[] data = new byte[1 + random.nextInt(Math.min(SIZE - offset, 10_000))];
        random.nextBytes(data);
        assertThat(client.write(offset, data)).isZero();
        System.arraycopy(data, 0, model, offset, data.length);
        return offset;
    }
}

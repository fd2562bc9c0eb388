package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How disks, nodes, generations and clients come and go. */
class LifeIT {

    private static final int SIZE = 32 << 20;
    private static final int ESHUTDOWN = 108;
    private static final int GENERATIONS = Boolean.getBoolean("hikae.long") ? 100 : 10;

    @TempDir
    static Path folder;

    private static Hikae hikae;
    private static Path socket;

    @BeforeAll
    static void serve() throws Exception {
        hikae = new Hikae(folder);
        hikae.serve();
        socket = hikae.home().resolve("nbd.sock");
        hikae.ok("medium", "add", "vault", "directory", folder.resolve("vault").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        hikae.close();
    }

    private static void awaitOk(String... command) {
        Awaitility.await().until(() -> hikae.run(command).code() == 0);
    }

    @Test
    void aDiskIsInUseAsLongAsAClientIsThere() throws Exception {
        hikae.addDisk("used", SIZE);
        try (Client client = Client.of(socket, "used")) {
            assertThat(client.write(0, new byte[] {1})).isZero();
            assertThat(hikae.fails("disk", "remove", "used")).contains("in use", "node 'n1' has it open");
            assertThat(hikae.ok("nbd", "list", "--json")).contains("\"clients\": 1");
        }
        awaitOk("disk", "remove", "used");
        assertThatThrownBy(() -> Client.of(socket, "used")).isInstanceOf(IOException.class);
    }

    @Test
    void aClientThatIsKilledHarmsNobody() throws Exception {
        hikae.addDisk("shot", SIZE);
        List<String> command = List.of(
                "fio",
                "--name=job",
                "--ioengine=nbd",
                "--uri=" + hikae.uri("shot"),
                "--rw=write",
                "--bs=1M",
                "--iodepth=8",
                "--thread",
                "--size=" + SIZE,
                "--time_based",
                "--runtime=60");
        try (Client other = Client.of(socket, "shot")) {
            try (Tool.Running killed = Tool.start(folder, command)) {
                Awaitility.await().until(() -> !Arrays.equals(other.read(SIZE - 512, 512), new byte[512]));
                assertThat(killed.process().isAlive()).isTrue();
            }
            assertThat(other.write(0, new byte[] {42})).isZero();
            assertThat(other.read(0, 1)).containsExactly(42);
        }
        awaitOk("disk", "remove", "shot");
    }

    @Test
    void aNodeThatIsRemovedEndsItsClients() throws Exception {
        hikae.addDisk("shared", SIZE);
        hikae.ok("node", "add", "n2");
        try (Client first = Client.of(socket, "shared");
                Client second = Client.of(socket, "n2/shared")) {
            assertThat(first.write(0, new byte[] {1})).isZero();
            assertThat(second.read(0, 1)).as("nodes are coherent").containsExactly(1);
            hikae.ok("node", "remove", "n2");
            assertThat(second.write(0, new byte[] {2})).isEqualTo(ESHUTDOWN);
            second.request(Client.READ, 0, 1);
            assertThat(second.answer()).isEqualTo(ESHUTDOWN);
            assertThat(first.read(0, 1)).containsExactly(1);
        }
        assertThatThrownBy(() -> Client.of(socket, "n2/shared")).isInstanceOf(IOException.class);
        hikae.ok("node", "add", "n2");
        try (Client anew = Client.of(socket, "n2/shared")) {
            assertThat(anew.read(0, 1)).containsExactly(1);
        }
    }

    @Test
    void whatIsWrittenIsTrackedAndLogged() throws Exception {
        hikae.addDisk("tracked", SIZE);
        hikae.ok("backup", "run", "tracked", "--to", "vault");
        assertThat(hikae.ok("disk", "info", "tracked", "--json")).contains("\"changedBytes\": 0");
        try (Client client = Client.of(socket, "tracked")) {
            client.write(4096, new byte[10]);
        }
        assertThat(hikae.ok("disk", "info", "tracked", "--json")).contains("\"changedBytes\": 4096");
    }

    @Test
    void generationsInUseCannotBeRemoved() throws Exception {
        hikae.addDisk("kept", SIZE);
        hikae.ok("backup", "run", "kept", "--to", "vault");
        try (Client client = Client.of(socket, "kept@1")) {
            assertThat(hikae.fails("generation", "remove", "kept@1")).contains("in use");
            assertThat(hikae.ok("generation", "mount", "kept@1")).contains(hikae.uri("kept@1"));
            assertThat(client.read(0, 1)).containsExactly(0);
        }
        assertThat(hikae.fails("generation", "remove", "kept@1")).contains("in use");
        assertThat(hikae.ok("generation", "list", "--json")).contains("\"mounted\": true");
        hikae.ok("generation", "unmount", "kept@1");
        awaitOk("generation", "remove", "kept@1");
        assertThat(hikae.fails("generation", "mount", "kept@1")).contains("kept@1");
    }

    @Test
    void manyGenerationsAreMountedAtOnce() throws Exception {
        hikae.addDisk("many", SIZE);
        hikae.ok("-c", "backup run many --to vault;".repeat(GENERATIONS));
        StringBuilder script = new StringBuilder();
        for (int i = 1; i <= GENERATIONS; i++) {
            script.append("generation mount many@").append(i).append(';');
        }
        hikae.ok("-c", script.toString());
        for (int i = 1; i <= GENERATIONS; i++) {
            long start = System.nanoTime();
            try (Client client = Client.of(socket, "many@" + i)) {
                client.read(i, 1);
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1000);
        }
        assertThat(hikae.ok("generation", "list").lines().filter(line -> line.contains("yes")))
                .hasSize(GENERATIONS);
    }
}

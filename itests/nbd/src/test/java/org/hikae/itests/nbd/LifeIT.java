package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How disks, nodes, generations, clients and the platform come and go. */
class LifeIT {

    private static final int SIZE = 32 << 20;
    private static final int ESHUTDOWN = 108;
    private static final int GENERATIONS = Boolean.getBoolean("hikae.long") ? 100 : 10;

    @TempDir
    Path folder;

    private Hikae hikae;
    private Path socket;

    @BeforeEach
    void serve() throws Exception {
        hikae = new Hikae(folder);
        hikae.serve();
        socket = hikae.home().resolve("nbd.sock");
        hikae.addDisk("data", SIZE);
    }

    @AfterEach
    void stop() throws Exception {
        hikae.close();
    }

    private void addMedium() throws Exception {
        hikae.ok("medium", "add", "vault", "directory", folder.resolve("vault").toString());
    }

    @Test
    void aDiskIsInUseAsLongAsAClientIsThere() throws Exception {
        try (Client client = Client.of(socket, "data")) {
            assertThat(client.write(0, new byte[] {1})).isZero();
            assertThat(hikae.fails("disk", "remove", "data")).contains("in use", "node 'n1' has it open");
            assertThat(hikae.ok("nbd", "list", "--json")).contains("\"clients\": 1");
        }
        Awaitility.await().until(() -> hikae.run("disk", "remove", "data").code() == 0);
        assertThatThrownBy(() -> Client.of(socket, "data")).isInstanceOf(IOException.class);
    }

    @Test
    void aClientThatIsKilledHarmsNobody() throws Exception {
        List<String> command = List.of(
                "fio",
                "--name=job",
                "--ioengine=nbd",
                "--uri=" + hikae.uri("data"),
                "--rw=write",
                "--bs=1M",
                "--iodepth=8",
                "--size=" + SIZE,
                "--time_based",
                "--runtime=60");
        try (Client other = Client.of(socket, "data")) {
            try (Tool.Running killed = Tool.start(folder, command)) {
                Awaitility.await().until(() -> other.read(SIZE - 512, 1)[0] != 0);
                assertThat(killed.process().isAlive()).isTrue();
            }
            assertThat(other.write(0, new byte[] {42})).isZero();
            assertThat(other.read(0, 1)).containsExactly(42);
        }
        Awaitility.await().until(() -> hikae.run("disk", "remove", "data").code() == 0);
    }

    @Test
    void aNodeThatIsRemovedEndsItsClients() throws Exception {
        hikae.ok("node", "add", "n2");
        try (Client first = Client.of(socket, "data");
                Client second = Client.of(socket, "n2/data")) {
            assertThat(first.write(0, new byte[] {1})).isZero();
            assertThat(second.read(0, 1)).as("nodes are coherent").containsExactly(1);
            hikae.ok("node", "remove", "n2");
            assertThat(second.write(0, new byte[] {2})).isEqualTo(ESHUTDOWN);
            second.request(Client.READ, 0, 1);
            assertThat(second.answer()).isEqualTo(ESHUTDOWN);
            assertThat(first.read(0, 1)).containsExactly(1);
        }
        assertThatThrownBy(() -> Client.of(socket, "n2/data")).isInstanceOf(IOException.class);
        hikae.ok("node", "add", "n2");
        try (Client anew = Client.of(socket, "n2/data")) {
            assertThat(anew.read(0, 1)).containsExactly(1);
        }
    }

    @Test
    void whatIsWrittenIsTrackedAndLogged() throws Exception {
        addMedium();
        hikae.ok("backup", "run", "data", "--to", "vault");
        assertThat(hikae.ok("disk", "info", "data", "--json")).contains("\"changedBytes\": 0");
        try (Client client = Client.of(socket, "data")) {
            client.write(4096, new byte[10]);
        }
        assertThat(hikae.ok("disk", "info", "data", "--json")).contains("\"changedBytes\": 4096");
    }

    @Test
    void generationsInUseCannotBeRemoved() throws Exception {
        addMedium();
        hikae.ok("backup", "run", "data", "--to", "vault");
        try (Client client = Client.of(socket, "data@1")) {
            assertThat(hikae.fails("generation", "remove", "data@1")).contains("in use");
            assertThat(hikae.ok("generation", "mount", "data@1")).contains(hikae.uri("data@1"));
            assertThat(client.read(0, 1)).containsExactly(0);
        }
        assertThat(hikae.fails("generation", "remove", "data@1")).contains("in use");
        assertThat(hikae.ok("generation", "list", "--json")).contains("\"mounted\": true");
        hikae.ok("generation", "unmount", "data@1");
        Awaitility.await()
                .until(() -> hikae.run("generation", "remove", "data@1").code() == 0);
        assertThat(hikae.fails("generation", "mount", "data@1")).contains("data@1");
    }

    @Test
    void manyGenerationsAreMountedAtOnce() throws Exception {
        addMedium();
        hikae.ok("-c", "backup run data --to vault;".repeat(GENERATIONS));
        StringBuilder script = new StringBuilder();
        for (int i = 1; i <= GENERATIONS; i++) {
            script.append("generation mount data@").append(i).append(';');
        }
        hikae.ok("-c", script.toString());
        for (int i = 1; i <= GENERATIONS; i++) {
            long start = System.nanoTime();
            try (Client client = Client.of(socket, "data@" + i)) {
                client.read(i, 1);
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1000);
        }
        assertThat(hikae.ok("generation", "list").lines().filter(line -> line.contains("yes")))
                .hasSize(GENERATIONS);
    }

    @Test
    void theTcpPortSurvivesARestartAndMountsDoNot() throws Exception {
        addMedium();
        hikae.ok("backup", "run", "data", "--to", "vault");
        hikae.ok("generation", "mount", "data@1");
        assertThat(hikae.fails("nbd", "listen", "0.0.0.0:10809")).contains("others can reach");
        String address = hikae.ok("nbd", "listen", "127.0.0.1:0").strip().replaceFirst(".* ", "");
        Tool.ok(folder, "nbdinfo", "--size", "nbd://" + address + "/data");
        try (Client client = Client.of(socket, "data")) {
            hikae.stop();
            assertThat(client.isEnded()).isTrue();
        }
        assertThat(socket).doesNotExist();
        hikae.serve();
        Tool.ok(folder, "nbdinfo", "--size", "nbd://" + address + "/data@1");
        assertThat(hikae.run("nbd", "list").output())
                .contains("nbd://" + address, "read-only")
                .doesNotContain("mounted");
        hikae.ok("nbd", "unlisten");
        assertThat(Tool.run(folder, List.of("nbdinfo", "nbd://" + address + "/data"))
                        .code())
                .isNotZero();
    }

    @Test
    void withoutAServerThereIsNothingToMountFor() throws Exception {
        addMedium();
        hikae.ok("backup", "run", "data", "--to", "vault");
        hikae.stop();
        assertThat(hikae.fails("generation", "mount", "data@1")).contains("hikae serve");
        assertThat(hikae.ok("disk", "info", "data")).contains(hikae.uri("data"));
    }

    @Test
    void aLongHomeHasItsSocketElsewhere() throws Exception {
        hikae.stop();
        Path deep = Files.createDirectories(folder.resolve("x".repeat(120)));
        try (Hikae other = new Hikae(deep)) {
            other.serve();
            other.addDisk("deep", SIZE);
            String uri = other.ok("disk", "info", "deep", "--json").replaceAll("(?s).*\"uri\": \"([^\"]*)\".*", "$1");
            assertThat(uri).contains("?socket=/tmp/hikae-");
            Tool.ok(folder, "nbdinfo", uri);
            other.stop();
        }
    }
}

package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of exports when the platform ends and starts again. */
class RestartIT {

    private static final int SIZE = 4 << 20;

    @TempDir
    Path folder;

    private Hikae hikae;

    private void serve(Path place) throws Exception {
        hikae = new Hikae(place);
        hikae.serve();
        hikae.addDisk("data", SIZE);
    }

    @AfterEach
    void stop() throws Exception {
        hikae.close();
    }

    @Test
    void theTcpPortStaysAndMountsDoNot() throws Exception {
        serve(folder);
        Path vault = folder.resolve("vault");
        hikae.ok(
                "-c",
                "medium add vault directory '" + vault + "'; backup run data --to vault; generation mount data@1");
        assertThat(hikae.fails("nbd", "listen", "0.0.0.0:10809")).contains("others can reach");
        String address = hikae.ok("nbd", "listen", "127.0.0.1:0").strip().replaceFirst(".* ", "");
        Tool.ok(folder, "nbdinfo", "--size", "nbd://" + address + "/data");
        Path socket = hikae.home().resolve("nbd.sock");
        try (Client client = Client.of(socket, "data")) {
            hikae.stop();
            assertThat(client.isEnded()).isTrue();
        }
        assertThat(socket).doesNotExist();
        assertThat(hikae.fails("generation", "mount", "data@1")).contains("hikae serve");
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
    void aLongHomeHasItsSocketElsewhere() throws Exception {
        serve(Files.createDirectories(folder.resolve("x".repeat(120))));
        String uri = hikae.ok("disk", "info", "data", "--json").replaceAll("(?s).*\"nbd\": \"([^\"]*)\".*", "$1");
        assertThat(uri).contains("?socket=/tmp/hikae-");
        Tool.ok(folder, "nbdinfo", uri);
        hikae.stop();
        assertThat(Path.of(uri.replaceFirst(".*socket=", ""))).doesNotExist();
    }
}

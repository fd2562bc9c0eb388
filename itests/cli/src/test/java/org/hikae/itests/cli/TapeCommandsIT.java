package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hikae.itests.cli.Cli.Result;
import org.hikae.itests.cli.Cli.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** c.3, I9: tapes by commands, from a new library to a restore on an empty platform that has nothing but the cartridges. */
class TapeCommandsIT {
    private static final int SIZE = 9_000_000;

    @TempDir
    Path folder;

    private Cli hikae;

    private String run(String line) throws Exception {
        Result result = hikae.run(line.split(" ", -1));
        assertThat(result.code()).as("%s: %s", line, result.err()).isZero();
        return result.out();
    }

    private JsonNode json(String line) throws Exception {
        return new ObjectMapper().readTree(run(line + " --json"));
    }

    /** Commands on a home that a server has. */
    private interface Commands {
        void run() throws Exception;
    }

    private void served(String home, Commands commands) throws Exception {
        hikae = Cli.in(folder).withHome(folder.resolve(home));
        try (Running server = hikae.serve()) {
            commands.run();
            server.signal("TERM");
            assertThat(server.await().code()).isZero();
        }
    }

    /** By one process: each takes a while to start. */
    private void script(String... lines) throws Exception {
        Result result = hikae.run("-c", String.join("\n", lines));
        assertThat(result.code()).as(result.err()).isZero();
    }

    /** Where the data is differs, for the medium is gone. */
    private JsonNode generations() throws Exception {
        JsonNode all = json("generation list");
        all.forEach(each -> ((ObjectNode) each).remove("where"));
        return all;
    }

    @Test
    void fromABlankCartridgeToARestoreOnAnEmptyPlatform() throws Exception {
        byte[] content = new byte[SIZE];
        new Random(7).nextBytes(content);
        Path disk = Files.write(folder.resolve("disk.img"), content);
        Files.createDirectory(folder.resolve("m1"));
        JsonNode[] before = new JsonNode[1];
        served("home", () -> {
            assertThat(run("tape library add lib virtual tapes --drives 2 --slots 3 --capacity 40MB"))
                    .contains("tape library lib is added: virtual " + folder.resolve("tapes"));
            Files.write(folder.resolve("patch"), new byte[100_000]);
            script(
                    "disk add data disk.img",
                    "medium add m1 directory m1",
                    "backup run data --to m1",
                    "node write n1 data --at 4096 --from patch",
                    "backup run data --to m1 --differential");
            writeAndEvict();
            assertRestores("data@2", disk);
            before[0] = generations();
        });
        served("other-home", () -> {
            run("tape library add lib virtual tapes");
            assertThat(json("catalog rebuild --from tape")
                            .at("/result/generations")
                            .asInt())
                    .isEqualTo(2);
            assertThat(generations()).isEqualTo(before[0]);
            assertThat(json("generation info data@1").get("where").asText()).isEqualTo("tape");
            assertThat(run("catalog generations")).contains("data@2  present");
            assertThat(json("medium info m1").get("driver").asText()).isEqualTo("tape");
            assertRestores("data@2", disk);
            script("generation verify data@2 --chain", "status");
        });
    }

    private void writeAndEvict() throws Exception {
        JsonNode written = json("tape write data@2");
        assertThat(written.at("/result/written").asText()).isEqualTo("data@1, data@2");
        String cartridge = written.at("/result/cartridges").asText();
        assertThat(json("tape info " + cartridge).get("pool").asText()).isEqualTo("default");
        assertThat(json("tape generations --on " + cartridge)).hasSize(2);
        String job = run("tape verify data@2 --detach").strip();
        assertThat(json("job wait " + job).get("state").asText()).isEqualTo("done");
        assertThat(json("generation evict data@1 data@2")
                        .at("/result/freedBytes")
                        .asLong())
                .isGreaterThan(SIZE / 2);
        assertThat(json("generation info data@1").get("where").asText()).isEqualTo("tape");
        Result again = hikae.run("generation", "evict", "data@1");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).startsWith("generation evict: generation data@1 was not evicted: ");
        assertThat(hikae.run("tape", "erase", cartridge).err())
                .startsWith("tape erase: ")
                .contains(cartridge)
                .doesNotContain("Exception");
        assertThat(hikae.run("tape", "migrate").code()).isEqualTo(2);
    }

    private void assertRestores(String generation, Path disk) throws Exception {
        run("generation restore " + generation + " --to restored.img --overwrite");
        assertThat(folder.resolve("restored.img")).hasSameBinaryContentAs(disk);
    }
}

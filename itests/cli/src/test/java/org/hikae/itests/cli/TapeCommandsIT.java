package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hikae.itests.cli.Cli.Result;
import org.hikae.itests.cli.Cli.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** c.3, I9: tapes by commands, from a new library to a restore on an empty platform that has nothing but the cartridges. */
class TapeCommandsIT {
    private static final int SIZE = 9_000_000;
    private static final String CARTRIDGE = "HK0001L9";

    @TempDir
    Path folder;

    private Cli hikae;
    private Path disk;

    @BeforeEach
    void diskAndMedium() throws Exception {
        hikae = Cli.in(folder);
        byte[] content = new byte[SIZE];
        new Random(7).nextBytes(content);
        disk = Files.write(folder.resolve("disk.img"), content);
        Files.write(folder.resolve("patch"), new byte[100_000]);
        Files.createDirectory(folder.resolve("m1"));
    }

    /** By one process: each takes a while to start. */
    private String script(String... lines) throws Exception {
        Result result = hikae.run("-c", String.join("\n", lines));
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    /** What comes after anything else. */
    private static List<JsonNode> json(String out) throws Exception {
        String documents = out.substring(out.indexOf('{'));
        return new ObjectMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(documents)
                .readAll();
    }

    private static String[] asJson(String... lines) {
        return Stream.of(lines).map(line -> line + " --json").toArray(String[]::new);
    }

    /** Where the data is differs, for the medium is gone. */
    private static JsonNode withoutPlaces(JsonNode generations) {
        generations.forEach(each -> ((ObjectNode) each).remove("where"));
        return generations;
    }

    @Test
    void fromABlankCartridgeToARestoreOnAnEmptyPlatform() throws Exception {
        JsonNode before;
        try (Running server = hikae.serve()) {
            before = fromABlankCartridge();
            whoWaitsForACartridgeIsToldAndCanGiveUp();
            server.signal("TERM");
            assertThat(server.await().code()).isZero();
        }
        hikae = hikae.withHome(folder.resolve("other-home"));
        String out = script(Stream.of(
                        Stream.of("tape library add lib virtual tapes"),
                        Stream.of(asJson(
                                "catalog rebuild --from tape",
                                "generation list",
                                "generation info data@1",
                                "medium info m1")),
                        Stream.of(
                                "generation restore data@2 --to again.img",
                                "generation verify data@2 --chain",
                                "catalog generations",
                                "status"))
                .flatMap(lines -> lines)
                .toArray(String[]::new));
        List<JsonNode> rebuilt = json(out.substring(0, out.lastIndexOf("}\n") + 2));
        assertThat(rebuilt.get(0).at("/result/generations").asInt()).isEqualTo(2);
        assertThat(withoutPlaces(rebuilt.get(1))).isEqualTo(before);
        assertThat(rebuilt.get(2).get("where").asText()).isEqualTo("tape");
        assertThat(rebuilt.get(3).get("driver").asText()).isEqualTo("tape");
        assertThat(out).contains("data@2  present");
        assertThat(folder.resolve("again.img")).hasSameBinaryContentAs(disk);
    }

    /** Returns the generations; the cartridge is in the station then. */
    private JsonNode fromABlankCartridge() throws Exception {
        String out = script(Stream.concat(
                        Stream.of(
                                "tape library add lib virtual tapes --drives 2 --slots 3 --capacity 40MB --option"
                                        + " prefix=HK",
                                "disk add data disk.img",
                                "medium add m1 directory m1",
                                "backup run data --to m1",
                                "node write n1 data --at 4096 --from patch",
                                "backup run data --to m1 --differential"),
                        Stream.of(asJson(
                                "tape write data@2",
                                "tape info " + CARTRIDGE,
                                "tape generations --on " + CARTRIDGE,
                                "tape verify data@2",
                                "generation evict data@1 data@2",
                                "generation info data@1",
                                "generation list",
                                "tape export " + CARTRIDGE)))
                .toArray(String[]::new));
        assertThat(out).startsWith("tape library lib is added: virtual " + folder.resolve("tapes"));
        List<JsonNode> done = json(out);
        assertThat(done.get(0).at("/result/written").asText()).isEqualTo("data@1, data@2");
        assertThat(done.get(0).at("/result/cartridges").asText()).isEqualTo(CARTRIDGE);
        assertThat(done.get(1).get("pool").asText()).isEqualTo("default");
        assertThat(done.get(2)).hasSize(2);
        assertThat(done.get(3).get("state").asText()).isEqualTo("done");
        assertThat(done.get(4).at("/result/freedBytes").asLong()).isGreaterThan(SIZE / 2);
        assertThat(done.get(5).get("where").asText()).isEqualTo("tape");
        assertThat(done.get(7).at("/result/place").asText()).isEqualTo("station 0");
        return withoutPlaces(done.get(6));
    }

    private void whoWaitsForACartridgeIsToldAndCanGiveUp() throws Exception {
        Path away = Files.move(cartridge(), folder.resolve("away.tap"));
        try (Running restore = hikae.start("generation", "restore", "data@2", "--to", "restored.img")) {
            Awaitility.await().until(() -> restore.errSoFar()
                    .contains("waiting: cartridge " + CARTRIDGE
                            + " is in no library: put it into the station of library 'lib'"));
            restore.signal("INT");
            Result given = restore.await();
            assertThat(given.code()).isEqualTo(1);
            assertThat(given.err()).contains("cancelled on request").doesNotContain("Exception");
        }
        assertThat(hikae.exists("restored.img")).isFalse();
        Files.move(away, folder.resolve("tapes").resolve("station").resolve(CARTRIDGE + ".tap"));
        Result refused =
                hikae.run("-c", "tape import\ngeneration restore data@2 --to restored.img\ntape erase " + CARTRIDGE);
        assertThat(folder.resolve("restored.img")).hasSameBinaryContentAs(disk);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .containsPattern("tape erase: cartridge " + CARTRIDGE
                        + " has (\\d+) objects that are needed, .*; \\1 have no other copy on tape")
                .doesNotContain("Exception");
    }

    /** Its file, wherever it is. */
    private Path cartridge() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("tapes"))) {
            return files.filter(file -> file.endsWith(CARTRIDGE + ".tap"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

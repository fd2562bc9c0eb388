package org.hikae.files.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.files.client.buffer.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Trees that change by chance, backed up, sent at chance, and given back: each restore is the tree as it was (I6, e.7). */
class HistoryTest {

    @TempDir
    Path temp;

    @Test
    void whatIsGivenBackIsWhatWasThere() throws IOException {
        histories(3, 7);
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void overLongHistoriesToo() throws IOException {
        histories(60, 40);
    }

    private void histories(int count, int runs) throws IOException {
        for (int i = 0; i < count; i++) {
            long seed = Long.getLong("hikae.seed", System.nanoTime() + i);
            Path folder = Files.createDirectory(temp.resolve("h" + i));
            try {
                history(folder, new Random(seed), runs);
            } catch (AssertionError | IOException | RuntimeException e) {
                throw new AssertionError("-Dhikae.seed=" + seed, e);
            }
            Trees.delete(folder);
        }
    }

    private static void history(Path folder, Random random, int runs) throws IOException {
        Path root = Files.createDirectory(folder.resolve("tree"));
        Trees trees = new Trees(root, random);
        Client client = new Client(Files.createDirectory(folder.resolve("home")), Steps.NONE).add("docs");
        ModelCenter center = new ModelCenter();
        List<Instant> times = new ArrayList<>();
        List<Map<String, String>> states = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            trees.change(random.nextInt(12));
            Map<String, Object> result = client.run("docs", root);
            assertThat(result).doesNotContainKey("problem");
            times.add(client.now);
            states.add(Trees.describe(root));
            if (random.nextInt(3) == 0) {
                client.send("docs", center);
            }
            if (random.nextInt(8) == 0) {
                client.backups.fullWanted("docs", 0);
            }
            if (random.nextInt(4) == 0) {
                Client next = new Client(client.home, Steps.NONE);
                next.now = client.now;
                next.backups.recover("docs");
                client = next;
            }
            check(client, center, root, folder.resolve("now"), null, states.get(i));
        }
        client.send("docs", center);
        if (!client.buffer.runs("docs").isEmpty()) {
            client.run("docs", root);
            client.send("docs", center);
        }
        assertThat(client.buffer.runs("docs")).isEmpty();
        assertThat(client.buffer.used()).isZero();
        check(client, center, root, folder.resolve("now"), null, Trees.describe(root));
        int any = random.nextInt(runs);
        if (center.hasAll(times.get(any))) {
            check(client, center, root, folder.resolve("then"), times.get(any), states.get(any));
        }
    }

    private static void check(
            Client client, ModelCenter center, Path root, Path to, Instant at, Map<String, String> expected)
            throws IOException {
        Files.createDirectory(to);
        client.restore(root, at, to, center);
        assertThat(Trees.describe(to.resolve(root.getFileName()))).isEqualTo(expected);
        Trees.delete(to);
    }
}

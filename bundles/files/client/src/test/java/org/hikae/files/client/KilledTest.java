package org.hikae.files.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Progress;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The home as it is at each step of a backup and of a release is one from which all goes on rightly (R23, I6). */
class KilledTest {

    @TempDir
    Path temp;

    private final List<Path> homes = new ArrayList<>();
    private Path home;
    private boolean recording;

    private void keep(String step) {
        if (!recording) {
            return;
        }
        Path copy = temp.resolve("home" + homes.size() + " " + step);
        try {
            Trees.copyPlain(home, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        homes.add(copy);
    }

    @Test
    void aBackupIsThereWithAllItNeedsOrNotAtAll() throws IOException {
        Path root = Files.createDirectory(temp.resolve("tree"));
        Trees trees = new Trees(root, new Random(5));
        trees.change(20);
        home = Files.createDirectory(temp.resolve("home"));
        Client client = new Client(home, this::keep).add("docs");
        ModelCenter first = new ModelCenter();
        client.run("docs", root);
        assertThat(first.take(client.buffer.runs("docs").get(0))).isTrue();
        client.buffer.delete(client.buffer.runs("docs").get(0));
        trees.change(20);
        recording = true;
        int[] looks = new int[1];
        client.run(
                "docs",
                each(() -> {
                    if (looks[0]++ % 12 == 0) {
                        keep("look");
                    }
                }),
                root);
        recording = false;
        assertThat(homes).hasSizeGreaterThan(7);

        for (Path left : homes) {
            ModelCenter center = new ModelCenter();
            center.versions.putAll(copy(first));
            center.last.putAll(first.last);
            goesOn(left, center, root);
        }
    }

    /** Whatever was sealed is sent, and the next run says what there is; numbers are not used twice. */
    private void goesOn(Path left, ModelCenter center, Path root) throws IOException {
        Client again = new Client(left, Steps.NONE);
        again.backups.recover("docs");
        long sealed = again.buffer.runs("docs").stream()
                .mapToLong(BufferedRun::number)
                .max()
                .orElse(1);
        again.run("docs", root);
        assertThat(again.buffer.runs("docs").stream()
                        .mapToLong(BufferedRun::number)
                        .max())
                .as(left.toString())
                .hasValue(sealed + 1);
        for (BufferedRun run : again.buffer.runs("docs")) {
            assertThat(center.take(run)).as(left.toString()).isTrue();
        }
        Path to = Files.createDirectory(temp.resolve("to"));
        again.send("docs", center);
        again.restore(root, null, to, center);
        assertThat(Trees.describe(to.resolve(root.getFileName())))
                .as(left.toString())
                .isEqualTo(Trees.describe(root));
        Trees.delete(to);
        assertThat(Trees.walk(left.resolve("buffer")).toString()).doesNotContain("/.");
    }

    private static Map<String, TreeMap<FileName, List<ModelCenter.Version>>> copy(ModelCenter center) {
        Map<String, TreeMap<FileName, List<ModelCenter.Version>>> copy = new HashMap<>();
        center.versions.forEach((backup, files) -> {
            var into = new TreeMap<FileName, List<ModelCenter.Version>>(files.comparator());
            files.forEach((path, list) -> into.put(path, new ArrayList<>(list)));
            copy.put(backup, into);
        });
        return copy;
    }

    @Test
    void aReleaseDeletesNothingElse() throws IOException {
        Path root = Files.createDirectory(temp.resolve("tree"));
        Trees trees = new Trees(root, new Random(6));
        home = Files.createDirectory(temp.resolve("home"));
        Client client = new Client(home, this::keep).add("docs");
        for (int i = 0; i < 3; i++) {
            trees.change(10);
            client.run("docs", root);
        }
        recording = true;
        client.buffer.delete(client.buffer.runs("docs").get(0));
        recording = false;

        for (Path left : homes) {
            Client again = new Client(left, Steps.NONE);
            again.backups.recover("docs");
            assertThat(again.buffer.runs("docs").stream().map(BufferedRun::number))
                    .endsWith(2L, 3L);
            again.run("docs", root);
            assertThat(again.buffer.run("docs", 4))
                    .get()
                    .extracting(BufferedRun::base)
                    .isEqualTo(3L);
        }
    }

    @Test
    void aStateThatIsLostNeverUsesANumberAgain() throws IOException {
        Path root = Files.createDirectory(temp.resolve("tree"));
        home = Files.createDirectory(temp.resolve("home"));
        Client client = new Client(home, Steps.NONE).add("docs");
        client.run("docs", root);
        client.buffer.delete(client.buffer.runs("docs").get(0));
        Files.write(home.resolve("rows/docs/state.json"), new byte[] {'{', 0});

        Client again = new Client(home, Steps.NONE);
        again.run("docs", root);

        BufferedRun run = again.buffer.runs("docs").get(0);
        assertThat(run.number()).isGreaterThan(1_700_000_000);
        assertThat(run.base()).isZero();
    }

    @Test
    void knownFilesThatAreDamagedCostAFullRunAlone() throws IOException {
        Path root = Files.createDirectory(temp.resolve("tree"));
        Files.writeString(root.resolve("a"), "a");
        home = Files.createDirectory(temp.resolve("home"));
        Client client = new Client(home, Steps.NONE).add("docs");
        client.run("docs", root);
        Path known = home.resolve("rows/docs/known.1");
        byte[] bytes = Files.readAllBytes(known);
        bytes[bytes.length / 2] ^= 4;
        Files.write(known, bytes);

        client.run("docs", root);

        assertThat(client.buffer.run("docs", 2))
                .get()
                .extracting(BufferedRun::base)
                .isEqualTo(0L);
        assertThat(client.buffer.runs("docs")).hasSize(2);
    }

    /** One full run takes the place of what is damaged; those after it build upon it, whenever they are sent. */
    @Test
    void aRunThatIsDamagedCostsOneFullRun() throws IOException {
        Path root = Files.createDirectory(temp.resolve("tree"));
        Files.writeString(root.resolve("a"), "a");
        home = Files.createDirectory(temp.resolve("home"));
        Client client = new Client(home, Steps.NONE).add("docs");
        client.run("docs", root);
        Files.write(home.resolve("buffer/docs/1/run"), new byte[7]);

        Client again = new Client(home, Steps.NONE);
        again.now = client.now;
        for (int i = 0; i < 3; i++) {
            again.run("docs", root);
        }

        assertThat(again.buffer.runs("docs").stream().map(BufferedRun::base)).containsExactly(0L, 2L, 3L);
    }

    private static Progress each(Runnable look) {
        return new Progress() {
            @Override
            public void phase(String phase) {}

            @Override
            public void total(long bytes) {}

            @Override
            public void advance(long bytes) {}

            @Override
            public void check() {
                look.run();
            }

            @Override
            public void pass(Check check) {
                look.run();
            }

            @Override
            public void onCancel(Runnable action) {}
        };
    }
}

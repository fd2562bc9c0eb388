package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I9: a restore puts nothing outside the tree that was asked for, whatever lies there, and whatever the center has. */
class RestoreInPlaceIT {

    private static final long DEADLINE_SECONDS = 120;
    private static final String MEMBER = "alice";

    @TempDir
    Path folder;

    private Party center;
    private Party client;
    private Path tree;
    private Path outside;

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        center = new Party("center", folder);
        center.start();
        center.center();
        client = new Party("client", folder);
        client.start();
        tree = folder.resolve("tree");
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("mine"), "untouched");
    }

    @AfterEach
    void end() throws InterruptedException {
        client.close();
        center.close();
    }

    private void join(String options) throws IOException {
        client.ok("client join https://127.0.0.1:" + center.port() + " --token " + center.invite(MEMBER, options));
    }

    @Test
    void aSymlinkThatStandsInTheWayLeadsNowhere() throws Exception {
        Path inner = Files.createDirectories(tree.resolve("in/deep"));
        Files.writeString(inner.resolve("file"), "backed up");
        Files.writeString(tree.resolve("mine"), "backed up, too");
        join("");
        client.ok("client add docs '" + tree + "'; client run docs");
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> center.ok("center files --json")
                .contains("deep"));
        SortedMap<String, String> before = TreeText.of(outside);
        SortedMap<String, String> original = TreeText.of(tree);
        FileTree.delete(tree.resolve("in"));
        Files.delete(tree.resolve("mine"));
        Files.createSymbolicLink(tree.resolve("in"), outside);
        Files.createSymbolicLink(tree.resolve("mine"), outside.resolve("mine"));
        Program.Result result = client.run("client restore '" + tree + "' --overwrite");
        assertThat(TreeText.of(outside)).isEqualTo(before);
        if (result.code() == 0) {
            assertThat(TreeText.of(tree)).isEqualTo(original);
        } else {
            assertThat(result.output()).contains("in").doesNotContain("Exception");
        }
    }

    @Test
    void aRunThatLeadsOutsideLeadsNowhere() throws Exception {
        Door door = new Door(center.port());
        Door.Member mallory = door.join(center.invite(MEMBER, ""));
        String top = tree.toString();
        CraftedRun run = new CraftedRun(Door.BACKUP, 1, 0)
                .folder(top)
                .file(top + "/good", "as it was")
                .symlink(top + "/link", outside.toString())
                .file(top + "/link/evil", "must not be there")
                .symlink(top + "/mine", outside.resolve("mine").toString())
                .file(top + "/mine", "must not be there")
                .symlink(top + "/up", "..")
                .file(top + "/up/outside/mine", "must not be there");
        HttpResponse<byte[]> answer = mallory.send(MEMBER, 1, 0, run.finish());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        SortedMap<String, String> before = TreeText.of(outside);
        join("--replace");
        client.run("client restore '" + top + "'");
        assertThat(TreeText.of(outside)).isEqualTo(before);
        assertThat(tree.resolve("good")).hasContent("as it was");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(elsewhere.resolve("tree"), outside);
        client.run("client restore '" + top + "' --to '" + elsewhere + "'");
        assertThat(TreeText.of(outside)).isEqualTo(before);
    }
}

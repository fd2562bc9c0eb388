package org.hikae.files.client.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.hikae.api.files.client.IncompleteVersionsException;
import org.hikae.api.fs.FileName;
import org.hikae.files.client.Client;
import org.hikae.files.client.Trees;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.RunTable;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.client.send.Archive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run in the buffer that was not sent, and of which it cannot be told any more what it is: nobody takes what is older for it (I6). */
class DamagedRunTest extends RestoreFixture {

    private Path to;
    private Instant first;

    @BeforeEach
    void twoRuns() throws IOException {
        to = Files.createDirectory(temp.resolve("to"));
        Files.writeString(root.resolve("a"), "old");
        Files.writeString(root.resolve("b"), "b");
        client.run("docs", root);
        first = client.now;
        Files.writeString(root.resolve("a"), "new!");
        client.run("docs", root);
    }

    private void damage(long run, String name, int at) throws IOException {
        Path file = client.home.resolve("buffer/docs/" + run + "/" + name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    /** A platform that starts reads what is in the buffer. */
    private void restart() throws IOException {
        Instant now = client.now;
        client = new Client(client.home, Steps.NONE);
        client.now = now;
        client.backups.recover("docs");
    }

    /** What a listing lacks; null: nothing. */
    private IncompleteVersionsException listing(Instant at, Archive... centers) {
        FileName path = FileName.parse(root.resolve("a").toString());
        return catchThrowableOfType(IncompleteVersionsException.class, () -> {
            if (at == null) {
                client.restorer.versions().all(path, List.of(centers));
            } else {
                client.restorer.versions().versionsAt(path, at, List.of(centers));
            }
        });
    }

    @Test
    void whatIsOlderIsNotGivenBackInItsPlaceWithoutAWord() throws IOException {
        damage(2, "run", 20);
        restart();

        for (Path path : List.of(root, root.resolve("a"))) {
            assertThatThrownBy(() -> client.restore(path, null, to))
                    .hasMessageContaining("run 2 of backup 'docs'")
                    .hasMessageContaining("buffer/docs/2/run is damaged")
                    .hasMessageContaining("--at " + first)
                    .hasMessageContaining("client run docs");
        }
        assertThat(to).isEmptyDirectory();
        assertThat(listing(null).found()).hasSize(1);
        assertThat(listing(client.now)).hasMessageContaining("run 2 of backup 'docs'");
    }

    /** It is known what run it is, but not what is in it. */
    @Test
    void soItIsIfOnlyItsTableAndItsFramesAreDamaged() throws IOException {
        damage(2, "table", 20);
        damage(2, "frames", 40);

        for (Path path : List.of(root, root.resolve("a"))) {
            assertThatThrownBy(() -> client.restore(path, null, to))
                    .hasMessageContaining("run 2 of backup 'docs'")
                    .hasMessageContaining("buffer/docs/2/table is damaged");
        }
        assertThat(to).isEmptyDirectory();
        assertThat(listing(null)).hasMessageContaining("buffer/docs/2/table is damaged");
    }

    /** The run itself is there, so that it has not been sent meanwhile. */
    @Test
    void aTableThatIsGoneIsMadeAnewToo() throws IOException {
        Files.delete(client.home.resolve("buffer/docs/2/table"));
        client.restore(root, null, to);
        assertThat(Trees.describe(to.resolve("tree"))).isEqualTo(Trees.describe(root));
        assertThat(listing(null)).isNull();

        Files.delete(client.home.resolve("buffer/docs/2/table"));
        damage(2, "frames", 40);
        assertThatThrownBy(() -> client.restore(root, null, to)).hasMessageContaining("run 2 of backup 'docs'");
    }

    /** The frames say the same. */
    @Test
    void aTableThatIsDamagedIsMadeAnew() throws IOException {
        Files.createLink(root.resolve("c"), root.resolve("b"));
        Files.writeString(root.resolve("d"), "");
        client.run("docs", root);
        Files.delete(root.resolve("d"));
        Files.setLastModifiedTime(root.resolve("b"), java.nio.file.attribute.FileTime.fromMillis(5000));
        client.run("docs", root);
        for (long run = 1; run <= 4; run++) {
            damage(run, "table", 20);
        }

        client.restore(root, null, to);

        assertThat(Trees.describe(to.resolve("tree"))).isEqualTo(Trees.describe(root));
        assertThat(listing(null)).isNull();
        for (long run = 1; run <= 4; run++) {
            damage(run, "frames", 40);
            try (RunTable.Reader table =
                    client.buffer.run("docs", run).orElseThrow().table()) {
                assertThat(table.next()).isNotNull();
            }
            try (var files = Files.list(client.home.resolve("buffer/docs/" + run))) {
                assertThat(files.filter(each -> each.toString().contains("table")))
                        .hasSize(1);
            }
        }
    }

    /** What came later is certain, and all that is not is named. */
    @Test
    void whatIsCertainIsGivenBackAndTheRestIsNamed() throws IOException {
        Files.writeString(root.resolve("b"), "newer");
        client.run("docs", root);
        damage(2, "table", 20);
        damage(2, "frames", 40);

        assertThatThrownBy(() -> client.restore(root, null, to))
                .hasMessageContaining("/a: what is there of it is older than run 2 of backup 'docs'")
                .hasMessageContaining("buffer/docs/2/table is damaged");

        assertThat(to.resolve("tree/b")).hasContent("newer");
        assertThat(to.resolve("tree/a")).doesNotExist();
    }

    @Test
    void forAFileThatIsInALaterRunNobodyNeedsIt() throws IOException {
        damage(1, "table", 20);

        client.restore(root.resolve("a"), null, to);

        assertThat(to.resolve("a")).hasContent("new!");
    }

    @Test
    void soItIsWhereTheCenterHasWhatIsOlder() throws IOException {
        center.take(client.buffer.runs("docs").get(0));
        client.buffer.delete(client.buffer.runs("docs").get(0));
        damage(2, "run", 0);
        restart();

        assertThatThrownBy(() -> client.restore(root, null, to, center)).hasMessageContaining("--at " + first);
        assertThat(listing(null, center).found()).hasSize(1);
        client.restore(root, first, to, center);
        assertThat(to.resolve("tree/a")).hasContent("old");
    }

    @Test
    void whoAsksForTheStateBeforeItGetsThat() throws IOException {
        damage(2, "run", 20);
        restart();

        client.restore(root, first, to);

        assertThat(to.resolve("tree/a")).hasContent("old");
        assertThat(listing(first)).isNull();
    }

    /** Nothing is left that says when it was made. */
    @Test
    void soItIsIfItsFramesAreDamagedToo() throws IOException {
        damage(2, "run", 20);
        damage(2, "frames", 40);
        restart();

        assertThatThrownBy(() -> client.restore(root, null, to)).hasMessageContaining("--at " + first);
        assertThatThrownBy(() -> client.restore(root, client.now, to)).hasMessageContaining("--at " + first);
        client.restore(root, first, to);
        assertThat(to.resolve("tree/a")).hasContent("old");
    }

    @Test
    void whatItDoesNotConcernIsGivenBack() throws IOException {
        damage(2, "run", 20);
        restart();

        client.restore(root.resolve("b"), null, to);
        assertThat(to.resolve("b")).hasContent("b");

        damage(2, "table", 20);
        assertThatThrownBy(() -> client.restore(root.resolve("b"), null, to)).hasMessageContaining("run 2");
    }

    @Test
    void aFirstRunThatIsDamagedIsNotTakenForNone() throws IOException {
        damage(1, "run", 20);
        damage(2, "run", 20);
        restart();

        assertThatThrownBy(() -> client.restore(root, null, to))
                .hasMessageContaining("run 1 of backup 'docs'")
                .hasMessageContaining("Nothing before it is known");
    }

    @Test
    void aRunThatTakesItsPlaceMakesAllGoodAgain() throws IOException {
        damage(2, "run", 20);
        restart();
        client.run("docs", root);

        client.restore(root, null, to);

        assertThat(to.resolve("tree/a")).hasContent("new!");
        assertThatThrownBy(() -> client.restore(root, client.now.minusSeconds(1), to))
                .hasMessageContaining("run 2");
    }

    /** The relay has all of it. */
    @Test
    void ofOneThatIsHeldNothingIsMissed() throws IOException {
        for (BufferedRun run : client.buffer.runs("docs")) {
            center.take(run);
            client.buffer.held().hold(run);
        }
        damage(2, "run", 20);
        restart();

        client.restore(root, null, to, center);

        assertThat(to.resolve("tree/a")).hasContent("new!");
        assertThat(listing(null, center)).isNull();
    }

    /** The center has all of it. */
    @Test
    void ofOneThatWasSentNothingIsMissed() throws IOException {
        for (BufferedRun run : client.buffer.runs("docs")) {
            center.take(run);
            client.buffer.markSent(run, client.now);
        }
        damage(2, "run", 20);
        restart();

        client.restore(root, null, to, center);

        assertThat(to.resolve("tree/a")).hasContent("new!");
        assertThat(listing(null, center)).isNull();
    }
}

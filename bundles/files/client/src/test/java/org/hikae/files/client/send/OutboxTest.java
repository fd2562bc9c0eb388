package org.hikae.files.client.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.client.BackupRow;
import org.hikae.files.client.Client;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.client.known.RowStates;
import org.hikae.files.client.table.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is released, and what never is (R23, I6). */
class OutboxTest {

    @TempDir
    Path temp;

    private Path root;
    private Client client;
    private Outbox outbox;
    private Duration keep = Duration.ZERO;
    private final List<Row> rows = new ArrayList<>();
    private int wanted;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temp.resolve("tree"));
        client = new Client(Files.createDirectory(temp.resolve("home")), Steps.NONE).add("docs");
        outbox = new Outbox("me", () -> rows, client.buffer, client.backups, () -> client.now, () -> wanted++);
        row();
        Files.writeString(root.resolve("a"), "a");
        client.run("docs", root);
        client.run("docs", root);
    }

    private void row() {
        rows.clear();
        rows.add(new Row(
                new BackupRow(
                        "docs", List.of(root.toString()), List.of(), null, ZoneOffset.UTC, null, true, null, keep),
                null,
                null,
                null));
    }

    private static RunId run(String origin, long number) {
        return new RunId(origin, "docs", number);
    }

    /** The center has the run that is here under this number. */
    private void complete(RunId run) throws IOException {
        outbox.complete(
                run,
                client.buffer.run("docs", run.number()).map(BufferedRun::id).orElse(new UUID(0, 0)));
    }

    @Test
    void runsAreAnnouncedTheOldestFirst() throws IOException {
        assertThat(outbox.runs()).extracting(info -> info.id().number()).containsExactly(1L, 2L);
        assertThat(outbox.runs().get(1).base()).isEqualTo(1);
        assertThat(outbox.runs().get(0).finish()).isTrue();
    }

    @Test
    void partsReleaseNothing() throws IOException {
        outbox.received(run("me", 1), 1);
        outbox.received(run("me", 1), 1);

        assertThat(client.buffer.run("docs", 1)).isPresent();
        assertThat(outbox.durable(run("me", 1))).isEqualTo(1);
        outbox.open(run("me", 1), 1).close();
    }

    @Test
    void theWholeReleasesItselfAlone() throws IOException {
        complete(run("me", 1));
        complete(run("me", 1));
        complete(run("me", 77));

        assertThat(client.buffer.runs("docs")).extracting(run -> run.number()).containsExactly(2L);
        assertThatThrownBy(() -> outbox.open(run("me", 1), 0)).isInstanceOf(IOException.class);
    }

    @Test
    void receiptsOfOthersReleaseNothing() throws IOException {
        complete(run("you", 1));
        complete(new RunId("me", "other", 1));
        rows.clear();
        complete(run("me", 2));

        assertThat(client.buffer.runs("docs")).hasSize(2);
        assertThat(outbox.runs()).isEmpty();
    }

    @Test
    void whatIsKeptIsNotAnnouncedAgain() throws IOException {
        keep = Duration.ofDays(7);
        row();

        complete(run("me", 1));

        assertThat(outbox.runs()).extracting(info -> info.id().number()).containsExactly(2L);
        assertThat(client.buffer.run("docs", 1))
                .get()
                .extracting(run -> run.sent())
                .isEqualTo(client.now);
        Client again = new Client(client.home, Steps.NONE);
        assertThat(again.buffer.run("docs", 1))
                .get()
                .extracting(run -> run.sent())
                .isEqualTo(client.now);
    }

    @Test
    void aFullRunThatIsWantedIsNoted() throws IOException {
        complete(run("me", 1));
        outbox.fullWanted("you", "docs", 0);
        assertThat(wanted).isZero();

        outbox.fullWanted("me", "docs", 0);

        assertThat(wanted).isEqualTo(1);
        assertThat(client.states.get("docs", client.now).full()).isTrue();
        assertThat(client.buffer.runs("docs")).hasSize(1);
    }

    @Test
    void problemsAreToldUntilTheRunIsThere() throws IOException {
        outbox.problem(run("me", 2), "no room");
        assertThat(outbox.problem("docs")).isEqualTo("no room");

        complete(run("me", 2));

        assertThat(outbox.problem("docs")).isNull();
    }

    @Test
    void aRunThatIsDamagedIsReplacedByAFullOne() throws IOException {
        Path frames = client.home.resolve("buffer/docs/2/frames");
        byte[] bytes = Files.readAllBytes(frames);
        bytes[40] ^= 1;
        Files.write(frames, bytes);

        assertThatThrownBy(() -> {
                    try (var channel = outbox.open(run("me", 2), 0)) {
                        channel.read(java.nio.ByteBuffer.allocate(10));
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(client.buffer.runs("docs")).hasSize(2);
        client.run("docs", root);

        assertThat(client.buffer.runs("docs")).extracting(run -> run.number()).containsExactly(1L, 3L);
        assertThat(client.buffer.runs("docs").get(1).base()).isZero();
    }

    /** The center has another run of this number: this client's home was restored from an old copy, say (I6). */
    @Test
    void aReceiptForAnotherRunOfTheSameNumberReleasesNothing() throws IOException {
        outbox.complete(run("me", 1), new UUID(9, 9));
        outbox.refused(run("me", 1), new UUID(9, 9), "no");

        assertThat(client.buffer.runs("docs")).hasSize(2);
        assertThat(outbox.problem("docs")).isNull();
        assertThat(outbox.runs().get(0).identity())
                .isEqualTo(client.buffer.runs("docs").get(0).id());
    }

    @Test
    void aRunThatIsRefusedForGoodStaysUntilAFullOneAboveTheCentersNumbersIsThere() throws IOException {
        outbox.fullWanted("me", "docs", 40);
        outbox.refused(run("me", 1), client.buffer.runs("docs").get(0).id(), "not the run 1 that is here");

        assertThat(client.buffer.runs("docs")).hasSize(2);
        assertThat(outbox.problem("docs")).contains("not the run 1");
        client.run("docs", root);
        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(41L);
        assertThat(client.buffer.runs("docs").get(0).base()).isZero();
        assertThat(outbox.problem("docs")).isNull();
    }

    /** The row was given to another center after this one had heard of the run. */
    @Test
    void aCenterDoesNotRefuseRunsOfAnother() throws IOException {
        UUID identity = client.buffer.runs("docs").get(0).id();
        rows.clear();

        outbox.refused(run("me", 1), identity, "no");

        assertThat(client.states.get("docs", client.now).replaced()).isZero();
    }

    /** Behind it there would be no numbers left, or such as nobody finds again. */
    @Test
    void numbersThatCannotBeAreNotBelieved() throws IOException {
        for (long above : List.of(Long.MAX_VALUE, 1_000_000_000_000_000_000L, 100_000_000_000_000_000L)) {
            assertThatThrownBy(() -> outbox.fullWanted("me", "docs", above)).hasMessageContaining("cannot be");
            assertThatThrownBy(() -> client.states.behind("docs", above, client.now))
                    .hasMessageContaining("cannot be");
        }

        client.run("docs", root);

        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(1L, 2L, 3L);
    }

    /** A center that says the highest number that is believed, each time, does not keep another one from telling what is in use. */
    @Test
    void whatIsInUseIsBelievedWhateverWasSaidBefore() throws Exception {
        for (int i = 0; i < 20; i++) {
            client.now = client.now.plusSeconds(1);
            long highest = ChronoUnit.MICROS.between(Instant.EPOCH, client.now);
            outbox.fullWanted("me", "docs", highest);
            client.run("docs", root);
            long used = client.states.get("docs", client.now).last();
            assertThat(used).isEqualTo(highest + 1);
            outbox.fullWanted("me", "docs", used);

            Instant later = client.now.plusSeconds(1);
            RowStates restored = new RowStates(Files.createDirectory(temp.resolve("old" + i)));
            restored.begin("docs", 3, later);
            restored.behind("docs", used, later);
            assertThat(restored.get("docs", later).last()).isEqualTo(used);
        }
    }

    /** Whether that is here still, or was released, and after a restart. */
    @Test
    void aRunSaysUponWhichOneItBuilds() throws Exception {
        client.run("docs", root);
        List<BufferedRun> runs = client.buffer.runs("docs");
        BufferedRun last = runs.get(runs.size() - 1);
        outbox.complete(run("me", last.number()), last.id());
        client = new Client(client.home, Steps.NONE);
        client.run("docs", root);
        Client again = new Client(client.home, Steps.NONE);
        BufferedRun next = again.buffer.run("docs", last.number() + 1).orElseThrow();
        assertThat(next.base()).isEqualTo(last.number());
        assertThat(next.baseId()).isEqualTo(last.id());
        assertThat(again.buffer.run("docs", 1).orElseThrow().baseId()).isNull();
    }
}

package org.hikae.files.client.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.client.BackupRow;
import org.hikae.files.client.Client;
import org.hikae.files.client.Trees;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.client.table.Row;
import org.hikae.files.transfer.message.Protocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the receipts of the centers are wanted, those of the next party release nothing (R23). */
class EndToEndTest {

    private static final UUID CENTER = new UUID(3, 3);

    @TempDir
    Path temp;

    private Path root;
    private Path home;
    private Client client;
    private Outbox outbox;
    private boolean endToEnd = true;
    private Duration keep = Duration.ZERO;
    private int changes;
    private Steps steps = Steps.NONE;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temp.resolve("tree"));
        home = Files.createDirectory(temp.resolve("home"));
        open(home);
        client.add("docs");
        Files.writeString(root.resolve("a"), "a");
        client.run("docs", root);
        client.run("docs", root);
    }

    private void open(Path at) throws IOException {
        client = new Client(at, step -> steps.done(step));
        outbox = new Outbox(
                "me", () -> List.of(row()), client.buffer, client.backups, () -> client.now, () -> changes++);
    }

    private Row row() {
        BackupRow row = new BackupRow(
                "docs", List.of(root.toString()), List.of(), null, ZoneOffset.UTC, null, true, null, keep, endToEnd);
        return new Row(row, null, null, null);
    }

    private RunKey key(long number) {
        return new RunKey(
                new RunId("me", "docs", number),
                client.buffer.run("docs", number).map(BufferedRun::id).orElse(new UUID(0, number)));
    }

    private void received(long number) throws IOException {
        outbox.complete(key(number).run(), key(number).identity());
    }

    private void confirm(long number, boolean everywhere, boolean lost) throws IOException {
        outbox.confirmed(new Confirmation(key(number), everywhere ? List.of(CENTER) : List.of(), everywhere, lost));
    }

    private List<Long> announced() throws IOException {
        return outbox.runs().stream().map(run -> run.id().number()).toList();
    }

    private List<Long> here() {
        return client.buffer.runs("docs").stream().map(BufferedRun::number).toList();
    }

    @Test
    void theNextPartysReceiptKeepsARunFromBeingSentAgainAndReleasesNothing() throws IOException {
        received(1);
        received(1);

        assertThat(here()).containsExactly(1L, 2L);
        assertThat(announced()).containsExactly(2L);
        assertThat(outbox.asked()).containsExactly(key(1), key(2));
        assertThat(outbox.awaited(row())).containsOnlyKeys(1L);

        open(home);
        assertThat(announced()).containsExactly(2L);
        confirm(1, true, false);
        assertThat(here()).containsExactly(2L);
        assertThat(outbox.asked()).containsExactly(key(2));
    }

    @Test
    void whatIsNotEverywhereStaysAndTellsWhoHasIt() throws IOException {
        received(1);

        outbox.confirmed(new Confirmation(key(1), List.of(CENTER), false, false));

        assertThat(here()).containsExactly(1L, 2L);
        assertThat(outbox.awaited(row()).get(1L)).containsExactly(CENTER);
    }

    /** One that stands in between may say so of a run that it has not got from here. */
    @Test
    void aConfirmationIsForTheRunThatWasSentAlone() throws IOException {
        received(1);
        RunId one = key(1).run();
        outbox.confirmed(new Confirmation(new RunKey(one, new UUID(9, 9)), List.of(CENTER), true, false));
        outbox.confirmed(new Confirmation(
                new RunKey(new RunId("you", "docs", 1), key(1).identity()), List.of(CENTER), true, false));
        outbox.confirmed(new Confirmation(
                new RunKey(new RunId("me", "other", 1), key(1).identity()), List.of(CENTER), true, false));

        assertThat(here()).containsExactly(1L, 2L);
    }

    @Test
    void whatTheNextPartyHasLostIsSentAgain() throws IOException {
        received(1);
        assertThat(outbox.asked()).contains(key(1));

        confirm(1, false, true);

        assertThat(announced()).containsExactly(1L, 2L);
        assertThat(changes).isEqualTo(1);
        open(home);
        assertThat(announced()).containsExactly(1L, 2L);
    }

    /** One answer has what was not there when it was asked for, and the receipt of what came while it was waited for. */
    @Test
    void whatWasSaidBeforeTheReceiptDoesNotCount() throws IOException {
        assertThat(outbox.asked()).contains(key(1));
        received(1);
        confirm(1, false, true);

        assertThat(announced()).containsExactly(2L);
        assertThat(outbox.asked()).contains(key(1));
        confirm(1, false, true);
        assertThat(announced()).containsExactly(1L, 2L);
    }

    /** The relay is gone, and another one has nothing of it: the centers' word is enough. */
    @Test
    void whatIsEverywhereGoesEvenIfNobodyInBetweenHasIt() throws IOException {
        confirm(1, true, true);

        assertThat(here()).containsExactly(2L);
    }

    @Test
    void keptInTheBufferAfterwardsItIsNotAskedForAnyMore() throws IOException {
        keep = Duration.ofDays(1);
        received(1);
        confirm(1, true, false);

        assertThat(client.buffer.run("docs", 1))
                .get()
                .extracting(BufferedRun::sent)
                .isEqualTo(client.now);
        assertThat(outbox.asked()).containsExactly(key(2));
        assertThat(outbox.awaited(row())).isEmpty();
    }

    @Test
    void whoDoesNotWantThemAnyMoreGetsByWithTheNextPartysReceipt() throws IOException {
        received(1);
        endToEnd = false;

        assertThat(announced()).containsExactly(1L, 2L);
        assertThat(outbox.asked()).isEmpty();
        received(1);
        assertThat(here()).containsExactly(2L);
    }

    /** A center that lacks what it builds upon gets a full run, and can never have those before it. */
    @Test
    void aFullRunThatIsEverywhereReleasesWhatWasBeforeItWhateverKillsThat() throws IOException {
        received(1);
        received(2);
        outbox.fullWanted("me", "docs", 2);
        client.run("docs", root);
        assertThat(here()).containsExactly(1L, 2L, 3L);
        received(3);
        List<Path> homes = new ArrayList<>();
        steps = step -> {
            Path copy = temp.resolve("home" + homes.size());
            try {
                Trees.copyPlain(home, copy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            homes.add(copy);
        };
        confirm(3, true, false);
        steps = Steps.NONE;
        assertThat(here()).isEmpty();

        assertThat(homes).hasSize(6);
        for (Path left : homes) {
            open(left);
            client.backups.recover("docs");
            if (here().isEmpty()) {
                continue;
            }
            assertThat(here()).as(left.toString()).endsWith(3L);
            assertThat(announced()).isEmpty();
            assertThat(outbox.asked()).contains(key(3));
            confirm(3, true, false);
            assertThat(here()).isEmpty();
        }
    }

    /** A restore takes what the buffer has for the newest that there is. */
    @Test
    void noRunGoesBeforeThoseThatWereMadeBeforeIt() throws IOException {
        received(2);
        confirm(2, true, false);
        assertThat(here()).containsExactly(1L, 2L);

        confirm(1, true, false);
        assertThat(here()).isEmpty();
    }

    /** What is built upon what is there is there only with that. */
    @Test
    void aRunThatIsEverywhereTellsSoOfThoseBeforeItThatTheNextPartyHas() throws IOException {
        received(1);
        received(2);
        confirm(2, true, false);

        assertThat(here()).isEmpty();
    }

    @Test
    void whatTheNextPartyHasIsNotReplacedByAFullRunThatIsOnlyHere() throws IOException {
        received(1);
        outbox.fullWanted("me", "docs", 2);
        RunInfo second = outbox.runs().get(0);
        outbox.refused(second.id(), second.identity(), "no");
        client.backups.damaged(client.buffer.run("docs", 1).orElseThrow());
        client.run("docs", root);

        assertThat(here()).containsExactly(1L, 3L);
    }

    @Test
    void ifThereIsMoreThanCanBeAskedForAtOnceEachHasItsTurn() throws IOException {
        for (int i = 2; i < Protocol.MAX_RUNS + 7; i++) {
            client.run("docs", root);
        }
        List<RunKey> asked = new ArrayList<>(outbox.asked());
        assertThat(asked).hasSize(Protocol.MAX_RUNS);
        client.now = client.now.plusSeconds(60);
        asked.addAll(outbox.asked());

        assertThat(asked).contains(key(1), key(Protocol.MAX_RUNS + 6));
    }
}

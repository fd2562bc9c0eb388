package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.hikae.api.files.RunInfo;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.UploadReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client's numbers begin again, since its home was restored from an old copy, say: what the center has of another run of the same number is
 * nothing of this one's, and no reason to let go of it (I6).
 */
class NumbersAgainTest {

    @TempDir
    Path folder;

    private Lab lab;
    private Lab.Client alice;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(folder.resolve("center"));
        alice = lab.join("alice", false);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static RunInfo other(RunInfo run) {
        return new RunInfo(
                run.id(),
                new UUID(77, run.id().number()),
                run.base(),
                run.taken(),
                null,
                false,
                run.frames(),
                run.bytes(),
                run.files());
    }

    private PollReply poll(RunInfo... runs) throws IOException, InterruptedException {
        return Messages.pollReply(alice.poll(List.of(runs)).body());
    }

    private void send(RunInfo run) throws IOException, InterruptedException {
        alice.order(List.of(run), run);
        assertThat(alice.put(run.id(), 0, Lab.frames(0, (int) run.frames(), 1000))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherRunOfANumberGetsNoReceiptAndAFullOneIsWantedAboveAll() throws Exception {
        send(Lab.run("alice", 6, 0, 1, 1000));
        send(Lab.run("alice", 7, 6, 2, 1000));
        RunInfo again = other(Lab.run("alice", 7, 6, 2, 1000));
        RunInfo upon = Lab.run("alice", 8, 7, 1, 1000);

        PollReply reply = poll(again, upon);

        assertThat(reply.receipts()).isEmpty();
        assertThat(reply.orders()).isEmpty();
        assertThat(reply.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem.never())
                .isTrue());
        assertThat(reply.problems().get(0).identity()).isEqualTo(again.identity());
        assertThat(reply.problems().get(0).text()).contains("begun again").contains("full run");
        assertThat(reply.full()).containsExactly(new PollReply.Full("alice", "b", 8));
        RunInfo full = Lab.run("alice", 9, 0, 1, 1000);
        alice.order(List.of(again, upon, full), full);
        send(full);
        reply = poll(full);
        assertThat(reply.receipts()).containsExactly(new PollReply.Receipt(full.id(), full.identity(), 1, true));
        assertThat(reply.full()).isEmpty();
    }

    @Test
    void whatIsHereOfOneIsNotGoneOnWithByAnother() throws Exception {
        RunInfo run = Lab.run("alice", 1, 0, 4, 1000);
        alice.order(List.of(run), run);
        alice.put(run.id(), 0, Lab.frames(0, 2, 1000));
        RunInfo again = other(run);

        PollReply reply = poll(again);

        assertThat(reply.receipts()).isEmpty();
        assertThat(reply.orders()).isEmpty();
        assertThat(reply.full()).containsExactly(new PollReply.Full("alice", "b", 1));
        assertThat(alice.put(run.id(), 2, Lab.frames(2, 2, 1000)).statusCode())
                .as("its order is over")
                .isEqualTo(409);
    }

    /** A client behind a relay says a number that no run can have, and builds upon what is not here: that is its own affair (I8). */
    @Test
    void aNumberThatCannotBeHoldsUpNobodyElseBehindTheSameRelay() throws Exception {
        Lab.Client relay = lab.join("relay", false);
        RunInfo wrong = Lab.run("mallory@relay", Long.MAX_VALUE, 5, 1, 1000);
        RunInfo right = Lab.run("bob@relay", 1, 0, 1, 1000);

        PollReply reply = Messages.pollReply(relay.poll(List.of(wrong, right)).body());

        assertThat(reply.problems()).hasSize(1).allSatisfy(problem -> {
            assertThat(problem.run()).isEqualTo(wrong.id());
            assertThat(problem.never()).isTrue();
        });
        assertThat(reply.full()).isEmpty();
        relay.order(List.of(wrong, right), right);
    }

    /** Before anything of the first one was stored, the second one takes its place. */
    @Test
    void oneOfWhichNothingIsHereGivesWay() throws Exception {
        RunInfo run = Lab.run("alice", 1, 0, 2, 1000);
        alice.order(List.of(run), run);
        RunInfo again = other(run);

        alice.order(List.of(again), again);

        assertThat(Messages.uploadReply(
                        alice.put(again.id(), 0, Lab.frames(0, 2, 1000)).body()))
                .isEqualTo(new UploadReply(again.identity(), 2, true, UploadReply.Why.COMPLETE));
        assertThat(lab.store.stored(run).frames()).isZero();
        assertThat(lab.store.stored(again).complete()).isTrue();
    }

    /** It does not matter that the order was another one's: the answer says which run is here. */
    @Test
    void anAnswerSaysWhichRunIsHere() throws Exception {
        RunInfo run = Lab.run("alice", 1, 0, 1, 1000);
        alice.order(List.of(run), run);

        UploadReply reply = Messages.uploadReply(
                alice.put(run.id(), 0, Lab.frames(0, 1, 1000)).body());

        assertThat(reply.identity()).isEqualTo(run.identity());
        assertThat(poll(other(run)).receipts()).isEmpty();
    }
}

package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLSocket;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.UploadReply;
import org.junit.jupiter.api.Test;

/** The center over real TLS, with clients as they should be. */
class HttpsTest extends HttpsFixture {

    @Test
    void tellsEverybodyWhatItSpeaksAndNothingElse() throws Exception {
        HttpResponse<byte[]> about = lab.stranger()
                .send(HttpRequest.newBuilder(lab.uri("about")).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(about.statusCode()).isEqualTo(200);
        assertThat(Messages.about(about.body()).id()).isEqualTo(lab.home.id());
        assertThat(about.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");

        byte[] poll = Messages.write(new PollRequest(UUID.randomUUID(), 1, List.of(), List.of(), false));
        HttpResponse<byte[]> refused = lab.post(lab.stranger(), Protocol.POLL, poll);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo(ErrorReply.REVOKED);
    }

    @Test
    void receivesWhatItHasOrderedAndGivesTheReceipt() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 3, 100_000);

        PollReply.Order order = alice.order(List.of(run), run);
        assertThat(order.fromFrame()).isZero();
        HttpResponse<byte[]> done = alice.put(run.id(), 0, Lab.frames(0, 3, 100_000));

        assertThat(Messages.uploadReply(done.body()))
                .isEqualTo(new UploadReply(run.identity(), 3, true, UploadReply.Why.COMPLETE));
        assertThat(lab.store.stored(run).complete()).isTrue();
        // A receipt is repeated whenever it is asked for.
        PollReply again = Messages.pollReply(alice.poll(List.of(run)).body());
        assertThat(again.receipts()).containsExactly(new PollReply.Receipt(run.id(), run.identity(), 3, true));
        assertThat(lab.history("alice")).singleElement().satisfies(transfer -> assertThat(transfer.outcome())
                .isEqualTo("complete"));
    }

    @Test
    void takesAPartAfterTheOtherUnderOneOrder() throws Exception {
        lab.store.partFrames = 2;
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 5, 1000);
        alice.order(List.of(run), run);

        assertThat(Messages.uploadReply(
                        alice.put(run.id(), 0, Lab.frames(0, 2, 1000)).body()))
                .isEqualTo(new UploadReply(run.identity(), 2, false, UploadReply.Why.PART));
        assertThat(Messages.uploadReply(
                        alice.put(run.id(), 2, Lab.frames(2, 2, 1000)).body()))
                .isEqualTo(new UploadReply(run.identity(), 4, false, UploadReply.Why.PART));
        assertThat(Messages.uploadReply(
                        alice.put(run.id(), 4, Lab.frames(4, 1, 1000)).body()))
                .isEqualTo(new UploadReply(run.identity(), 5, true, UploadReply.Why.COMPLETE));
    }

    @Test
    void refusesFramesThatNobodyAskedFor() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        HttpResponse<byte[]> refused = alice.put(new RunId("alice", "b", 1), 0, Lab.frames(0, 1, 1000));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(code(refused)).isEqualTo(ErrorReply.NO_ORDER);
        assertThat(lab.store.frames).isEmpty();
    }

    @Test
    void doesNotTakeTheSameFramesTwice() throws Exception {
        lab.store.partFrames = 2;
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 4, 1000);
        alice.order(List.of(run), run);
        byte[] first = Lab.frames(0, 2, 1000);
        alice.put(run.id(), 0, first);

        HttpResponse<byte[]> replayed = alice.put(run.id(), 0, first);
        assertThat(replayed.statusCode()).isEqualTo(409);
        // Nor as if they were others.
        HttpResponse<byte[]> shifted = alice.put(run.id(), 2, first);
        assertThat(shifted.statusCode()).isEqualTo(400);
        assertThat(lab.store.stored(run).frames()).isEqualTo(2);
    }

    @Test
    void whatIsDamagedIsRefusedAndWhatCameBeforeIsKept() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 3, 1000);
        alice.order(List.of(run), run);
        byte[] body = Lab.frames(0, 3, 1000);
        body[body.length - 1] ^= 1;

        HttpResponse<byte[]> refused = alice.put(run.id(), 0, body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(code(refused)).isEqualTo(ErrorReply.INVALID);
        assertThat(lab.store.stored(run).frames()).isEqualTo(2);
        PollReply told = Messages.pollReply(alice.poll(List.of(run)).body());
        assertThat(told.problems()).singleElement().satisfies(each -> assertThat(each.run())
                .isEqualTo(run.id()));
    }

    @Test
    void aLengthBeyondTheLimitIsNotBelieved() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 1, 1000);
        alice.order(List.of(run), run);
        byte[] body = Lab.frames(0, 1, 1000);
        Arrays.fill(body, 20, 24, (byte) 0x7f);
        assertThat(alice.put(run.id(), 0, body).statusCode()).isEqualTo(400);
        assertThat(lab.store.frames).isEmpty();
    }

    @Test
    void aSenderThatGoesAwayLosesNoWholeFrame() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 3, 50_000);
        alice.order(List.of(run), run);
        byte[] body = Lab.frames(0, 3, 50_000);
        cutOff(alice, run, Arrays.copyOf(body, body.length - 100), body.length);

        Lab.await(() -> lab.store.stored(run).frames() == 2);
        Lab.await(() -> !history("alice").isEmpty());
        assertThat(history("alice")).singleElement().satisfies(each -> {
            assertThat(each.outcome()).isEqualTo("cut");
            assertThat(each.frames()).isEqualTo(2);
        });
    }

    private List<org.hikae.api.files.center.Transfer> history(String client) {
        return lab.history(client);
    }

    /** Promises more than comes. */
    private void cutOff(Lab.Client client, RunInfo run, byte[] body, int promised)
            throws IOException, InterruptedException {
        try (SSLSocket socket = socket(client.identity)) {
            OutputStream out = socket.getOutputStream();
            String path = String.join("/", Protocol.RUNS, run.id().origin(), "b", "1", "0");
            out.write(head("PUT", Protocol.ROOT + path, Protocol.FRAMES, promised));
            out.write(body);
            out.flush();
            // What has not been read yet when a connection is reset is lost on its way.
            Lab.await(() -> lab.center.collector().transfers().stream().anyMatch(each -> each.frames() == 2));
        }
    }

    @Test
    void aPollIsNotTakenTwice() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        byte[] poll = Messages.write(alice.next(List.of(Lab.run("alice", 1, 0, 1, 10))));
        assertThat(lab.post(alice.http, Protocol.POLL, poll).statusCode()).isEqualTo(200);
        assertThat(lab.post(alice.http, Protocol.POLL, poll).statusCode()).isEqualTo(409);
    }

    @Test
    void whatItBuildsUponHasToBeThere() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo orphan = Lab.run("alice", 5, 4, 1, 1000);
        PollReply reply = Messages.pollReply(alice.poll(List.of(orphan)).body());
        assertThat(reply.full()).containsExactly(new PollReply.Full("alice", "b", 5));
        assertThat(reply.problems()).singleElement().satisfies(each -> assertThat(each.run())
                .isEqualTo(orphan.id()));
        assertThat(reply.orders()).isEmpty();

        RunInfo full = Lab.run("alice", 6, 0, 1, 1000);
        alice.order(List.of(orphan, full), full);
        alice.put(full.id(), 0, Lab.frames(0, 1, 1000));
        assertThat(Messages.pollReply(alice.poll(List.of(full)).body()).full()).isEmpty();
    }
}

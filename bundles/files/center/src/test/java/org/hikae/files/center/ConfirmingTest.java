package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.relay.Above;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a run is, a center says of itself, and a relay of those above it alone (R23). */
class ConfirmingTest {

    private static final UUID TOP = new UUID(4, 4);

    @TempDir
    Path folder;

    private final FakeStore store = new FakeStore();
    private final Upper upper = new Upper();
    private Lab lab;

    /** What is above, if something is. */
    private static final class Upper implements Above {

        private boolean relay;
        private final List<RunKey> has = new ArrayList<>();
        private final CountDownLatch asked = new CountDownLatch(1);
        private Runnable tell = () -> {};

        @Override
        public boolean isHandingOn() {
            return relay;
        }

        @Override
        public synchronized Optional<List<Confirmation>> confirm(
                String member, List<RunKey> runs, Consumer<List<Confirmation>> more) {
            tell = () -> more.accept(said(runs));
            asked.countDown();
            return relay ? Optional.of(said(runs)) : Optional.empty();
        }

        private List<Confirmation> said(List<RunKey> runs) {
            return runs.stream()
                    .map(run -> has.contains(run)
                            ? new Confirmation(run, List.of(TOP), true, false)
                            : Confirmation.none(run))
                    .toList();
        }

        synchronized void get(RunKey run) {
            has.add(run);
            tell.run();
        }

        @Override
        public Listing versions(String origin, String path, Instant at, Map<String, Long> released) {
            return Listing.NONE;
        }

        @Override
        public ReadableByteChannel content(String origin, List<Key> versions, int skip, Begun begun)
                throws IOException {
            throw new IOException("nothing of that");
        }
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    private static RunKey key(RunInfo run) {
        return new RunKey(run.id(), run.identity());
    }

    private HttpResponse<byte[]> ask(Lab.Client client, List<RunInfo> runs, RunKey... asked) throws Exception {
        PollRequest next = client.next(runs);
        PollRequest asking =
                new PollRequest(next.incarnation(), next.sequence(), List.of(), next.runs(), false, List.of(asked));
        return lab.post(client.http, Protocol.POLL, Messages.write(asking));
    }

    private RunInfo send(Lab.Client client, String origin) throws Exception {
        RunInfo run = Lab.run(origin, 1, 0, 3, 1000);
        client.order(List.of(run), run);
        assertThat(client.put(run.id(), 0, Lab.frames(0, 3, 1000)).statusCode()).isEqualTo(200);
        return run;
    }

    @Test
    void aCenterConfirmsWhatItHasAndNotAnotherRunOfThatNumber() throws Exception {
        lab = new Lab(folder, store, upper);
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = send(alice, "alice");
        RunKey other = new RunKey(run.id(), new UUID(9, 9));

        PollReply reply =
                Messages.pollReply(ask(alice, List.of(), key(run), other).body());

        assertThat(reply.confirmed())
                .containsExactly(
                        new Confirmation(key(run), List.of(lab.home.id()), true, false),
                        new Confirmation(other, List.of(), false, true));
    }

    @Test
    void aRelayConfirmsNothingOfItsOwnAndPassesDownWhatIsSaidAboveAtOnce() throws Exception {
        upper.relay = true;
        lab = new Lab(folder, store, upper);
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = send(alice, "alice");
        // The receipt is news, which the next poll does not wait for.
        assertThat(ask(alice, List.of()).statusCode()).isEqualTo(200);

        CompletableFuture<PollReply> reply = CompletableFuture.supplyAsync(() -> {
            try {
                return Messages.pollReply(ask(alice, List.of(), key(run)).body());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(upper.asked.await(30, TimeUnit.SECONDS)).isTrue();
        upper.get(key(run));

        assertThat(reply.get(30, TimeUnit.SECONDS).confirmed())
                .containsExactly(new Confirmation(key(run), List.of(TOP), true, false));
    }

    @Test
    void whatARelayLacksAndNobodyAboveHasIsLost() throws Exception {
        upper.relay = true;
        lab = new Lab(folder, store, upper);
        Lab.Client alice = lab.join("alice", false);
        RunKey lost = key(Lab.run("alice", 1, 0, 3, 1000));
        RunKey above = key(Lab.run("alice", 2, 1, 3, 1000));
        upper.has.add(above);

        PollReply reply = Messages.pollReply(ask(alice, List.of(), lost, above).body());

        assertThat(reply.confirmed())
                .containsExactly(
                        new Confirmation(lost, List.of(), false, true),
                        new Confirmation(above, List.of(TOP), true, false));
    }

    @Test
    void nobodyAsksForRunsOfOthers() throws Exception {
        lab = new Lab(folder, store, upper);
        Lab.Client alice = lab.join("alice", false);
        lab.join("bob", false);

        HttpResponse<byte[]> reply = ask(alice, List.of(), key(Lab.run("bob", 1, 0, 3, 1000)));

        assertThat(reply.statusCode()).isEqualTo(403);
    }

    /** Whether something is above is not known: then nothing is confirmed. */
    @Test
    void aCenterThatMayBeARelayConfirmsNothing() throws Exception {
        lab = new Lab(folder, store, null);
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = send(alice, "alice");
        RunInfo next = Lab.run("alice", 2, 1, 3, 1000);

        PollReply reply =
                Messages.pollReply(ask(alice, List.of(run, next), key(run)).body());

        assertThat(reply.receipts()).isNotEmpty();
        assertThat(reply.confirmed()).containsExactly(Confirmation.none(key(run)));
    }
}

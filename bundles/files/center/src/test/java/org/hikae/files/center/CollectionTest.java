package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.Transfer;
import org.hikae.api.job.Progress;
import org.hikae.files.center.collect.CollectNow;
import org.hikae.files.center.collect.Limits;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.UploadReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits and windows as they are kept to at the center, over real connections (I7). */
class CollectionTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final TransferWindow FROM_NOON = window(12, 13);

    @TempDir
    Path folder;

    private final AtomicReference<Instant> time = new AtomicReference<>(NOON);
    private final FakeStore store = new FakeStore();
    private Lab lab;

    private static TransferWindow window(int from, int to) {
        return new TransferWindow(
                EnumSet.allOf(DayOfWeek.class), LocalTime.of(from, 0), LocalTime.of(to, 0), ZoneOffset.UTC);
    }

    private static Conditions conditions(int transfers, Conditions.Rate... rates) {
        return new Conditions(List.of(FROM_NOON), transfers, List.of(rates), 0, 0);
    }

    private void open(Conditions conditions) throws IOException {
        // Certificates are those of now: the center's time is set apart from that.
        lab = new Lab(folder.resolve("center"), () -> time.get(), conditions, store);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private List<Transfer> history() {
        return lab.history(null);
    }

    @Test
    void aWindowThatClosesEndsATransferWhoseSenderIsSilentAndTheNextOneGoesOn() throws Exception {
        open(conditions(2));
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 4, 10_000);
        PollReply.Order order = alice.order(List.of(run), run);
        assertThat(order.until()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        byte[] body = Lab.frames(0, 4, 10_000);
        int two = Lab.frames(0, 2, 10_000).length;
        SSLSocket socket = alice.socket();
        OutputStream out = socket.getOutputStream();
        out.write(("PUT " + Protocol.ROOT + "runs/alice/b/1/0 HTTP/1.1\r\nHost: " + lab.address + "\r\nContent-Type: "
                        + Protocol.FRAMES + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body, 0, two + 100);
        out.flush();
        Lab.await(() -> lab.center.collector().transfers().stream().anyMatch(each -> each.frames() == 2));

        time.set(NOON.plus(Duration.ofHours(1)));
        Lab.await(() -> lab.store.stored(run).frames() == 2);
        Lab.await(() -> history().size() == 1);
        assertThat(history().get(0).outcome()).isEqualTo("paused");
        out.write(body, two + 100, body.length - two - 100);
        out.flush();
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        socket.close();
        assertThat(lab.store.stored(run).frames()).isEqualTo(2);
        HttpResponse<byte[]> late = alice.put(run.id(), 2, Lab.frames(2, 2, 10_000));
        assertThat(Messages.errorReply(late.body()).code()).isEqualTo(ErrorReply.NO_ORDER);

        time.set(NOON.plus(Duration.ofDays(1)));
        assertThat(alice.order(List.of(run), run).fromFrame()).isEqualTo(2);
        assertThat(Messages.uploadReply(
                        alice.put(run.id(), 2, Lab.frames(2, 2, 10_000)).body()))
                .isEqualTo(new UploadReply(run.identity(), 4, true, UploadReply.Why.COMPLETE));
    }

    @Test
    void noMoreThanTheRateComesIn() throws Exception {
        long rate = 1 << 20;
        open(conditions(4, new Conditions.Rate(window(0, 0), rate)));
        Lab.Client alice = lab.join("alice", false);
        Lab.Client bob = lab.join("bob", false);
        RunInfo first = Lab.run("alice", 1, 0, 2, 400_000);
        RunInfo second = Lab.run("bob", 1, 0, 2, 400_000);
        byte[] body = Lab.frames(0, 2, 400_000);
        long begin = System.nanoTime();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> send(bob, second, body));
        send(alice, first, body);
        other.join();
        double seconds = (System.nanoTime() - begin) / 1e9;
        long received = history().stream().mapToLong(Transfer::bytes).sum();
        assertThat(received).isGreaterThan(2 * 800_000);
        assertThat(received).isLessThanOrEqualTo((long) (seconds * rate + rate / 10.0));
    }

    private static void send(Lab.Client from, RunInfo run, byte[] body) {
        try {
            from.order(List.of(run), run);
            assertThat(from.put(run.id(), 0, body).statusCode()).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noMoreTransfersThanMayRun() throws Exception {
        open(conditions(1));
        Lab.Client alice = lab.join("alice", false);
        Lab.Client bob = lab.join("bob", false);
        RunInfo first = Lab.run("alice", 1, 0, 2, 1000);
        RunInfo second = Lab.run("bob", 1, 0, 1, 1000);
        alice.order(List.of(first), first);
        CompletableFuture<HttpResponse<byte[]>> polled = bob.http.sendAsync(
                HttpRequest.newBuilder(lab.uri("poll"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Messages.write(bob.next(List.of(second)))))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        Lab.await(() -> lab.waiting().size() == 2);
        assertThat(polled).isNotDone();
        HttpResponse<byte[]> refused = bob.put(second.id(), 0, Lab.frames(0, 1, 1000));
        assertThat(refused.statusCode()).isEqualTo(409);
        alice.put(first.id(), 0, Lab.frames(0, 2, 1000));
        bob.order(List.of(second), second);
        assertThat(bob.put(second.id(), 0, Lab.frames(0, 1, 1000)).statusCode()).isEqualTo(200);
    }

    @Test
    void collectingAtOnceAsksForNoWindow() throws Exception {
        open(new Conditions(List.of(window(1, 2)), 2, List.of(), 0, 0));
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 1, 1000);
        CompletableFuture<PollReply.Order> order = CompletableFuture.supplyAsync(() -> {
            try {
                PollReply.Order got = alice.order(List.of(run), run);
                alice.put(run.id(), 0, Lab.frames(0, 1, 1000));
                return got;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Lab.await(() -> !lab.waiting().isEmpty());
        assertThat(lab.waiting().get(0).state()).isEqualTo(CollectionRequest.State.WAITING);
        Map<String, Object> result = new CollectNow(lab.center.collector()).run(Progress.NONE);
        assertThat(result).containsEntry("requests", 1L);
        assertThat(order.join().run()).isEqualTo(run.id());
        assertThat(lab.store.stored(run).complete()).isTrue();
        assertThat(history()).singleElement().satisfies(each -> assertThat(each.forced())
                .isTrue());
    }

    @Test
    void belowTheFreeSpaceNothingIsReceived() throws Exception {
        store.free = 1 << 19;
        open(new Conditions(List.of(), 2, List.of(), 1 << 20, 0));
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 1, 1000);
        Lab.await(() -> lab.center.collector().problems().stream()
                .anyMatch(each -> each.contains("free") || each.contains("left")));
        CompletableFuture<PollReply.Order> order = CompletableFuture.supplyAsync(() -> {
            try {
                return alice.order(List.of(run), run);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Lab.await(() -> !lab.waiting().isEmpty());
        assertThat(order).isNotDone();
        lab.store.free = Long.MAX_VALUE;
        assertThat(order.join().run()).isEqualTo(run.id());
    }

    @Test
    void otherConditionsHoldAtOnce() throws Exception {
        open(conditions(2));
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 1, 1000);
        alice.order(List.of(run), run);
        lab.center.collector().limit(new Limits(new Conditions(List.of(window(1, 2)), 2, List.of(), 0, 0), Map.of()));
        HttpResponse<byte[]> refused = alice.put(run.id(), 0, Lab.frames(0, 1, 1000));
        assertThat(Messages.errorReply(refused.body()).code()).isEqualTo(ErrorReply.NO_ORDER);
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUp() throws Exception {
        open(conditions(2));
        Lab.Client alice = lab.join("alice", false);
        RunInfo first = Lab.run("alice", 1, 0, 1, 1000);
        alice.order(List.of(first), first);
        alice.put(first.id(), 0, Lab.frames(0, 1, 1000));
        time.set(NOON.minus(Duration.ofDays(200)));
        RunInfo second = Lab.run("alice", 2, 1, 1, 1000);
        alice.order(List.of(second), second);
        assertThat(alice.put(second.id(), 0, Lab.frames(0, 1, 1000)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void requestsKeepTheirTimeAcrossARestart() throws Exception {
        open(new Conditions(List.of(window(1, 2)), 2, List.of(), 0, 0));
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 1, 1000);
        CompletableFuture<HttpResponse<byte[]>> polled = alice.http.sendAsync(
                HttpRequest.newBuilder(lab.uri("poll"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Messages.write(alice.next(List.of(run)))))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        Lab.await(() -> lab.waiting().size() == 1);
        assertThat(polled).isNotDone();
        lab.close();
        time.set(NOON.plus(Duration.ofHours(3)));
        open(new Conditions(List.of(window(1, 2)), 2, List.of(), 0, 0));
        assertThat(lab.waiting()).singleElement().satisfies(each -> {
            assertThat(each.run()).isEqualTo(run);
            assertThat(each.arrived()).isEqualTo(NOON);
            assertThat(each.why()).contains("not heard");
        });
    }

    /** What is here after a failure may be more than anybody knows: the run goes on behind it, and does not try for ever from before it. */
    @Test
    void aCommitOfWhichNobodyHeardIsFoundByTheNextTransfer() throws Exception {
        open(conditions(2));
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 4, 1000);
        alice.order(List.of(run), run);
        store.commitsUnheard = true;
        HttpResponse<byte[]> failed = alice.put(run.id(), 0, Lab.frames(0, 2, 1000));
        assertThat(failed.statusCode()).isEqualTo(507);
        assertThat(Messages.errorReply(failed.body()).text()).contains("the tables are away");
        assertThat(store.stored(run).frames()).isEqualTo(2);

        PollReply.Order order;
        for (int tries = 0; ; tries++) {
            assertThat(tries).isLessThan(3);
            time.set(time.get().plus(Duration.ofMinutes(1)));
            order = alice.order(List.of(run), run);
            if (order.fromFrame() == 2) {
                break;
            }
            assertThat(alice.put(run.id(), 0, Lab.frames(0, 2, 1000)).statusCode())
                    .isEqualTo(408);
        }
        assertThat(Messages.uploadReply(
                        alice.put(run.id(), 2, Lab.frames(2, 2, 1000)).body()))
                .isEqualTo(new UploadReply(run.identity(), 4, true, UploadReply.Why.COMPLETE));
    }
}

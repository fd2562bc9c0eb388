package org.hikae.files.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.relay.Above;
import org.hikae.files.transfer.identity.Token;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a relay is told, and what it remembers. */
class RelayTest {

    private static final URI A = URI.create("https://a:1");
    private static final URI B = URI.create("https://b:2");
    private static final UUID OWN = new UUID(9, 9);

    @TempDir
    Path folder;

    private final FakeReceived received = new FakeReceived();
    private final OwnCenter center = new OwnCenter();
    private final Map<URI, UUID> ids = new HashMap<>(Map.of(A, new UUID(0, 1), B, new UUID(0, 2)));
    private final List<Path> joins = new ArrayList<>();
    private final Map<URI, FakeLink> links = new HashMap<>();
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private String joinFails;
    private String linksFail;
    private Relay relay;

    private interface Step {
        void run() throws IOException;
    }

    private static final class OwnCenter implements Relay.OwnCenter {
        boolean running;
        List<UUID> route = List.of(OWN);
        String fails;
        Step meanwhile = () -> {};

        @Override
        public CenterStatus start(String listen, String medium) throws IOException {
            meanwhile.run();
            if (fails != null) {
                throw new IOException(fails);
            }
            running = true;
            return status();
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public CenterStatus status() {
            return new CenterStatus(running, "127.0.0.1:7443", "m", null, 0, 0, List.of(), 0, 0, List.of());
        }

        @Override
        public List<UUID> route() {
            return route;
        }
    }

    @BeforeEach
    void open() {
        relay = new Relay(
                folder,
                received,
                center,
                (address, token, own) -> {
                    if (joinFails != null) {
                        throw new IOException(joinFails);
                    }
                    joins.add(own);
                    return new Joiner.Joined("r1", ids.get(address));
                },
                (member, own, outbox, route) -> {
                    if (linksFail != null) {
                        throw new IOException(linksFail);
                    }
                    FakeLink link = new FakeLink(member, outbox, route);
                    links.put(member.address(), link);
                    return link;
                },
                () -> now,
                true);
    }

    private static String token(int number) {
        byte[] secret = new byte[Token.SECRET];
        secret[0] = (byte) number;
        return new Token(new byte[Token.FINGERPRINT], secret).text();
    }

    private void restart() throws IOException {
        relay.close();
        links.clear();
        open();
        relay.resume();
    }

    private void start(URI address, String token) throws IOException {
        relay.start("127.0.0.1:7443", List.of(address), List.of(token), "m");
    }

    @Test
    void itGoesOnByItselfAfterARestartAndNotAfterAStop() throws IOException {
        relay.resume();
        assertThat(relay.status().running()).isFalse();
        relay.start("127.0.0.1:7443", List.of(A, B), List.of(token(1), token(2)), "m");
        assertThat(relay.status().running()).isTrue();
        assertThat(links.get(B).started).isTrue();
        assertThat(links.get(A).route.get()).containsExactly(OWN);
        FakeLink former = links.get(A);
        restart();
        assertThat(former.closed).isTrue();
        assertThat(links.keySet()).containsExactlyInAnyOrder(A, B);
        assertThat(links.get(A).started).isTrue();
        relay.stop();
        assertThat(center.running).isFalse();
        restart();
        assertThat(links).isEmpty();
        assertThat(relay.status().upstreams()).hasSize(2);
        relay.start(null, List.of(), List.of(), null);
        assertThat(links.keySet()).containsExactlyInAnyOrder(A, B);
        assertThat(joins).hasSize(2);
    }

    private List<Confirmation> confirm(RunKey run) throws IOException {
        return relay.confirm("alice", List.of(run), more -> {}).orElseThrow();
    }

    /** R23: what the centers have is passed down by any relay between, whatever it has gone through. */
    @Test
    void onlyTheCentersAboveConfirmARunAndNoneOfTheirWordIsLostWithTheRelay() throws IOException {
        RunInfo info = FakeReceived.info("alice", "docs", 1, 0);
        RunKey run = new RunKey(info.id(), info.identity());
        assertThat(relay.confirm("alice", List.of(run), more -> {})).isEmpty();
        relay.start("127.0.0.1:7443", List.of(A, B), List.of(token(1), token(2)), "m");
        received.receive("alice", "docs", 1, 0);
        assertThat(confirm(run)).containsExactly(Confirmation.none(run));
        links.get(A).takeAll();
        links.get(A).confirm();
        assertThat(confirm(run)).containsExactly(new Confirmation(run, List.of(ids.get(A)), false, false));
        links.get(B).takeAll();
        assertThat(received.runs()).isEmpty();

        Set<RunId> hadA = links.get(A).has;
        Set<RunId> hadB = links.get(B).has;
        restart();
        links.get(A).has.addAll(hadA);
        links.get(B).has.addAll(hadB);
        assertThat(confirm(run)).containsExactly(Confirmation.none(run));
        assertThat(links.get(B).changes).isEqualTo(1);
        links.get(B).confirm();
        links.get(A).confirm();
        assertThat(confirm(run)).containsExactly(new Confirmation(run, List.of(ids.get(A), ids.get(B)), true, false));

        relay.stop();
        assertThat(confirm(run)).containsExactly(Confirmation.none(run));
        restart();
        assertThat(confirm(run)).containsExactly(Confirmation.none(run));
    }

    /** Its clients may ask at any time: what it has is going to be handed on, and deleted. */
    @Test
    void aCenterThatBecomesARelayConfirmsNothingOfItsOwnFromThenOn() throws IOException {
        RunInfo info = FakeReceived.info("alice", "docs", 1, 0);
        RunKey run = new RunKey(info.id(), info.identity());
        center.fails = "the port is taken";
        center.meanwhile = () -> assertThat(confirm(run)).containsExactly(Confirmation.none(run));
        assertThatThrownBy(() -> start(A, token(1))).hasMessage("the port is taken");
        assertThat(relay.confirm("alice", List.of(run), more -> {})).isEmpty();
        center.fails = null;
        start(A, token(1));
        assertThat(confirm(run)).containsExactly(Confirmation.none(run));
    }

    /** R25: it is above all the same, and files that were changed since are all that is here. */
    @Test
    void whatWasHandedOnIsNotPassedOverWhileNothingIs() throws IOException {
        Map<String, Long> released = Map.of("docs", 3L);
        assertThat(relay.versions("alice", null, null, Map.of())).isEqualTo(Above.Listing.NONE);
        start(A, token(1));
        assertThat(relay.versions("alice", null, null, released).versions()).isEmpty();
        relay.stop();
        assertThat(relay.versions("alice", null, null, Map.of())).isEqualTo(Above.Listing.NONE);
        assertThatThrownBy(() -> relay.versions("alice", null, null, released)).hasMessageContaining("relay start");

        relay.start(null, List.of(), List.of(), null);
        linksFail = "its identity is damaged";
        assertThatThrownBy(this::restart).hasMessage(linksFail);
        assertThatThrownBy(() -> relay.versions("alice", null, null, released)).hasMessageContaining(linksFail);
    }

    @Test
    void ifOneCannotBeJoinedNothingListensAndWhatWasBeforeGoesOn() throws IOException {
        joinFails = "no way";
        assertThatThrownBy(() -> start(A, token(1))).hasMessage("no way");
        assertThat(center.running).isFalse();
        assertThat(relay.status().running()).isFalse();
        joinFails = null;
        start(A, token(1));
        joinFails = "no way";
        assertThatThrownBy(() -> relay.start(null, List.of(A, B), List.of("", token(2)), null))
                .hasMessage("no way");
        assertThat(links.get(A).closed).isFalse();
        center.fails = "taken";
        joinFails = null;
        assertThatThrownBy(() -> start(B, token(2))).hasMessage("taken");
        assertThat(links.get(A).closed).isFalse();
        restart();
        assertThat(links.keySet()).containsExactly(A);
    }

    @Test
    void theSameTokenAgainIsTheSameMember() throws IOException {
        start(A, token(1));
        start(A, token(1));
        assertThat(joins).hasSize(1);
        start(A, token(2));
        assertThat(joins).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void whoIsLeftOutGetsNothingAndComesBackWithoutAToken() throws IOException {
        relay.start("127.0.0.1:7443", List.of(A, B), List.of(token(1), token(2)), "m");
        received.receive("alice", "docs", 1, 0);
        links.get(A).takeAll();
        relay.start(null, List.of(A), List.of(), null);
        links.get(A).poll();
        assertThat(received.runs()).isEmpty();
        relay.start(null, List.of(B), List.of(), null);
        assertThat(relay.status().upstreams())
                .extracting(each -> each.address())
                .containsExactly(B);
    }

    @Test
    void loopsAndCentersThatAreNamedTwiceAreRefused() {
        ids.put(A, OWN);
        assertThatThrownBy(() -> start(A, token(1))).hasMessageContaining("loop");
        ids.put(A, new UUID(0, 1));
        center.route = List.of(OWN, new UUID(0, 1));
        assertThatThrownBy(() -> start(A, token(1))).hasMessageContaining("loop");
        center.route = List.of(OWN);
        ids.put(B, new UUID(0, 1));
        assertThatThrownBy(() -> relay.start(null, List.of(A, B), List.of(token(1), token(2)), "m"))
                .hasMessageContaining("the same center");
        assertThatThrownBy(() -> relay.start(null, List.of(A, A), List.of(token(1), token(2)), "m"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> relay.start(null, List.of(A), List.of(), "m")).hasMessageContaining("needs a token");
        assertThatThrownBy(() -> relay.start(null, List.of(A), List.of("x"), "m"))
                .hasMessageContaining("no token");
        assertThatThrownBy(() -> relay.start(null, List.of(), List.of(), "m")).hasMessageContaining("--upstream");
        assertThatThrownBy(() -> start(URI.create("http://a:1"), token(1))).hasMessageContaining("no address");
        assertThat(center.running).isFalse();
    }

    @Test
    void whyItDoesNotGoOnIsShownAndItsRunsAreHeldAllTheSame() throws IOException {
        start(A, token(1));
        relay.close();
        Files.writeString(folder.resolve("relay.json"), "{");
        open();
        assertThatThrownBy(() -> relay.resume()).isInstanceOf(IOException.class);
        assertThat(relay.isHandingOn()).isTrue();
        Files.delete(folder.resolve("relay.json"));
        assertThat(relay.isHandingOn()).isFalse();
        start(A, token(1));
        relay.close();
        linksFail = "the identity is missing";
        open();
        assertThatThrownBy(() -> relay.resume()).hasMessageContaining("identity");
        assertThat(relay.isHandingOn()).isTrue();
        assertThat(relay.status().upstreams()).singleElement().satisfies(each -> assertThat(each.problem())
                .contains("the identity is missing")
                .contains("relay start"));
    }
}

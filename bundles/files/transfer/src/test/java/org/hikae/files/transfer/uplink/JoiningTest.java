package org.hikae.files.transfer.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.IdentityFiles;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.TestCa;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.message.About;
import org.hikae.files.transfer.message.EnrollReply;
import org.hikae.files.transfer.message.EnrollRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JoiningTest {
    @TempDir
    Path folder;

    private final TestCenter center;
    private final Token token;
    private final Set<String> keys = new HashSet<>();
    private IdentityFiles files;

    JoiningTest() throws IOException {
        center = new TestCenter();
        token = new Token(Certificates.fingerprint(center.ca.certificate), new byte[Token.SECRET]);
    }

    @BeforeEach
    void open() {
        files = new IdentityFiles(folder.resolve("center"));
    }

    @AfterEach
    void close() {
        center.close();
    }

    /** Makes an answer. */
    private interface Answer {
        byte[] to(EnrollRequest request) throws IOException;
    }

    private void enroll(Answer answer) {
        center.intruder = (exchange, resource) -> {
            if (!resource.equals(Protocol.ENROLL)) {
                return false;
            }
            EnrollRequest request = Messages.enrollRequest(TestCenter.body(exchange));
            keys.add(request.publicKey());
            if (!request.token().equals(token.text()) || !Keys.isProven(token, request.publicKey(), request.proof())) {
                TestCenter.refuse(exchange, 403, ErrorReply.TOKEN);
                return true;
            }
            byte[] bytes = answer.to(request);
            if (bytes == null) {
                throw new IOException("killed");
            }
            TestCenter.answer(exchange, 200, bytes);
            return true;
        };
    }

    private byte[] reply(String name, PublicKey key, TestCa ca, String usage) {
        return Messages.write(new EnrollReply(
                "alice",
                Certificates.text(ca.issue(name, key, usage)),
                Certificates.text(ca.certificate),
                Map.of("home", 7L)));
    }

    private Joining.Joined join(Token with) throws IOException {
        return Joining.join(center.address(), with, files, UplinkFixture.QUICK, Clock.systemUTC());
    }

    @Test
    void joins() throws IOException {
        enroll(request -> reply("alice", Keys.parse(request.publicKey()), center.ca, Certificates.CLIENT));
        Joining.Joined joined = join(token);
        assertThat(joined.identity().name()).isEqualTo("alice");
        assertThat(joined.center().id()).isEqualTo(center.id);
        assertThat(joined.lastRuns()).containsExactly(Map.entry("home", 7L));
        assertThat(new IdentityFiles(folder.resolve("center")).load()).contains(joined.identity());
        assertThat(center.peers).containsExactly("nobody");
    }

    @Test
    void asksWithTheSameKeyAgainIfTheAnswerWasLost() throws IOException {
        enroll(request -> null);
        assertThatThrownBy(() -> join(token)).isInstanceOf(IOException.class);
        files = new IdentityFiles(folder.resolve("center"));
        enroll(request -> reply("alice", Keys.parse(request.publicKey()), center.ca, Certificates.CLIENT));
        join(token);
        assertThat(keys).hasSize(1);
    }

    /** Killed when the identity was kept, and before it was noted of whom it is: the token is good for this key alone. */
    @Test
    void asksWithTheSameKeyAgainIfWhatFollowedWasCutOff() throws IOException {
        enroll(request -> reply("alice", Keys.parse(request.publicKey()), center.ca, Certificates.CLIENT));
        Joining.Joined first = join(token);
        files = new IdentityFiles(folder.resolve("center"));

        Joining.Joined again = join(token);

        assertThat(keys).hasSize(1);
        assertThat(again.identity().key()).isEqualTo(first.identity().key());
        assertThat(new IdentityFiles(folder.resolve("center")).load()).contains(again.identity());
    }

    @Test
    void asksWithAnotherKeyIfTheOneThatWasKeptIsLost() throws IOException {
        enroll(request -> reply("alice", Keys.parse(request.publicKey()), center.ca, Certificates.CLIENT));
        join(token);
        Files.write(folder.resolve("center/identity.p12"), new byte[10]);
        join(token);
        files.delete();
        join(token);
        assertThat(keys).hasSize(3);
    }

    @Test
    void saysNothingToAnotherCenter() {
        Token other = new Token(Certificates.fingerprint(new TestCa().certificate), new byte[Token.SECRET]);
        assertThatThrownBy(() -> join(other)).hasMessageContaining("another center");
        assertThat(center.requests).isEmpty();
    }

    @Test
    void isRefused() {
        enroll(request -> null);
        Token used = new Token(
                token.fingerprint(),
                new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        assertThatThrownBy(() -> join(used)).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorReply.TOKEN));
    }

    @Test
    void takesNoCertificateOfSomethingElse() throws IOException {
        TestCa other = new TestCa();
        List<Answer> wrong = List.of(
                request -> reply("bob", Keys.parse(request.publicKey()), center.ca, Certificates.CLIENT),
                request -> reply("alice", Keys.generate().getPublic(), center.ca, Certificates.CLIENT),
                request -> reply("alice", Keys.parse(request.publicKey()), other, Certificates.CLIENT),
                request -> reply("alice", Keys.parse(request.publicKey()), center.ca, Certificates.SERVER));
        for (Answer answer : wrong) {
            enroll(answer);
            assertThatThrownBy(() -> join(token)).isInstanceOf(IOException.class);
            assertThat(files.load()).isEmpty();
        }
    }

    @Test
    void speaksNoOtherVersion() {
        center.intruder = (exchange, resource) -> {
            TestCenter.answer(exchange, 200, Messages.write(new About(List.of(2, 3), UUID.randomUUID())));
            return true;
        };
        assertThatThrownBy(() -> join(token))
                .hasMessage("the center speaks the versions [2, 3] of the protocol, not 1");
    }

    @Test
    void speaksNoOlderTls() throws IOException {
        try (TestCenter old = new TestCenter("TLSv1.2")) {
            Token its = new Token(Certificates.fingerprint(old.ca.certificate), new byte[Token.SECRET]);
            assertThatThrownBy(() -> Joining.join(old.address(), its, files, UplinkFixture.QUICK, Clock.systemUTC()))
                    .isInstanceOf(IOException.class);
            assertThat(old.requests).isEmpty();
        }
    }

    @Test
    void takesAddressesOfCentersAlone() {
        for (String address :
                List.of("http://localhost:1", "https:///x", "https://a@b:1", "https://a:1/?q", "file:/x")) {
            assertThatThrownBy(() ->
                            Joining.join(URI.create(address), token, files, UplinkFixture.QUICK, Clock.systemUTC()))
                    .hasMessageContaining("the address of a center is https://HOST:PORT");
        }
    }
}

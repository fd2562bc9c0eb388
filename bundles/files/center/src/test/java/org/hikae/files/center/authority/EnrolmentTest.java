package org.hikae.files.center.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.h2.mvstore.MVStoreException;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.Token;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, members, and what survives a crash. */
class EnrolmentTest {

    @TempDir
    Path folder;

    private Instant now = Instant.now();
    private CertificateAuthority authority;
    private Members members;
    private Enrolment enrolment;

    @BeforeEach
    void open() throws IOException {
        open(folder);
    }

    private void open(Path where) throws IOException {
        authority = CertificateAuthority.open(where, () -> now);
        members = Members.open(where);
        enrolment = new Enrolment(authority, members, () -> now);
    }

    @AfterEach
    void close() {
        members.close();
    }

    private Member join(Token token, KeyPair pair) throws IOException {
        String key = Keys.text(pair.getPublic());
        return enrolment.enroll(token.text(), key, Keys.prove(pair.getPrivate(), token, key));
    }

    private String who(X509Certificate certificate) throws IOException {
        return new Peers(authority, members, () -> now).who(new X509Certificate[] {certificate});
    }

    @Test
    void aMemberIsKnownByItsCertificateAlone() throws IOException {
        Member alice = join(enrolment.invite("alice", false), Keys.generate());
        assertThat(who(alice.certificate())).isEqualTo("alice");
        // One of the same name from the same authority that was given to nobody.
        X509Certificate other = authority.issue("alice", Keys.generate().getPublic());
        assertThatThrownBy(() -> who(other)).isInstanceOf(RefusedException.class);
        // The listener's own is no client's.
        X509Certificate listener =
                authority.issueServer(Keys.generate().getPublic(), java.util.Set.of("127.0.0.1", "localhost"));
        assertThatThrownBy(() -> who(listener)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> new Peers(authority, members, () -> now).who(null))
                .isInstanceOf(RefusedException.class);
    }

    /** One of 64 would, if nobody saw to it. */
    @Test
    void noTokenLooksLikeAnOption() throws IOException {
        for (int i = 0; i < 300; i++) {
            X509Certificate made = CertificateAuthority.create(now).chain()[0];
            assertThat(new Token(Certificates.fingerprint(made), new byte[Token.SECRET]).text())
                    .doesNotStartWith("-");
        }
    }

    @Test
    void aTokenEnds() throws IOException {
        Token token = enrolment.invite("alice", false);
        now = now.plus(Duration.ofDays(7));
        assertThatThrownBy(() -> join(token, Keys.generate())).isInstanceOf(RefusedException.class);
        now = now.minus(Duration.ofDays(3));
        assertThatThrownBy(() -> join(token, Keys.generate())).isInstanceOf(RefusedException.class);
    }

    @Test
    void anotherTokenForTheSameNameEndsTheFormer() throws IOException {
        Token first = enrolment.invite("alice", false);
        Token second = enrolment.invite("alice", false);
        assertThatThrownBy(() -> join(first, Keys.generate())).isInstanceOf(RefusedException.class);
        assertThat(join(second, Keys.generate()).name()).isEqualTo("alice");
        assertThatThrownBy(() -> enrolment.invite("alice", false)).hasMessageContaining("--replace");
    }

    @Test
    void whoHasNotTheKeyOrTheTokenDoesNotJoin() throws IOException {
        Token token = enrolment.invite("alice", false);
        KeyPair mine = Keys.generate();
        KeyPair theirs = Keys.generate();
        String key = Keys.text(theirs.getPublic());
        String proof = Keys.prove(mine.getPrivate(), token, key);
        assertThatThrownBy(() -> enrolment.enroll(token.text(), key, proof)).isInstanceOf(RefusedException.class);
        Token foreign = new Token(new byte[Token.FINGERPRINT], token.secret());
        assertThatThrownBy(() -> join(foreign, mine)).isInstanceOf(RefusedException.class);
        Token guessed = new Token(token.fingerprint(), new byte[Token.SECRET]);
        assertThatThrownBy(() -> join(guessed, mine)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> enrolment.enroll("x".repeat(100_000), key, proof))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> enrolment.enroll("", "", "")).isInstanceOf(RefusedException.class);
        // None of that used the token up.
        assertThat(join(token, mine).name()).isEqualTo("alice");
    }

    @Test
    void whoIsRevokedComesBackByReplaceAlone() throws IOException {
        Member alice = join(enrolment.invite("alice", false), Keys.generate());
        members.revoke("alice");
        assertThatThrownBy(() -> who(alice.certificate())).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> enrolment.invite("alice", false)).isInstanceOf(IOException.class);
        Member again = join(enrolment.invite("alice", true), Keys.generate());
        assertThat(who(again.certificate())).isEqualTo("alice");
        assertThatThrownBy(() -> who(alice.certificate())).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> members.revoke("nobody")).isInstanceOf(IOException.class);
    }

    @Test
    void revokingEndsAnInvitationToo() throws IOException {
        Token token = enrolment.invite("alice", false);
        members.revoke("alice");
        assertThatThrownBy(() -> join(token, Keys.generate())).isInstanceOf(RefusedException.class);
    }

    /** After each step the files are as a crash would leave them: what was said then holds afterwards. */
    @Test
    void whatWasSaidHoldsAfterACrash() throws IOException {
        KeyPair pair = Keys.generate();
        Token token = enrolment.invite("alice", false);
        crash("invited");
        Member alice = join(token, pair);
        assertThat(who(alice.certificate())).isEqualTo("alice");
        crash("joined");
        assertThat(who(alice.certificate())).isEqualTo("alice");
        assertThat(join(token, pair).certificate()).isEqualTo(alice.certificate());
        assertThatThrownBy(() -> join(token, Keys.generate())).isInstanceOf(RefusedException.class);
        Token next = enrolment.invite("alice", true);
        crash("invited again");
        assertThat(who(alice.certificate())).isEqualTo("alice");
        Member successor = join(next, Keys.generate());
        crash("replaced");
        assertThatThrownBy(() -> who(alice.certificate())).isInstanceOf(RefusedException.class);
        assertThat(who(successor.certificate())).isEqualTo("alice");
        members.revoke("alice");
        crash("revoked");
        assertThatThrownBy(() -> who(successor.certificate())).isInstanceOf(RefusedException.class);
    }

    /** Goes on with a copy of the files, made while the others are open. */
    private void crash(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (var files = Files.newDirectoryStream(folder, "*.{mv,p12}")) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        members.close();
        folder = copy;
        open(copy);
    }

    @Test
    void membersThatCannotBeReadOpenForNobody() throws IOException {
        members.close();
        Files.write(folder.resolve("members.mv"), new byte[30_000]);
        assertThatThrownBy(() -> Members.open(folder)).isInstanceOf(IOException.class);
        Files.write(folder.resolve("ca.p12"), new byte[100]);
        assertThatThrownBy(() -> CertificateAuthority.open(folder, () -> now)).isInstanceOf(IOException.class);
        Files.delete(folder.resolve("members.mv"));
        members = Members.open(folder);
    }

    @Test
    void keysAreForTheirOwnerAlone() throws IOException {
        ServerKeys.make(folder, authority, ListenAddress.parse("127.0.0.1:7443"), now);
        for (String file : new String[] {"ca.p12", "server.p12"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theListenersCertificateIsForItsAddressAndStays() throws Exception {
        ServerKeys keys = ServerKeys.make(folder, authority, ListenAddress.parse("[::1]:7443"), now);
        X509Certificate first = KeyFile.read(keys.keys()).chain()[0];
        assertThat(first.getSubjectAlternativeNames().toString()).contains("0:0:0:0:0:0:0:1", "localhost");
        Certificates.check(first, authority.certificate(), Certificates.SERVER, now);
        ServerKeys.make(folder, authority, ListenAddress.parse("[::1]:8443"), now);
        assertThat(KeyFile.read(keys.keys()).chain()[0]).isEqualTo(first);
        ServerKeys.make(folder, authority, ListenAddress.parse("127.0.0.1:7443"), now);
        assertThat(KeyFile.read(keys.keys())
                        .chain()[0]
                        .getSubjectAlternativeNames()
                        .toString())
                .contains("127.0.0.1");
    }

    @Test
    void theListenersCertificateIsForOtherNamesThatClientsUseToo() throws Exception {
        ListenAddress address = ListenAddress.parse("127.0.0.1:7443").called(List.of("backup.example", "192.0.2.7"));
        ServerKeys keys = ServerKeys.make(folder, authority, address, now);
        assertThat(KeyFile.read(keys.keys())
                        .chain()[0]
                        .getSubjectAlternativeNames()
                        .toString())
                .contains("127.0.0.1", "backup.example", "192.0.2.7");
        for (String wrong : new String[] {"", "a b", "a,b", "https://a", "a:1", "*.a"}) {
            assertThatThrownBy(() -> address.called(List.of(wrong))).as(wrong).isInstanceOf(IOException.class);
        }
    }

    @Test
    void addressesAreTakenStrictly() throws IOException {
        assertThat(ListenAddress.parse("host.example:1").toString()).isEqualTo("host.example:1");
        assertThat(ListenAddress.parse("[fe80::1]:65535").host()).isEqualTo("fe80::1");
        for (String wrong :
                new String[] {"", "host", ":1", "host:", "host:0", "host:65536", "a b:1", "[x]:1", "::1:1", "h/:1"}) {
            assertThatThrownBy(() -> ListenAddress.parse(wrong)).as(wrong).isInstanceOf(IOException.class);
        }
    }

    /** What was committed counts, whether the disk has said so or not: here as after a restart. */
    @Test
    void whatCouldNotBeForcedCountsAsInTheStore() throws IOException {
        Member alice = join(enrolment.invite("alice", false), Keys.generate());
        members.close();
        boolean[] fails = {false};
        members = Members.open(folder, store -> {
            if (fails[0]) {
                throw new MVStoreException(1, "the disk does not answer");
            }
            store.sync();
        });
        enrolment = new Enrolment(authority, members, () -> now);
        Token token = enrolment.invite("bob", false);
        KeyPair pair = Keys.generate();
        fails[0] = true;
        assertThatThrownBy(() -> members.revoke("alice")).hasMessageContaining("does not answer");
        assertThat(members.isMember("alice")).isFalse();
        assertThatThrownBy(() -> who(alice.certificate())).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> join(token, pair)).hasMessageContaining("does not answer");
        assertThat(members.isMember("bob")).isTrue();
        assertThat(members.count()).isEqualTo(1);
        fails[0] = false;
        Member bob = join(token, pair);
        assertThat(who(bob.certificate())).isEqualTo("bob");
        members.close();
        members = Members.open(folder);
        assertThat(who(bob.certificate())).isEqualTo("bob");
        assertThatThrownBy(() -> who(alice.certificate())).isInstanceOf(RefusedException.class);
    }

    @Test
    void membersComePageByPage() throws IOException {
        TreeSet<String> names = new TreeSet<>(List.of("b", "B", "a", "a.b", "a-b", "zz", "0", "z"));
        for (String name : names) {
            join(enrolment.invite(name, false), Keys.generate());
        }
        members.revoke("a-b");
        for (int limit = 1; limit < 10; limit++) {
            List<String> found = new ArrayList<>();
            List<Member> page;
            do {
                page = members.page(found.isEmpty() ? null : found.get(found.size() - 1), limit);
                page.forEach(member -> found.add(member.name()));
            } while (page.size() == limit);
            assertThat(found).containsExactlyElementsOf(names);
        }
        assertThat(members.page("nobody", 10)).extracting(Member::name).containsExactly("z", "zz");
    }
}

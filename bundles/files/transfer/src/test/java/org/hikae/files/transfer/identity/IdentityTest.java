package org.hikae.files.transfer.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    @Nested
    class OfOrigins {
        @ParameterizedTest
        @ValueSource(strings = {"a", "Alice", "a.b-c_d", "0123456789012345678901234567890"})
        void namesThatAreAllowed(String name) {
            assertThat(Origins.isName(name)).isTrue();
            assertThat(Origins.isOrigin(name + "@r1")).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ".",
                    "..",
                    ".a",
                    "-a",
                    "a/b",
                    "a@b",
                    "a b",
                    "a\n",
                    "ä",
                    "01234567890123456789012345678901",
                    "a%2fb",
                    "a\u0000"
                })
        void namesThatAreNot(String name) {
            assertThat(Origins.isName(name)).isFalse();
            assertThat(Origins.speaksFor(name, name)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"@", "a@", "@a", "a@@b", "a@b@", "a@.b", "1@2@3@4@5@6@7@8@9"})
        void originsThatAreNotAllowed(String origin) {
            assertThat(Origins.isOrigin(origin)).isFalse();
        }

        @Test
        void aNameSpeaksForItselfAndThoseBelowIt() {
            assertThat(Origins.speaksFor("r1", "r1")).isTrue();
            assertThat(Origins.speaksFor("r1", "alice@r1")).isTrue();
            assertThat(Origins.speaksFor("r1", "alice@r2@r1")).isTrue();
            assertThat(Origins.speaksFor("r1", "alice")).isFalse();
            assertThat(Origins.speaksFor("r1", "alice@r1@r2")).isFalse();
            assertThat(Origins.speaksFor("r1", "alice@xr1")).isFalse();
            assertThat(Origins.speaksFor("r1", "@r1")).isFalse();
            assertThat(Origins.speaksFor("alice", "alice@r1")).isFalse();
        }

        @Test
        void throughRelaysAndBack() {
            assertThat(Origins.above("alice@r1", "r2")).contains("alice@r1@r2");
            assertThat(Origins.below("alice@r1@r2", "r2")).contains("alice@r1");
            assertThat(Origins.below("alice@r1", "r2")).isEmpty();
            assertThat(Origins.below("r2", "r2")).isEmpty();
            assertThat(Origins.above("a@2@3@4@5@6@7@8", "r")).isEmpty();
            String longest = "a".repeat(31);
            assertThat(Origins.above(longest + "@" + longest + "@" + longest, longest))
                    .isEmpty();
        }
    }

    @Nested
    class OfTokens {
        private final Token token = new Token(new byte[Token.FINGERPRINT], new byte[Token.SECRET]);

        @Test
        void comeBack() {
            assertThat(token.text()).matches("[A-Za-z0-9._-]{76}");
            assertThat(Token.parse(" " + token.text() + "\n")).contains(token);
            assertThat(token.toString()).doesNotContain(token.text());
        }

        @Test
        void areWrittenInOneWayAlone() {
            String text = token.text();
            assertThat(Token.parse(text.replaceFirst("A\\.", "B."))).isEmpty();
            assertThat(Token.parse(text.substring(1))).isEmpty();
            assertThat(Token.parse(text + "A")).isEmpty();
            assertThat(Token.parse(text.replace('.', '/'))).isEmpty();
            assertThat(Token.parse("")).isEmpty();
        }
    }

    @Nested
    class OfKeys {
        private final Token token = new Token(new byte[Token.FINGERPRINT], new byte[Token.SECRET]);
        private final KeyPair pair = Keys.generate();
        private final String key = Keys.text(pair.getPublic());

        @Test
        void comeBack() throws IOException {
            assertThat(Keys.parse(key)).isEqualTo(pair.getPublic());
        }

        @Test
        void proof() {
            String proof = Keys.prove(pair.getPrivate(), token, key);
            assertThat(Keys.isProven(token, key, proof)).isTrue();
            Token other = new Token(
                    new byte[Token.FINGERPRINT], BigInteger.TWO.pow(190).toByteArray());
            assertThat(Keys.isProven(other, key, proof)).isFalse();
            String foreign = Keys.text(Keys.generate().getPublic());
            assertThat(Keys.isProven(token, foreign, proof)).isFalse();
            assertThat(Keys.isProven(token, key, "no base 64")).isFalse();
            assertThat(Keys.isProven(token, key, "")).isFalse();
            assertThat(Keys.isProven(token, "", proof)).isFalse();
        }

        @Test
        void onOtherCurvesOrOfOtherKindsAreRefused() throws Exception {
            KeyPairGenerator curves = KeyPairGenerator.getInstance("EC");
            curves.initialize(new ECGenParameterSpec("secp384r1"));
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(1024);
            for (KeyPairGenerator generator : new KeyPairGenerator[] {curves, rsa}) {
                String other = Keys.text(generator.generateKeyPair().getPublic());
                assertThatThrownBy(() -> Keys.parse(other)).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> Keys.parse("????")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Keys.parse(Base64.getEncoder().encodeToString(new byte[90])))
                    .isInstanceOf(IOException.class);
        }
    }

    @Nested
    class OfCertificates {
        private final TestCa ca = new TestCa();
        private final Identity member = ca.member("alice");
        private final Instant now = Instant.now();

        @Test
        void comeBackAsText() throws IOException {
            assertThat(Certificates.parse(Certificates.text(member.certificate())))
                    .isEqualTo(member.certificate());
            assertThatThrownBy(() -> Certificates.parse("")).isInstanceOf(IOException.class);
            assertThatThrownBy(
                            () -> Certificates.parse("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                    .isInstanceOf(IOException.class);
        }

        @Test
        void tellWhoHasThem() {
            assertThat(member.name()).isEqualTo("alice");
            assertThat(Certificates.name(ca.issue("a,CN=b", Keys.generate().getPublic(), Certificates.CLIENT)))
                    .isEmpty();
            assertThat(Certificates.name(ca.issue("a+O=b", Keys.generate().getPublic(), Certificates.CLIENT)))
                    .isEmpty();
            assertThat(Certificates.name(
                            ca.issue("Hikae center", Keys.generate().getPublic(), Certificates.CLIENT)))
                    .isEmpty();
        }

        @Test
        void areChecked() {
            assertThatCode(() -> Certificates.check(member.certificate(), ca.certificate, Certificates.CLIENT, now))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> Certificates.check(member.certificate(), ca.certificate, Certificates.SERVER, now))
                    .hasMessageContaining("another use");
            assertThatThrownBy(() -> Certificates.check(
                            member.certificate(), new TestCa().certificate, Certificates.CLIENT, now))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Certificates.check(ca.certificate, ca.certificate, Certificates.CLIENT, now))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Certificates.check(
                            member.certificate(), ca.certificate, Certificates.CLIENT, now.plus(Duration.ofDays(60))))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Certificates.check(
                            member.certificate(), ca.certificate, Certificates.CLIENT, now.minus(Duration.ofDays(60))))
                    .isInstanceOf(IOException.class);
        }

        @Test
        void ofAMemberThatPlaysTheCa() {
            assertThatThrownBy(() ->
                            Certificates.check(member.certificate(), member.certificate(), Certificates.CLIENT, now))
                    .isInstanceOf(IOException.class);
        }
    }

    @Nested
    class OfFiles {
        @TempDir
        Path folder;

        private final Identity member = new TestCa().member("alice");

        @Test
        void comeBackAndAreForTheirOwnerAlone() throws IOException {
            IdentityFiles files = new IdentityFiles(folder.resolve("a/b"));
            assertThat(files.load()).isEmpty();
            files.joining();
            files.save(member);
            assertThat(files.load()).contains(member);
            assertThat(folder.resolve("a/b")).isDirectoryContaining(file -> file.endsWith("identity.p12"));
            try (var all = Files.list(folder.resolve("a/b"))) {
                assertThat(all).singleElement().satisfies(file -> assertThat(
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
            }
        }

        @Test
        void keepTheKeyUntilSomebodyHasJoined() throws IOException {
            KeyPair first = new IdentityFiles(folder).joining();
            KeyPair again = new IdentityFiles(folder).joining();
            assertThat(again.getPrivate()).isEqualTo(first.getPrivate());
            assertThat(again.getPublic()).isEqualTo(first.getPublic());
            assertThat(Files.getPosixFilePermissions(folder.resolve("joining.key")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            new IdentityFiles(folder).save(member);
            assertThat(new IdentityFiles(folder).joining().getPublic()).isNotEqualTo(first.getPublic());
        }

        @Test
        void surviveWhatAKillLeaves() throws IOException {
            IdentityFiles files = new IdentityFiles(folder);
            Files.writeString(folder.resolve(".joining.key.next"), "half");
            Files.writeString(folder.resolve(".identity.p12.next"), "half");
            Files.writeString(folder.resolve("joining.key"), "damaged");
            files.joining();
            files.save(member);
            assertThat(files.load()).contains(member);
            Files.writeString(folder.resolve(".joining.key.next"), "half");
            Files.writeString(folder.resolve(".identity.p12.next"), "half");
            files.delete();
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void thatAreDamagedAreNotTakenForNone() throws IOException {
            IdentityFiles files = new IdentityFiles(folder);
            files.save(member);
            byte[] bytes = Files.readAllBytes(folder.resolve("identity.p12"));
            for (int cut : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
                Files.write(folder.resolve("identity.p12"), Arrays.copyOf(bytes, cut));
                assertThatThrownBy(files::load).isInstanceOf(IOException.class);
            }
            files.delete();
            assertThat(files.load()).isEmpty();
        }
    }
}

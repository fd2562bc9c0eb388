package org.hikae.files.center.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.Token;
import org.hikae.io.DurableFiles;

/**
 * The center's own certification authority (I8): an EC key on P-256, and a certificate of ten years. It signs the certificate of the
 * center's listener, and those of its members. Immutable and thread-safe.
 */
public final class CertificateAuthority {

    private static final Duration LIFE = Duration.ofDays(3653);

    /** Clocks of clients go wrong, most often they lag: a certificate is valid for long before it was made. What ends one early is the table of members. */
    private static final Duration BEFORE = Duration.ofDays(366);

    private static final int SERIAL_BITS = 127;
    private static final String FILE = "ca.p12";

    private final KeyFile.Content own;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private CertificateAuthority(KeyFile.Content own, InstantSource clock) {
        this.own = own;
        this.clock = clock;
    }

    /**
     * Opens the authority, or makes one, durably, if there is none.
     *
     * @throws IOException if its file cannot be read: never is another one made in its place, for every member would be lost
     */
    public static CertificateAuthority open(Path folder, InstantSource clock) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.notExists(file)) {
            DurableFiles.createFolders(folder);
            KeyFile.write(file, create(clock.instant()));
        }
        return new CertificateAuthority(KeyFile.read(file), clock);
    }

    /** Whether one was made there. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /** All tokens begin with the fingerprint: where that begins with a dash, commands take {@code --token -hA...} for two options. */
    static KeyFile.Content create(Instant now) throws IOException {
        KeyFile.Content made;
        do {
            made = createAny(now);
        } while (new Token(Certificates.fingerprint(made.chain()[0]), new byte[Token.SECRET])
                .text()
                .startsWith("-"));
        return made;
    }

    private static KeyFile.Content createAny(Instant now) throws IOException {
        try {
            KeyPair pair = Keys.generate();
            byte[] id = new byte[8];
            new SecureRandom().nextBytes(id);
            X500Name name = name("Hikae center " + HexFormat.of().formatHex(id));
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    name,
                    new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
                    Date.from(now.minus(BEFORE)),
                    Date.from(now.plus(LIFE)),
                    name,
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            Signer signer = new Signer(pair.getPrivate());
            X509Certificate certificate = certificate(builder.build(signer));
            return new KeyFile.Content(pair.getPrivate(), new X509Certificate[] {certificate});
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IOException("the certification authority cannot be made: " + e.getMessage(), e);
        }
    }

    /** As Java knows it. */
    private static X509Certificate certificate(X509CertificateHolder made)
            throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(made.getEncoded()));
    }

    private static X500Name name(String common) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
    }

    public X509Certificate certificate() {
        return own.chain()[0];
    }

    /**
     * Makes a certificate with which a member proves who it is. It ends with the authority's.
     *
     * @param name of the member
     * @param key whose owner has proved to have the private one
     */
    X509Certificate issue(String name, PublicKey key) throws IOException {
        return sign(name, key, KeyPurposeId.id_kp_clientAuth, null);
    }

    /**
     * Makes a certificate for a listener.
     *
     * @param hosts names and literal addresses at which it is reached, at least one
     */
    X509Certificate issueServer(PublicKey key, Collection<String> hosts) throws IOException {
        GeneralName[] names = hosts.stream()
                .map(host -> new GeneralName(
                        ListenAddress.isLiteral(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        return sign("Hikae center", key, KeyPurposeId.id_kp_serverAuth, new GeneralNames(names));
    }

    private X509Certificate sign(String name, PublicKey key, KeyPurposeId purpose, GeneralNames hosts)
            throws IOException {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded()),
                    new BigInteger(SERIAL_BITS, random).setBit(0),
                    Date.from(clock.instant().minus(BEFORE)),
                    certificate().getNotAfter(),
                    name(name),
                    SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            if (hosts != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, hosts);
            }
            Signer signer = new Signer(own.key());
            return certificate(builder.build(signer));
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IOException("a certificate cannot be made: " + e.getMessage(), e);
        }
    }

    /** Whether a certificate was signed by this authority. */
    boolean hasIssued(X509Certificate certificate) {
        try {
            certificate.verify(certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

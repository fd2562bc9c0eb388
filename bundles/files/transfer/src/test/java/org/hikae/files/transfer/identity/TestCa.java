package org.hikae.files.transfer.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A center's CA. */
public final class TestCa {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final KeyPair pair = Keys.generate();
    public final X509Certificate certificate;

    public TestCa() {
        certificate =
                issue("Hikae center", pair.getPublic(), null, Instant.now().plus(Duration.ofDays(100)));
    }

    /** @param usage null: a CA */
    public X509Certificate issue(String name, PublicKey key, String usage, Instant until) {
        try {
            X500Principal issuer = new X500Principal("CN=Hikae center");
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(Instant.now().minus(Duration.ofDays(10))),
                    Date.from(until),
                    new X500Principal("CN=" + name),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(usage == null));
            if (usage != null) {
                KeyPurposeId purpose = usage.equals(Certificates.SERVER)
                        ? KeyPurposeId.id_kp_serverAuth
                        : KeyPurposeId.id_kp_clientAuth;
                builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public X509Certificate issue(String name, PublicKey key, String usage) {
        return issue(name, key, usage, Instant.now().plus(Duration.ofDays(50)));
    }

    /** A member. */
    public Identity member(String name) {
        KeyPair own = Keys.generate();
        return new Identity(own.getPrivate(), issue(name, own.getPublic(), Certificates.CLIENT), certificate);
    }

    /** Who listens. */
    public Identity listener() {
        KeyPair own = Keys.generate();
        return new Identity(own.getPrivate(), issue("center", own.getPublic(), Certificates.SERVER), certificate);
    }
}

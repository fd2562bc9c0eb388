package org.hikae.files.center.authority;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;

/** Signs a certificate with Java's own ECDSA. Once, and not thread-safe. */
final class Signer implements ContentSigner {

    private static final AlgorithmIdentifier ALGORITHM = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final Signature signature;
    private final ByteArrayOutputStream signed = new ByteArrayOutputStream();

    Signer(PrivateKey key) throws GeneralSecurityException {
        signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return ALGORITHM;
    }

    /** Takes what is to be signed. */
    @Override
    public OutputStream getOutputStream() {
        return signed;
    }

    @Override
    public byte[] getSignature() {
        try {
            signature.update(signed.toByteArray());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new RuntimeOperatorException("it cannot be signed: " + e.getMessage(), e);
        }
    }
}

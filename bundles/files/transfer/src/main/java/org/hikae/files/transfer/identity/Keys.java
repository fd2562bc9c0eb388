package org.hikae.files.transfer.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Key pairs on the curve P-256, and the proof that somebody has the private half. */
public final class Keys {
    private static final String PROOF = "hikae enroll 1\n";
    private static final int MAX_SPKI = 200;
    private static final String CURVE = "secp256r1";

    private Keys() {}

    /** A new key pair. */
    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no keys on P-256", e);
        }
    }

    /** A public key in base64, as {@link #parse} takes it. */
    public static String text(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /**
     * The public key of a text.
     *
     * @param text base64 of its SubjectPublicKeyInfo
     * @throws IOException if it is none on P-256
     */
    public static ECPublicKey parse(String text) throws IOException {
        try {
            byte[] spki = Base64.getDecoder().decode(text);
            if (spki.length <= MAX_SPKI
                    && KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki))
                            instanceof ECPublicKey key
                    && isP256(key)) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("that is no public key", e);
        }
        throw new IOException("that is no public key on P-256");
    }

    private static boolean isP256(ECPublicKey key) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(CURVE));
        ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
        ECParameterSpec its = key.getParams();
        return its.getCurve().equals(p256.getCurve())
                && its.getGenerator().equals(p256.getGenerator())
                && its.getOrder().equals(p256.getOrder());
    }

    /**
     * Proof that who asks has the private key, for this token alone, in base64.
     *
     * @param publicKey as {@link #text} has it
     */
    public static String prove(PrivateKey key, Token token, String publicKey) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(statement(token, publicKey));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this key cannot sign", e);
        }
    }

    /** Whether a text is such a proof. */
    public static boolean isProven(Token token, String publicKey, String proof) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(parse(publicKey));
            signature.update(statement(token, publicKey));
            return signature.verify(Base64.getDecoder().decode(proof));
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            return false;
        }
    }

    private static byte[] statement(Token token, String publicKey) {
        return (PROOF + token.text() + "\n" + publicKey).getBytes(StandardCharsets.US_ASCII);
    }
}

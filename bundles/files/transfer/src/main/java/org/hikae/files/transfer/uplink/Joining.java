package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.IdentityFiles;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.TlsContexts;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.message.About;
import org.hikae.files.transfer.message.EnrollReply;
import org.hikae.files.transfer.message.EnrollRequest;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;

/** Joins a center. */
public final class Joining {
    private Joining() {}

    /**
     * What came of it.
     *
     * @param identity kept in the files
     * @param center what it says of itself
     * @param lastRuns number of the last run that it knows of each backup of this name: the next ones must be higher
     */
    public record Joined(Identity identity, About center, Map<String, Long> lastRuns) {
        public Joined {
            lastRuns = Map.copyOf(lastRuns);
        }
    }

    /**
     * Gets a certificate for a token, and keeps it durably. If it fails half-way, or whoever called could not make use of it, it can be called
     * again with the same token and files. An identity that is in the files already is replaced by another one of the same key.
     *
     * @param address {@code https://HOST:PORT}, and a path if it is behind one
     * @throws RefusedException if the center does not accept the token
     * @throws IOException if it cannot be reached, is not the one that made the token, speaks no version of the protocol
     *     that is known here, or the identity cannot be kept
     */
    public static Joined join(URI address, Token token, IdentityFiles files, UplinkTimes times, Clock clock)
            throws IOException {
        KeyPair pair = files.joining();
        String key = Keys.text(pair.getPublic());
        try (Exchanges exchanges = new Exchanges(address, TlsContexts.joining(token.fingerprint(), clock), times)) {
            About about = about(exchanges);
            String proof = Keys.prove(pair.getPrivate(), token, key);
            byte[] request = Messages.write(new EnrollRequest(token.text(), key, proof));
            EnrollReply reply = Messages.enrollReply(exchanges.post(Protocol.ENROLL, request, Duration.ZERO));
            Identity identity = new Identity(
                    pair.getPrivate(), Certificates.parse(reply.certificate()), Certificates.parse(reply.ca()));
            check(identity, pair, token, reply, clock);
            files.save(identity);
            return new Joined(identity, about, reply.lastRuns());
        }
    }

    static About about(Exchanges exchanges) throws IOException {
        About about = Messages.about(exchanges.get(Protocol.ABOUT));
        if (!about.protocol().contains(Protocol.VERSION)) {
            throw new IOException(
                    "the center speaks the versions " + about.protocol() + " of the protocol, not " + Protocol.VERSION);
        }
        return about;
    }

    private static void check(Identity identity, KeyPair pair, Token token, EnrollReply reply, Clock clock)
            throws IOException {
        X509Certificate certificate = identity.certificate();
        boolean right = MessageDigest.isEqual(Certificates.fingerprint(identity.ca()), token.fingerprint())
                && certificate.getPublicKey().equals(pair.getPublic())
                && Certificates.name(certificate).filter(reply.name()::equals).isPresent();
        if (!right) {
            throw new IOException("the center has given a certificate for something else than was asked for");
        }
        Certificates.check(certificate, identity.ca(), Certificates.CLIENT, clock.instant());
    }
}

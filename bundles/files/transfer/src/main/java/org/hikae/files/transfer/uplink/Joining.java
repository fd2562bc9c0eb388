package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.IdentityFiles;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.message.About;

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
     * Gets a certificate for a token, and keeps it durably. If it fails half-way it can be called again with the same
     * token and files.
     *
     * @param address {@code https://HOST:PORT}, and a path if it is behind one
     * @throws RefusedException if the center does not accept the token
     * @throws IOException if it cannot be reached, is not the one that made the token, speaks no version of the protocol
     *     that is known here, or the identity cannot be kept
     */
    public static Joined join(URI address, Token token, IdentityFiles files, UplinkTimes times, Clock clock)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}

package org.hikae.files.transfer.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of clients. One that came through relays has theirs behind its own: {@code alice@r1@r2} is client {@code alice}
 * of relay {@code r1} of relay {@code r2}. A relay puts its own name behind the last {@code @}; the receiving party
 * accepts no other there than its certificate has: so nobody can speak for anybody else's clients (R25).
 */
public final class Origins {
    /** Names in an origin at most. */
    public static final int MAX_NAMES = 8;

    /** Characters of an origin at most. */
    public static final int MAX_LENGTH = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,30}");

    private Origins() {}

    /** Whether this can be the name in a certificate. */
    public static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /** Whether this can be an origin. */
    public static boolean isOrigin(String origin) {
        if (origin == null || origin.length() > MAX_LENGTH) {
            return false;
        }
        String[] names = origin.split("@", -1);
        for (String name : names) {
            if (!isName(name)) {
                return false;
            }
        }
        return names.length <= MAX_NAMES;
    }

    /**
     * Whether who has this name in its certificate may speak for an origin: for itself, and for clients below itself.
     *
     * @param name of a certificate
     * @param origin as the receiving party knows it
     */
    public static boolean speaksFor(String name, String origin) {
        return isName(name) && isOrigin(origin) && (origin.equals(name) || origin.endsWith("@" + name));
    }

    /**
     * What a client of a relay is called above the relay.
     *
     * @param origin as the relay knows it
     * @param relay name of the relay, as the party above knows it
     * @return empty if that would be too long, or too deep
     */
    public static Optional<String> above(String origin, String relay) {
        String above = origin + "@" + relay;
        return isOrigin(above) ? Optional.of(above) : Optional.empty();
    }

    /**
     * What a client is called by the relay through which it came.
     *
     * @param above as the party above knows it
     * @param relay name of the relay, as the party above knows it
     * @return empty if it is no client of that relay
     */
    public static Optional<String> below(String above, String relay) {
        String end = "@" + relay;
        boolean through = isOrigin(above) && isName(relay) && above.endsWith(end);
        return through ? Optional.of(above.substring(0, above.length() - end.length())) : Optional.empty();
    }
}

package org.hikae.tape.medium;

import java.io.IOException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.tape.Tapes;

/**
 * Where a tape medium is: a library and a pool, or the id of a medium that is on tape already, and perhaps the pool that it is
 * written to from now on.
 *
 * @param id of one that is there already; null of one that is known by library and pool
 * @param library name of the library; null with an id: any
 * @param pool of cartridges
 */
record Place(UUID id, String library, String pool) {

    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern LOCATION = Pattern.compile("(" + WORD + ")(?:/(" + WORD + "))?");

    /** @throws IOException if the location is neither */
    static Place parse(String location) throws IOException {
        Matcher matcher = LOCATION.matcher(location);
        if (!matcher.matches()) {
            throw new IOException("'" + location
                    + "' is no place of a tape medium; give LIBRARY or LIBRARY/POOL, such as" + " lib/monthly");
        }
        String first = matcher.group(1);
        String pool = matcher.group(2) == null ? Tapes.DEFAULT_POOL : matcher.group(2);
        return ID.matcher(first).matches()
                ? new Place(UUID.fromString(first), null, pool)
                : new Place(null, first, pool);
    }
}

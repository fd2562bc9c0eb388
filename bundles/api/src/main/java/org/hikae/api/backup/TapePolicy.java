package org.hikae.api.backup;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Which generations go to tape, and when their data leaves their media.
 *
 * @param after those go to tape that are older, 0 or more; null: none for their age
 * @param above those go to tape, the oldest first, that lie on a medium of which more than this part is used, 1 to 99 percent; and are
 *     evicted until it is not, whatever {@code keepBoth} says; 0: none
 * @param keepBoth how long the data of a generation stays on its medium too once it is on tape, 0 or more; null: for good
 * @param pool of the cartridges
 */
public record TapePolicy(Duration after, int above, Duration keepBoth, String pool) {

    private static final Pattern POOL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public TapePolicy {
        if (after == null && above == 0) {
            throw new IllegalArgumentException("nothing goes to tape: neither an age nor a mark is given");
        } else if (after != null && after.isNegative() || keepBoth != null && keepBoth.isNegative()) {
            throw new IllegalArgumentException("a time before the generation was made is no age for it");
        } else if (above < 0 || above > 99) {
            throw new IllegalArgumentException("a mark of a medium is from 1 to 99 percent, not " + above);
        }
        checkPool(pool);
    }

    /** @throws IllegalArgumentException if no pool can have that name */
    public static void checkPool(String pool) {
        if (!POOL.matcher(pool).matches()) {
            throw new IllegalArgumentException(
                    "'" + pool + "' cannot be the name of a pool: it begins with a letter or digit,"
                            + " and has up to 63 letters, digits, dots, dashes and underscores");
        }
    }
}

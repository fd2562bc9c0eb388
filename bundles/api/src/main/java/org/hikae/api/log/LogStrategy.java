package org.hikae.api.log;

/**
 * How the before-image log of a backup is kept: choices of the user.
 *
 * @param gather where records are gathered: {@code per-node} (a.2) or {@code central} (a.3)
 * @param place where the log is kept: {@code medium} (a.4), {@code separate} (a.5) or {@code overlay} (a.6)
 * @param logMedium name of the medium for a separate log; null: the backup's own medium. Kept, and not used, with other
 *     placements.
 * @param overload what happens when the log cannot keep up, or its medium is full
 */
public record LogStrategy(String gather, String place, String logMedium, Overload overload) {

    public static final LogStrategy DEFAULT = new LogStrategy("central", "overlay", null);

    /** With {@link Overload#FAIL_BACKUP}. */
    public LogStrategy(String gather, String place, String logMedium) {
        this(gather, place, logMedium, Overload.FAIL_BACKUP);
    }
}

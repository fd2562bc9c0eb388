package org.hikae.api.log;

/**
 * How the before-image log of a backup is kept: two choices of the user.
 *
 * @param gather where records are gathered: {@code central} (a.3)
 * @param place where the log is kept: {@code separate} (a.5) or {@code overlay} (a.6)
 * @param logMedium name of the medium for a separate log; null: the backup's own medium
 */
public record LogStrategy(String gather, String place, String logMedium) {

    public static final LogStrategy DEFAULT = new LogStrategy("central", "overlay", null);
}

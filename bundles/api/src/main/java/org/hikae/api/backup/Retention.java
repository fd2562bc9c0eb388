package org.hikae.api.backup;

/**
 * Which generations of a disk to keep: the newest of each of the last so many hours, days, weeks (from Monday), months and
 * years in which there are any, by the platform's time zone; and the last so many whatever their time. 0: none for that reason.
 * The newest of all is always kept.
 */
public record Retention(int last, int hourly, int daily, int weekly, int monthly, int yearly) {

    public Retention {
        if (last < 0 || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
            throw new IllegalArgumentException("a number of generations to keep is negative");
        }
        if (last + 0L + hourly + daily + weekly + monthly + yearly == 0) {
            throw new IllegalArgumentException("nothing is said of what to keep");
        }
    }
}

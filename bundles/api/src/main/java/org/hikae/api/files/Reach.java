package org.hikae.api.files;

/**
 * How far what a center tells of a backup at one time reaches: with which run its history of the client's files has come there. Of two centers
 * that tell different things of one time, the one with the later run is right (R25): each run says what it has changed since the one that
 * it builds upon, and no center has it without that.
 *
 * @param run number of the newest complete run of that time or before that is kept there; 0: none
 * @param last number of the newest complete run that is or was there, whatever its time; 0: none
 * @param gap whether a complete run behind that one builds upon none, and others may have been made before it that this center never had: in its place
 *     these went (decision 0020), and since clocks are set back, any of them may have been taken at that time
 */
public record Reach(long run, long last, boolean gap) {

    /** That of a center which has nothing of a backup. */
    public static final Reach NONE = new Reach(0, 0, false);
}

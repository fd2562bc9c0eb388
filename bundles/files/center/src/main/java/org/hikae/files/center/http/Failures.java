package org.hikae.files.center.http;

import java.io.IOException;

/** What a member is told of a failure of the center. */
final class Failures {

    private Failures() {}

    /** What is wrong with media, tables or centers above is said; what must never happen is in the log. */
    static String text(Exception why) {
        return why instanceof IOException && why.getMessage() != null
                ? "the center could not do it: " + why.getMessage()
                : "the center could not do it, for a reason that must not be ("
                        + why.getClass().getSimpleName() + "): its log has more of it; look there, and report it";
    }
}

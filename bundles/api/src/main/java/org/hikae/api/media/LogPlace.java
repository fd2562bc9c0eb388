package org.hikae.api.media;

import java.util.Locale;

/** Where the log of a generation is kept. */
public enum LogPlace {
    /**
     * At its place on the backup medium, as it comes (a.4); what was copied, or will be, gives way to it. Takes a medium that
     * can be overwritten in part.
     */
    MEDIUM,
    /** Apart from what is copied, with an index of its own, and asked first (a.5, c.5, R10). */
    SEPARATE,
    /** On the backup medium, apart at first and laid over what was copied when the generation is sealed (a.6). */
    OVERLAY;

    /** As manifests, listings and users have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

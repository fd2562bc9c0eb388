package org.hikae.backup;

import java.io.IOException;
import java.util.Locale;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.spi.Medium;

/**
 * Whether a medium can serve a layout and a placement of the log, as far as that is known before anything is begun. What
 * cannot be told here, media control refuses before T0.
 */
final class Fit {

    private static final String OVERWRITE = Medium.Capability.OVERWRITE.name().toLowerCase(Locale.ROOT);

    private Fit() {}

    /**
     * @param place name of the log's placement
     * @throws IOException if the medium cannot be used, or not for this; says why, and what to choose
     */
    static void check(MediumStatus medium, Layout layout, String place) throws IOException {
        if (medium.problem() != null) {
            throw new IOException("medium '" + medium.name() + "' cannot be used: " + medium.problem());
        }
        if (layout == Layout.IMAGE) {
            checkOverwritable(medium, "an image", "take the 'packed' layout");
        }
        if (place.equals(LogPlace.MEDIUM.text())) {
            checkOverwritable(
                    medium, "a log at its place on the backup medium", "keep the log 'separate' or 'overlay'");
        }
    }

    private static void checkOverwritable(MediumStatus medium, String what, String instead) throws IOException {
        if (!medium.capabilities().contains(OVERWRITE)) {
            throw new IOException("medium '" + medium.name() + "' cannot be overwritten in part, which " + what
                    + " takes: use a medium that has '" + OVERWRITE + "' among its capabilities, or " + instead);
        }
    }
}

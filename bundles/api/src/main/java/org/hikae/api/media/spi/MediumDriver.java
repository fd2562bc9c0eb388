package org.hikae.api.media.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens media of one kind. A DS service with the property {@link #NAME}; it may come and go while the platform runs:
 * when it goes, the media that it opened go with it, and come back with it.
 */
@ConsumerType
public interface MediumDriver {

    /** Service property: the name by which users choose this driver, a word in lower case such as {@code directory}. */
    String NAME = "hikae.media.driver";

    /**
     * Opens a medium.
     *
     * @param location what the user gave as the location; its meaning is the driver's own
     * @throws IOException if there is no such medium, it cannot be used, or the location makes no sense; the message
     *     says what and why
     */
    Medium open(String location) throws IOException;

    /**
     * As {@link #open(String)}, for drivers that write on their media by which name people know them.
     *
     * @param name of the medium; one that is only looked at may have another, or none yet
     * @throws IOException as the other
     */
    default Medium open(String location, String name) throws IOException {
        return open(location);
    }
}

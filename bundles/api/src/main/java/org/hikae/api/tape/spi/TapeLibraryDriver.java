package org.hikae.api.tape.spi;

import java.io.IOException;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens libraries of one kind. A DS service with the property {@link #NAME}; when it goes, its libraries go with it, and
 * they come back with it.
 */
@ConsumerType
public interface TapeLibraryDriver {

    /** Service property: the name by which users choose this driver, a word in lower case such as {@code virtual}. */
    String NAME = "hikae.tape.driver";

    /**
     * Makes a library ready to be opened, where the driver can: called once, when it is added. What is there already is never
     * emptied.
     *
     * @param location what the user gave as the location; its meaning is the driver's own
     * @param options what the user gave beside it, such as {@code drives}: {@code 2}; texts as they were given
     * @throws IllegalArgumentException if an option is unknown, or its value makes no sense; the message says which are known
     * @throws IOException if there is no such library and none can be made
     */
    void prepare(String location, Map<String, String> options) throws IOException;

    /**
     * Opens a library.
     *
     * @throws IOException if there is none, or it cannot be used; the message says what and why
     */
    TapeLibrary open(String location) throws IOException;
}

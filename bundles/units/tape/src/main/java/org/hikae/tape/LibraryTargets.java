package org.hikae.tape;

import java.io.IOException;
import java.util.Dictionary;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps the filter by which a library's component finds its driver in step with the driver's name, which is all that
 * people write into a configuration.
 */
final class LibraryTargets {

    static final String PROPERTY = "driver.target";

    private final ConfigurationAdmin admin;

    LibraryTargets(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** The filter for a driver of that name. */
    static String of(String driver) {
        return "(" + TapeLibraryDriver.NAME + "=" + driver + ")";
    }

    /** Corrects the configurations that need it. */
    void correct() throws IOException {
        Configuration[] found;
        try {
            found = admin.listConfigurations("(service.factoryPid=" + LibraryRegistry.PID + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("not a factory PID: " + LibraryRegistry.PID, e);
        }
        for (Configuration configuration : found == null ? new Configuration[0] : found) {
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties != null
                    && properties.get("driver") instanceof String driver
                    && driver.matches("[A-Za-z0-9._-]+")
                    && !of(driver).equals(properties.get(PROPERTY))) {
                properties.put(PROPERTY, of(driver));
                configuration.update(properties);
            }
        }
    }
}

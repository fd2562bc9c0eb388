package org.hikae.media.medium;

import java.io.IOException;
import java.util.Dictionary;
import org.hikae.api.media.spi.MediumDriver;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps the filter by which a medium's component finds its driver in step with the driver's name, which is all that
 * people write into a configuration.
 */
final class DriverTargets {

    static final String PROPERTY = "driver.target";

    private final ConfigurationAdmin admin;

    DriverTargets(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** The filter for a driver of that name. */
    static String of(String driver) {
        return "(" + MediumDriver.NAME + "=" + driver + ")";
    }

    /** Corrects the configurations that need it. */
    void correct(String factoryPid) throws IOException {
        Configuration[] found;
        try {
            found = admin.listConfigurations("(service.factoryPid=" + factoryPid + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("not a factory PID: " + factoryPid, e);
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

package org.hikae.tape;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The media that are configured to be on tapes of a library. Asks no medium: it might hang. */
final class TapeMedia {

    private final ConfigurationAdmin admin;

    TapeMedia(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Names of the media that write to a library. */
    List<String> on(String library) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            Configuration[] found = admin.listConfigurations("(&(service.factoryPid=org.hikae.medium)(driver=tape))");
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                Dictionary<String, Object> properties = configuration.getProperties();
                String location = String.valueOf(properties.get("location"));
                if (location.equals(library) || location.startsWith(library + "/")) {
                    names.add(String.valueOf(properties.get("name")));
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("the filter is no filter", e);
        }
        Collections.sort(names);
        return names;
    }
}

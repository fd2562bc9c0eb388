package org.hikae.sql;

import java.io.IOException;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.jdbc.DataSourceFactory;

/** The database drivers that are installed, by the names of their classes. Thread-safe. */
public final class Drivers {

    private final Map<String, DataSourceFactory> factories = new ConcurrentHashMap<>();

    public void bind(DataSourceFactory factory, Map<String, ?> properties) {
        factories.put(name(properties), factory);
    }

    public void unbind(DataSourceFactory factory, Map<String, ?> properties) {
        factories.remove(name(properties), factory);
    }

    private static String name(Map<String, ?> properties) {
        return String.valueOf(properties.get(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS));
    }

    /** @throws IOException if it is not installed: says which are */
    Driver get(String name) throws IOException, SQLException {
        DataSourceFactory factory = factories.get(name);
        if (factory == null) {
            throw new IOException("there is no database driver " + name + ": install its bundle, or correct 'driver' in"
                    + " the configuration " + Target.PID + " (there are: "
                    + String.join(", ", new TreeSet<>(factories.keySet())) + ")");
        }
        return factory.createDriver(null);
    }
}

package org.hikae.files.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Locale;
import org.hikae.api.files.client.BufferSettings.WhenFull;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** How much the buffer may take, as it is configured. Thread-safe. */
final class BufferLimits {

    static final String PID = "org.hikae.client.buffer";

    private static final long LEAST = 1 << 20;
    private static final int PART = 4;

    private final ConfigurationAdmin admin;

    BufferLimits(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Bytes. What cannot be understood counts as if it were not there. */
    long limit(Path folder) throws IOException {
        Object value = property("limit");
        String text = value == null ? "" : value.toString().strip();
        long limit = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
        return limit > 0 ? limit : Files.getFileStore(folder).getTotalSpace() / PART;
    }

    WhenFull whenFull() throws IOException {
        Object value = property("whenFull");
        return value != null && value.toString().strip().equalsIgnoreCase(WhenFull.WAIT.name())
                ? WhenFull.WAIT
                : WhenFull.FAIL;
    }

    private Object property(String name) throws IOException {
        Dictionary<String, Object> properties = configuration().getProperties();
        return properties == null ? null : properties.get(name);
    }

    private Configuration configuration() throws IOException {
        return admin.getConfiguration(PID, "?");
    }

    void set(long limit, WhenFull whenFull) throws IOException {
        if (limit < LEAST) {
            throw new IOException("the buffer needs at least " + LEAST + " bytes");
        }
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("limit", limit);
        properties.put("whenFull", whenFull.name().toLowerCase(Locale.ROOT));
        configuration().update(properties);
    }
}

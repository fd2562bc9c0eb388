package org.hikae.etc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hikae.api.job.Reason;

/**
 * A configuration file as last read or written.
 *
 * @param stamp as it was before reading, so that a change while reading shows
 * @param properties null if the file is broken
 * @param trouble what is wrong with it; null if it is good
 */
record ConfigFile(String pid, Path path, Stamp stamp, SortedMap<String, Object> properties, String trouble) {
    static final String PID = "service.pid";
    static final String FACTORY_PID = "service.factoryPid";
    static final String LOCATION = "service.bundleLocation";

    /** Configurations are for whichever bundle wants them. */
    static final String ANY_LOCATION = "?";

    /** Felix's own counter; it counts on without it. */
    private static final String REVISION = ":org.apache.felix.configadmin.revision:";

    private static final int LARGEST = 1 << 20;

    /** What cannot be read or understood becomes a broken one. */
    static ConfigFile read(String pid, Path path, Stamp stamp) {
        try {
            if (!Files.isRegularFile(path)) {
                // Not even read: a pipe would never end.
                throw new BrokenFileException(Files.isDirectory(path) ? "it is a folder" : "it is no regular file");
            } else if (stamp.size() > LARGEST) {
                throw new BrokenFileException("it is larger than a configuration can be");
            }
            SortedMap<String, Object> properties = ConfigReader.read(decoded(Files.readAllBytes(path)));
            return new ConfigFile(pid, path, stamp, withDerived(pid, properties), null);
        } catch (IOException e) {
            String trouble = e instanceof BrokenFileException ? e.getMessage() : Reason.of(e);
            return new ConfigFile(pid, path, stamp, null, trouble);
        }
    }

    private static String decoded(byte[] bytes) throws BrokenFileException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new BrokenFileException(
                    "line " + (1 + text.chars().filter(c -> c == '\n').count()) + ": it is not in UTF-8");
        } else if (text.isBlank()) {
            throw new BrokenFileException("it is empty");
        }
        return text;
    }

    /**
     * Adds what the name of the file says. A PID with a tilde is a factory's unless the file itself gives a PID: then it
     * is taken at its word.
     */
    private static SortedMap<String, Object> withDerived(String pid, SortedMap<String, Object> properties)
            throws BrokenFileException {
        for (String name : new String[] {PID, FACTORY_PID, LOCATION}) {
            if (properties.getOrDefault(name, "") instanceof String == false) {
                throw new BrokenFileException(name + " must be a text");
            }
        }
        int tilde = pid.indexOf('~');
        if (tilde > 0 && !properties.containsKey(PID)) {
            properties.putIfAbsent(FACTORY_PID, pid.substring(0, tilde));
        }
        if (!pid.equals(properties.getOrDefault(PID, pid))) {
            throw new BrokenFileException("it says that its PID is " + properties.get(PID) + ", but its name says "
                    + pid + "; remove the line " + PID);
        }
        properties.put(PID, pid);
        properties.putIfAbsent(LOCATION, ANY_LOCATION);
        return properties;
    }

    /** What goes into the file: nothing that its name says already. */
    static String textOf(String pid, SortedMap<String, Object> all) throws IOException {
        SortedMap<String, Object> properties = new TreeMap<>(all);
        properties.remove(REVISION);
        properties.remove(LOCATION, ANY_LOCATION);
        int tilde = pid.indexOf('~');
        String derived = tilde > 0 ? pid.substring(0, tilde) : null;
        if (derived == null || derived.equals(properties.get(FACTORY_PID))) {
            properties.remove(PID);
        }
        if (derived != null) {
            properties.remove(FACTORY_PID, derived);
        }
        return ConfigWriter.write(properties);
    }

    boolean isBroken() {
        return trouble != null;
    }
}

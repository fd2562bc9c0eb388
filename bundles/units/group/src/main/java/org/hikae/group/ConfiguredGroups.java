package org.hikae.group;

import java.io.IOException;
import java.util.Collection;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.hikae.api.group.Group;
import org.hikae.config.Configured;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The groups as configurations. They are read from there whenever one is asked for, so that what was stored a moment ago is
 * in force for the next backup. What a configuration lacks is empty, so that the group does not vanish without a word.
 */
final class ConfiguredGroups {

    static final String PID = "org.hikae.group";

    /** The file of a configuration holds a mebibyte, and a character takes at most six bytes in it. */
    private static final int MOST_CHARACTERS = 150_000;

    private static final String DISK = "disk";
    private static final String LIST = "list";

    private final Configured<Group> configured;

    ConfiguredGroups(ConfigurationAdmin admin) {
        configured = new Configured<>(admin, PID, "group");
    }

    List<Group> all() throws IOException {
        return configured.configured().entrySet().stream()
                .map(entry -> group(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Group group(String name, Dictionary<String, Object> properties) {
        Object disk = properties.get(DISK);
        return new Group(name, disk == null ? "" : disk.toString(), lines(properties.get(LIST)));
    }

    /** A list of one line may be written as the line alone. */
    private static List<String> lines(Object list) {
        if (list == null) {
            return List.of();
        } else if (list instanceof Object[] lines) {
            return List.of(lines).stream().map(String::valueOf).toList();
        } else if (list instanceof Collection<?> lines) {
            return lines.stream().map(String::valueOf).toList();
        }
        return List.of(list.toString());
    }

    Group get(String name) throws IOException {
        Dictionary<String, Object> found = configured.configured().get(name);
        if (found == null) {
            throw new IOException("there is no group '" + name + "'; see 'group list'");
        }
        return group(name, found);
    }

    /** @throws IOException if the name is taken or not allowed */
    void checkNew(String name) throws IOException {
        configured.checkNew(name);
    }

    /** @throws IOException if its list is longer than what can be kept */
    void store(Group group) throws IOException {
        long characters =
                group.list().stream().mapToLong(line -> line.length() + 1L).sum();
        if (characters > MOST_CHARACTERS) {
            throw new IOException("the list of group '" + group.name() + "' has " + characters
                    + " characters, and a configuration holds " + MOST_CHARACTERS
                    + ": use fewer lines, such as one for a directory instead of its files");
        }
        configured.store(
                group.name(), Map.of(DISK, group.disk(), LIST, group.list().toArray(String[]::new)));
    }

    void remove(String name) throws IOException {
        configured.remove(name);
    }
}

package org.hikae.shell;

import java.util.Set;
import org.osgi.framework.BundleContext;

/**
 * What a distribution carries of the platform. One that leaves something out says what it has, in its file {@code platform.properties}:
 * what it does not carry is no command of it, and not missed. Immutable.
 */
final class Carried {

    private final Set<String> commands;
    private final Set<String> units;

    private Carried(Set<String> commands, Set<String> units) {
        this.commands = commands;
        this.units = units;
    }

    static Carried of(BundleContext context) {
        return new Carried(names(context.getProperty("hikae.commands")), names(context.getProperty("hikae.units")));
    }

    /** Empty: all. */
    private static Set<String> names(String list) {
        return list == null || list.isBlank() ? Set.of() : Set.of(list.strip().split(" *, *"));
    }

    boolean command(String name) {
        return commands.isEmpty() || commands.contains(name);
    }

    /** @param label as people know it */
    boolean unit(String label) {
        return units.isEmpty() || units.contains(label);
    }
}

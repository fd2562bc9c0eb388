package org.hikae.shell.call;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The platform as commands see it, for the time of one call. */
public interface Services extends AutoCloseable {

    /** The service, if it is there now. */
    <T> Optional<T> find(Class<T> service);

    /** @throws IOException if it is not there; names the unit that brings it */
    default <T> T get(Class<T> service) throws IOException {
        return find(service).orElseThrow(() -> new IOException(missing(service)));
    }

    /** What to say of a service that is not there. */
    static String missing(Class<?> service) {
        String what = Unit.of(service)
                .map(unit -> "the unit '" + unit.label() + "'")
                .orElseGet(() -> "the service " + service.getSimpleName());
        return what + " is not there; see 'unit list'";
    }

    /** Whether this distribution of the platform has a command, and what it is about. */
    default boolean carries(String command) {
        return true;
    }

    /** The bundles of the platform, and what they bring. */
    List<UnitStatus> units();

    /** Gives back what was found. */
    @Override
    void close();
}

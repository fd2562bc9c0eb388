package org.hikae.log;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Services of one kind that users choose by name, as they come and go. Thread-safe. */
final class Variants<S> {

    private final String noun;
    /** Guarded by this. */
    private final SortedMap<String, S> services = new TreeMap<>();

    Variants(String noun) {
        this.noun = noun;
    }

    synchronized void add(String name, S service) {
        services.put(name, service);
    }

    synchronized void remove(String name, S service) {
        services.remove(name, service);
    }

    synchronized List<String> names() {
        return List.copyOf(services.keySet());
    }

    synchronized S get(String name) throws IOException {
        S service = services.get(name);
        if (service == null) {
            throw new IOException("the log " + noun + " '" + name + "' is not there"
                    + (services.isEmpty() ? "" : "; there is: " + String.join(", ", services.keySet()))
                    + "; start its bundle, or choose another with 'bilog strategy'");
        }
        return service;
    }
}

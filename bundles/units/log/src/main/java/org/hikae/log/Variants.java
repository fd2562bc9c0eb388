package org.hikae.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Services of one kind that users choose by name, as they come and go. Thread-safe. */
final class Variants<S> {

    private final String noun;
    /** By name, the one that came first in front: it is in use, and the next when it goes. Guarded by this. */
    private final SortedMap<String, Deque<S>> services = new TreeMap<>();

    Variants(String noun) {
        this.noun = noun;
    }

    synchronized void add(String name, S service) {
        services.computeIfAbsent(name, any -> new ArrayDeque<>()).add(service);
    }

    synchronized void remove(String name, S service) {
        Deque<S> same = services.get(name);
        if (same != null && same.remove(service) && same.isEmpty()) {
            services.remove(name);
        }
    }

    synchronized List<String> names() {
        return List.copyOf(services.keySet());
    }

    /** The service of that name, in front of others of the same name that came later. */
    synchronized S get(String name) throws IOException {
        Deque<S> same = services.get(name);
        if (same == null) {
            throw new IOException("the log " + noun + " '" + name + "' is not there"
                    + (services.isEmpty() ? "" : "; there is: " + String.join(", ", services.keySet()))
                    + "; start its bundle, or choose another with 'bilog strategy'");
        }
        return same.getFirst();
    }

    /** Checks that a service of that name is still there. */
    synchronized void check(String name, S service) throws IOException {
        Deque<S> same = services.get(name);
        if (same == null || !same.contains(service)) {
            throw new IOException("the log " + noun + " '" + name + "' was stopped");
        }
    }
}

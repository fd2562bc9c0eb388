package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.tier.TierReport;

/** What a job of tape has done, and what it could not. Thread-safe. */
final class TapeTally {

    private static final int NAMED = 10;

    private final List<String> written = new ArrayList<>();
    private final Set<String> cartridges = new LinkedHashSet<>();
    private final List<String> evicted = new ArrayList<>();
    private final Set<String> shared = new LinkedHashSet<>();
    private final List<String> failures = new ArrayList<>();
    private long objects;
    private long bytes;
    private long present;
    private long freed;

    synchronized void add(TierReport report) {
        objects += report.objects();
        bytes += report.bytes();
        present += report.present();
        cartridges.addAll(report.cartridges());
    }

    synchronized void written(List<String> generations) {
        written.addAll(generations);
    }

    synchronized void add(Eviction eviction) {
        evicted.add(eviction.generation());
        freed += eviction.bytes();
        shared.addAll(eviction.shared());
    }

    synchronized void fail(String failure) {
        failures.add(failure);
    }

    /** Adds what was written. */
    synchronized void putWritten(Map<String, Object> result) {
        result.put("written", named(written));
        result.put("objects", objects);
        result.put("bytes", bytes);
        result.put("present", present);
        result.put("cartridges", named(cartridges));
    }

    /** Adds what was evicted. */
    synchronized void putEvicted(Map<String, Object> result) {
        result.put("evicted", named(evicted));
        result.put("freedBytes", freed);
        if (!shared.isEmpty()) {
            result.put("shared", first(shared));
        }
    }

    /** @throws IOException if anything could not be done: says what, and what was all the same */
    synchronized void check() throws IOException {
        if (!failures.isEmpty()) {
            throw new IOException(first(failures) + done("; written: ", written) + done("; evicted: ", evicted));
        }
    }

    private static String done(String what, List<String> generations) {
        return generations.isEmpty() ? "" : what + named(generations);
    }

    private static String named(Iterable<String> names) {
        return String.join(", ", names);
    }

    private static String first(java.util.Collection<String> all) {
        String named = String.join("; ", all.stream().limit(NAMED).toList());
        return all.size() > NAMED ? named + "; and " + (all.size() - NAMED) + " more" : named;
    }
}

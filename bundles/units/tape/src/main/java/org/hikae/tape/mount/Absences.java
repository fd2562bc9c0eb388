package org.hikae.tape.mount;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long one waits for cartridges that are in no library. When one has been waited for in vain, those who come next wait no
 * more, for a while; but for as long as others wait for it, they do too, until these give up. Thread-safe.
 */
final class Absences {

    /** How long nobody waits for what has not come. */
    static final long GIVEN_UP = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private final Supplier<Duration> patience;
    /** When a cartridge was given up; guarded by this, as below. */
    private final Map<String, Long> givenUp = new HashMap<>();
    /** What is awaited, and how many wait for it. */
    private final TreeMap<String, Integer> awaited = new TreeMap<>();

    /**
     * @param nanos the time, in nanoseconds from any beginning
     * @param patience how long one waits, at any time
     */
    Absences(LongSupplier nanos, Supplier<Duration> patience) {
        this.nanos = nanos;
        this.patience = patience;
    }

    /** What was given up may be waited for again: something was done. */
    synchronized void forgive() {
        givenUp.clear();
    }

    /** The barcodes that are waited for. */
    synchronized List<String> awaited() {
        return List.copyOf(awaited.keySet());
    }

    /** Somebody begins to miss a cartridge. */
    synchronized Wait begin(String barcode) {
        awaited.merge(barcode, 1, Integer::sum);
        return new Wait(barcode, nanos.getAsLong());
    }

    /** Somebody waits for a cartridge. */
    final class Wait implements AutoCloseable {

        private final String barcode;
        private final long since;

        private Wait(String barcode, long since) {
            this.barcode = barcode;
            this.since = since;
        }

        /** Whether it need not be waited for any more. */
        boolean isOver() {
            synchronized (Absences.this) {
                long now = nanos.getAsLong();
                Long when = givenUp.get(barcode);
                if (when != null && now - when >= GIVEN_UP) {
                    givenUp.remove(barcode);
                    when = null;
                }
                if (now - since < patience.get().toNanos()) {
                    return when != null && when - since <= 0;
                }
                givenUp.putIfAbsent(barcode, now);
                return true;
            }
        }

        @Override
        public void close() {
            synchronized (Absences.this) {
                awaited.computeIfPresent(barcode, (key, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}

package org.hikae.tapevirtual;

import java.io.IOException;
import java.time.Duration;

/** Counts what a drive does, and lets the time pass that it would take. Thread-safe. */
final class Meter {

    private final Times times;
    private final Passing passing;
    private final Cancellation cancellation;
    /** All guarded by this. */
    private long loads;

    private long locates;
    private long stops;
    private long read;
    private long written;
    private long nanos;

    Meter(Times times, Passing passing, Cancellation cancellation) {
        this.times = times;
        this.passing = passing;
        this.cancellation = cancellation;
    }

    void loaded() throws IOException {
        synchronized (this) {
            loads++;
        }
        pass(times.load());
    }

    void unloaded(long from) throws IOException {
        pass(times.travel(from, 0) + times.unload());
    }

    void located(long from, long to) throws IOException {
        if (from == to) {
            return;
        }
        synchronized (this) {
            locates++;
        }
        pass(times.travel(from, to));
    }

    void stopped(long at) throws IOException {
        synchronized (this) {
            stops++;
        }
        pass(times.travel(at, at));
    }

    void read(long bytes) throws IOException {
        synchronized (this) {
            read += bytes;
        }
        pass(times.stream(bytes));
    }

    void written(long bytes) throws IOException {
        synchronized (this) {
            written += bytes;
        }
        pass(times.stream(bytes));
    }

    synchronized Figures figures() {
        return new Figures(loads, locates, stops, read, written, Duration.ofNanos(nanos));
    }

    private void pass(long time) throws IOException {
        if (time > 0) {
            synchronized (this) {
                nanos += time;
            }
            passing.pass(time, cancellation);
        }
    }
}

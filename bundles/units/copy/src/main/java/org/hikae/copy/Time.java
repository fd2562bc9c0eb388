package org.hikae.copy;

import java.util.concurrent.locks.LockSupport;

/** The passing of time, for those who wait for some of it. Thread-safe. */
interface Time {

    /** That of the machine. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void park(long nanos) {
            LockSupport.parkNanos(nanos);
        }
    };

    /** Nanoseconds since some instant; may be negative. */
    long nanos();

    /** Waits so long, or less. */
    void park(long nanos);
}

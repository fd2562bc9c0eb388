package org.hikae.nbd.session;

/** Threads that clients share. Thread-safe. */
@FunctionalInterface
public interface Helpers {

    /**
     * Has another thread do the work.
     *
     * @return false if there is none to spare
     */
    boolean start(Runnable work);
}

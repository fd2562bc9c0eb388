package org.hikae.nbd.server;

import java.util.concurrent.ThreadFactory;

/** Threads that keep no process from ending. */
final class Threads {

    private Threads() {}

    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Starts a thread; false if the system has none to spare. */
    static boolean started(Thread thread) {
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }
}

package org.hikae.launcher;

import sun.misc.Signal;

/** Signals of the operating system. */
final class Signals {
    private Signals() {}

    /** From now on the action runs, on a thread of its own, instead of what happened before. */
    static void handle(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), signal -> action.run());
        } catch (IllegalArgumentException e) {
            // Not known on this system, or the JVM keeps it to itself (-Xrs): then it does what it always does.
            System.getLogger(Signals.class.getName()).log(System.Logger.Level.DEBUG, name, e);
        }
    }
}

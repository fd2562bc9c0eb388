package org.hikae.shell.call;

import java.util.List;

/**
 * A bundle of the platform, or one that brings an implementation to it.
 *
 * @param number number of the unit in the source document; null if it has none
 * @param unit what the unit is called
 * @param bundle symbolic name
 * @param version null if the bundle is not installed
 * @param state of the bundle in lower case, as OSGi calls it; {@code missing} if it is not installed
 * @param implementations what it brings of that which can be swapped
 * @param problem what is wrong with it, in a sentence; null if nothing is
 */
public record UnitStatus(
        String number,
        String unit,
        String bundle,
        String version,
        String state,
        List<Implementation> implementations,
        String problem) {

    /** Kinds of what can be swapped. */
    public enum Kind {
        MEDIUM_DRIVER("medium driver"),
        FILE_SYSTEM_FORMAT("file system format"),
        LOG_GATHERING("log gathering"),
        LOG_PLACEMENT("log placement"),
        TAPE_LIBRARY("tape library");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * An implementation that users choose by its name.
     *
     * @param name the word by which users choose it
     */
    public record Implementation(Kind kind, String name) {}
}

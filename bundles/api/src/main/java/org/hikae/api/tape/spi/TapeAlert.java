package org.hikae.api.tape.spi;

/**
 * Something that a drive says of itself or of its cartridge.
 *
 * @param severity how bad it is
 * @param text for people, a sentence without a full stop
 */
public record TapeAlert(Severity severity, String text) {

    /** From "good to know" to "data is at stake". */
    public enum Severity {
        INFORMATION,
        WARNING,
        CRITICAL
    }
}

package org.hikae.api.tape.spi;

/** A record is longer than what was to take it. */
public class RecordLengthException extends TapeMediumException {

    private static final long serialVersionUID = 1;

    public RecordLengthException(String message) {
        super(message);
    }
}

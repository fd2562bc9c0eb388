package org.hikae.api.tape.spi;

import java.io.IOException;

/** There is no room on the tape any more. */
public class EndOfMediumException extends IOException {

    private static final long serialVersionUID = 1;

    public EndOfMediumException(String message) {
        super(message);
    }
}

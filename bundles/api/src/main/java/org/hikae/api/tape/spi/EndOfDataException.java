package org.hikae.api.tape.spi;

import java.io.IOException;

/** The data of the tape ends before. */
public class EndOfDataException extends IOException {

    private static final long serialVersionUID = 1;

    public EndOfDataException(String message) {
        super(message);
    }
}

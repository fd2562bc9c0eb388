package org.hikae.api.tape.spi;

import java.io.IOException;

/** The tape cannot be written or read at a place: the fault is the cartridge's, as far as the drive can tell. */
public class TapeMediumException extends IOException {

    private static final long serialVersionUID = 1;

    public TapeMediumException(String message) {
        super(message);
    }
}

package org.hikae.api.tape.spi;

import java.io.IOException;

/** The cartridge cannot be written. */
public class WriteProtectedException extends IOException {

    private static final long serialVersionUID = 1;

    public WriteProtectedException(String message) {
        super(message);
    }
}

package org.hikae.api.tape.spi;

import java.io.IOException;

/** No cartridge is in the drive. */
public class NoCartridgeException extends IOException {

    private static final long serialVersionUID = 1;

    public NoCartridgeException(String message) {
        super(message);
    }
}

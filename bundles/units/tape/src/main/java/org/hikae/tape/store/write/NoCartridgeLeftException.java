package org.hikae.tape.store.write;

import java.io.IOException;

/** No cartridge can take what is to be written. The message says what to do; it may be tried again then. */
public final class NoCartridgeLeftException extends IOException {

    private static final long serialVersionUID = 1;

    NoCartridgeLeftException(String message) {
        super(message);
    }
}

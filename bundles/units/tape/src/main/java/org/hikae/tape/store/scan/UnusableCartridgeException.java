package org.hikae.tape.store.scan;

import java.io.IOException;

/** Nothing more may be written to a cartridge. The message says why. */
public final class UnusableCartridgeException extends IOException {

    private static final long serialVersionUID = 1;

    public UnusableCartridgeException(String message) {
        super(message);
    }
}

package org.hikae.tape.mount;

import java.io.IOException;

/** A cartridge is in no library. The message says which, and what to do. */
public final class CartridgeAbsentException extends IOException {

    private static final long serialVersionUID = 1;

    public CartridgeAbsentException(String message) {
        super(message);
    }
}

package org.hikae.tape.mount;

import java.io.IOException;

/** A cartridge has the barcode of another one. The message says which is expected and what is there. */
public final class SwappedException extends IOException {

    private static final long serialVersionUID = 1;

    public SwappedException(String message) {
        super(message);
    }
}

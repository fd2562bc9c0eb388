package org.hikae.tape.mount;

import java.io.IOException;

/** Something that is not Hikae's is on a cartridge. The message says what. */
public final class ForeignException extends IOException {

    private static final long serialVersionUID = 1;

    public ForeignException(String message) {
        super(message);
    }
}

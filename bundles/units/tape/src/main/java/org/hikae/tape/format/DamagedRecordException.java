package org.hikae.tape.format;

import java.io.IOException;

/** Bytes from a cartridge are not what was written there, or nothing of ours. The message says what is wrong with them. */
public final class DamagedRecordException extends IOException {

    private static final long serialVersionUID = 1;

    public DamagedRecordException(String message) {
        super(message);
    }
}

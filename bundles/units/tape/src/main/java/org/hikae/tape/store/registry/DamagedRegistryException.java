package org.hikae.tape.store.registry;

import java.io.IOException;

/** The registry is not what was stored. The message says what is wrong; {@link Registry} adds where, and what to do. */
public final class DamagedRegistryException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}

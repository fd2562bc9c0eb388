package org.hikae.api.media.spi;

import java.io.IOException;

/** There is no space left on a medium. */
public class MediumFullException extends IOException {

    private static final long serialVersionUID = 1;

    public MediumFullException(String message, Throwable cause) {
        super(message, cause);
    }
}

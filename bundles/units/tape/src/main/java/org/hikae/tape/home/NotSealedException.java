package org.hikae.tape.home;

import java.io.IOException;

/** A text is not what was sealed. The message goes on after the name of the text, such as "is damaged". */
public final class NotSealedException extends IOException {

    private static final long serialVersionUID = 1;

    public NotSealedException(String message) {
        super(message);
    }

    public NotSealedException(String message, Throwable cause) {
        super(message, cause);
    }
}

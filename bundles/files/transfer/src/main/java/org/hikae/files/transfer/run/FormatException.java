package org.hikae.files.transfer.run;

import java.io.IOException;

/** Bytes that are no frame, or items that make no run. Its message says what is wrong, and trusts nothing of it. */
public class FormatException extends IOException {
    private static final long serialVersionUID = 1;

    public FormatException(String message) {
        super(message);
    }
}

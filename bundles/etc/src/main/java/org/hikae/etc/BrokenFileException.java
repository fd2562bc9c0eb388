package org.hikae.etc;

import java.io.IOException;

/** A configuration file that cannot be understood; the message says where and why. */
final class BrokenFileException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenFileException(String message) {
        super(message);
    }
}

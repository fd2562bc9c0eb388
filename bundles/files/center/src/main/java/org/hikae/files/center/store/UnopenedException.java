package org.hikae.files.center.store;

import java.io.IOException;

/** A medium is not open yet, and whoever wants it does not wait for it, or has waited long enough. */
final class UnopenedException extends IOException {

    private static final long serialVersionUID = 1;

    private final String medium;

    UnopenedException(String medium, String message) {
        super(message);
        this.medium = medium;
    }

    String medium() {
        return medium;
    }
}

package org.hikae.files.client.restore;

import java.io.IOException;

/** What has come of a file in several goes does not belong together: all of it has to come again. */
final class StartOverException extends IOException {

    private static final long serialVersionUID = 1;

    StartOverException(String message) {
        super(message);
    }
}

package org.hikae.node.nio;

import java.io.IOException;

/** Somebody took a file or a name away after a path had led there, or was faster to make one: the path has to be followed again. */
final class StaleException extends IOException {

    private static final long serialVersionUID = 1;

    StaleException(IOException cause) {
        super(cause);
    }
}

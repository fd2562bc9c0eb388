package org.hikae.wire;

import java.io.IOException;

/** The other side speaks another version of the protocol. */
public final class VersionException extends IOException {
    private static final long serialVersionUID = 1L;

    VersionException(int version) {
        super("the other side speaks version " + version + " of the protocol, this one version " + Connection.VERSION);
    }
}

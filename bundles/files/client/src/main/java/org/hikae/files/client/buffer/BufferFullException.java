package org.hikae.files.client.buffer;

import java.io.IOException;

/** The buffer area has no room, by its limit or that of its file system. */
public class BufferFullException extends IOException {

    private static final long serialVersionUID = 1;

    public BufferFullException(String message) {
        super(message);
    }
}

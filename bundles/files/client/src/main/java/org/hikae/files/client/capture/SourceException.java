package org.hikae.files.client.capture;

import java.io.IOException;

/** A file that is backed up cannot be read; its cause says why. The run goes on without it. */
final class SourceException extends IOException {

    private static final long serialVersionUID = 1;

    SourceException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Reads of a file. */
    @FunctionalInterface
    interface Read<T> {
        T read() throws IOException;
    }

    /** Does it, and tells its failures from those of the buffer. */
    static <T> T of(Read<T> read) throws SourceException {
        try {
            return read.read();
        } catch (IOException e) {
            throw new SourceException(e);
        } catch (SecurityException e) {
            throw new SourceException(new IOException(e.getMessage(), e));
        }
    }
}

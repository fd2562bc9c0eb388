package org.hikae.tape.medium;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.ObjectWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an object to tape, and into the home beside it. It is there once it is on tape; if the home cannot take it, it is read from tape
 * when it is needed.
 */
final class KeptWriter implements ObjectWriter {

    private static final Logger LOG = LoggerFactory.getLogger(KeptWriter.class);

    private final String object;
    private final ObjectWriter far;
    /** Null if the home could not take it from the start. */
    private ObjectWriter near;

    private boolean isKept = true;

    /** Begins the object in the home. */
    @FunctionalInterface
    interface Beginning {
        /** @throws IOException if the home cannot take it */
        ObjectWriter begin() throws IOException;
    }

    KeptWriter(String object, ObjectWriter far, Beginning near) {
        this.object = object;
        this.far = far;
        keep(() -> this.near = near.begin());
    }

    @Override
    public void write(ByteBuffer src) throws IOException {
        ByteBuffer same = src.duplicate();
        try {
            far.write(src);
        } finally {
            // A medium that is full has taken a part, and gets the rest later.
            same.limit(src.position());
            keep(() -> near.write(same));
        }
    }

    @Override
    public long length() {
        return far.length();
    }

    @Override
    public void commit() throws IOException {
        far.commit();
        keep(() -> near.commit());
    }

    private void keep(Step step) {
        if (!isKept) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            isKept = false;
            LOG.warn("{} is not kept in the home, and will be read from tape: {}", object, Reason.of(e));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            far.close();
        } finally {
            if (near != null) {
                near.close();
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}

package org.hikae.tape.medium;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.tape.store.write.NoCartridgeLeftException;
import org.hikae.tape.store.write.ObjectStream;
import org.hikae.tape.store.write.Session;

/** Writes an object into a session that others write into too. */
final class TapeWriter implements ObjectWriter {

    private final SharedSession shared;
    private final Session session;
    private final ObjectStream stream;
    /** Null before the object is whole. */
    private Session.Pending pending;

    private boolean committed;
    private boolean ended;

    TapeWriter(SharedSession shared, Session session, ObjectStream stream) {
        this.shared = shared;
        this.session = session;
        this.stream = stream;
    }

    @Override
    public void write(ByteBuffer src) throws IOException {
        run(() -> stream.write(src));
    }

    @Override
    public long length() {
        return stream.length();
    }

    @Override
    public void commit() throws IOException {
        run(() -> {
            if (pending == null) {
                pending = new Session.Pending(List.of(stream.finish()));
            }
            session.commit(pending);
        });
        committed = true;
    }

    private void run(Step step) throws IOException {
        if (ended || committed) {
            throw new IOException("the object's writer has ended");
        }
        try {
            step.run();
        } catch (NoCartridgeLeftException e) {
            throw new MediumFullException(e.getMessage(), e);
        } catch (CancellationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            if (pending != null && !committed) {
                session.withdraw(pending);
            }
            stream.close();
            shared.leave(session);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}

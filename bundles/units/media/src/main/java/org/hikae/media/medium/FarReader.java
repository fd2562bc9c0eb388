package org.hikae.media.medium;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.hikae.api.media.spi.ObjectReader;

/** Reads a copy of an object from the second tier, as long as the medium is there. Thread-safe. */
final class FarReader implements ObjectReader {

    private final Copies copies;
    private final String object;
    private final ObjectReader reader;

    FarReader(Copies copies, String object, ObjectReader reader) {
        this.copies = copies;
        this.object = object;
        this.reader = reader;
    }

    /** Reads. */
    private interface Step {
        long run() throws IOException;
    }

    private long run(Step step) throws IOException {
        copies.checkThere();
        try {
            return step.run();
        } catch (ClosedChannelException | InterruptedIOException e) {
            throw e;
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new SecondTierException(copies, object, e);
        }
    }

    @Override
    public long length() {
        return reader.length();
    }

    @Override
    public void read(ByteBuffer dst, long position) throws IOException {
        run(() -> {
            reader.read(dst, position);
            return 0;
        });
    }

    @Override
    public long nextData(long position) throws IOException {
        return run(() -> reader.nextData(position));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

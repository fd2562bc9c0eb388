package org.hikae.media.medium;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.spi.PlacedWriter;

/**
 * A driver's medium, held at arm's length: once the driver has gone nothing reaches it any more, and what it throws
 * beyond its contract comes out as an exception that users can read.
 */
final class GuardedMedium implements Medium {

    private final String name;
    private final Medium medium;
    /** Why it cannot be used any more; null while it can. */
    private volatile String gone;

    GuardedMedium(String name, Medium medium) {
        this.name = name;
        this.medium = medium;
    }

    /** From now on everything fails for this reason, such as "its driver went away". */
    void leave(String reason) {
        gone = reason;
    }

    /** @throws IOException once it cannot be used any more */
    void checkThere() throws IOException {
        if (gone != null) {
            throw new IOException("medium '" + name + "': " + gone);
        }
    }

    private <T> T call(Call<T> call) throws IOException {
        checkThere();
        try {
            return call.run();
        } catch (IllegalArgumentException e) {
            throw e; // what the contract says of names that are none
        } catch (RuntimeException | LinkageError e) {
            throw new IOException("medium '" + name + "': its driver failed with " + e, e);
        }
    }

    private void run(Step step) throws IOException {
        call(() -> {
            step.run();
            return null;
        });
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private interface Step {
        void run() throws IOException;
    }

    @Override
    public List<MediumObject> list(String prefix) throws IOException {
        return call(() -> medium.list(prefix));
    }

    @Override
    public ObjectWriter create(String object) throws IOException {
        return new Writer(call(() -> medium.create(object)));
    }

    @Override
    public PlacedWriter createPlaced(String object, long length) throws IOException {
        return new Placed(call(() -> medium.createPlaced(object, length)));
    }

    @Override
    public ObjectReader open(String object) throws IOException {
        return new Reader(call(() -> medium.open(object)));
    }

    @Override
    public void delete(String object) throws IOException {
        run(() -> medium.delete(object));
    }

    @Override
    public void discardUncommitted() throws IOException {
        run(() -> medium.discardUncommitted());
    }

    @Override
    public Optional<UUID> id() throws IOException {
        return call(() -> medium.id().or(Optional::empty));
    }

    @Override
    public boolean isComplete() throws IOException {
        return call(medium::isComplete);
    }

    @Override
    public MediumSpace space() throws IOException {
        return call(medium::space);
    }

    @Override
    public Set<Capability> capabilities() {
        return medium.capabilities();
    }

    @Override
    public void close() throws IOException {
        medium.close();
    }

    /** An object being written. */
    private final class Writer implements ObjectWriter {

        private final ObjectWriter writer;

        Writer(ObjectWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(ByteBuffer src) throws IOException {
            run(() -> writer.write(src));
        }

        @Override
        public long length() {
            return writer.length();
        }

        @Override
        public void commit() throws IOException {
            run(() -> writer.commit());
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /** An object being written in any order. */
    private final class Placed implements PlacedWriter {

        private final PlacedWriter writer;

        Placed(PlacedWriter writer) {
            this.writer = writer;
        }

        @Override
        public long length() {
            return writer.length();
        }

        @Override
        public void write(ByteBuffer src, long position) throws IOException {
            run(() -> writer.write(src, position));
        }

        @Override
        public void zero(long position, long length) throws IOException {
            run(() -> writer.zero(position, length));
        }

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            run(() -> writer.read(dst, position));
        }

        @Override
        public void commit() throws IOException {
            run(() -> writer.commit());
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /** An object being read. */
    private final class Reader implements ObjectReader {

        private final ObjectReader reader;

        Reader(ObjectReader reader) {
            this.reader = reader;
        }

        @Override
        public long length() {
            return reader.length();
        }

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            run(() -> reader.read(dst, position));
        }

        @Override
        public long nextData(long position) throws IOException {
            return call(() -> reader.nextData(position));
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}

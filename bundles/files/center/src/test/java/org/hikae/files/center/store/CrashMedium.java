package org.hikae.files.center.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;

/** A medium in memory, that stops for good at some step: before what the step does, or after. */
class CrashMedium implements Medium {

    /** What is thrown from the crash on. */
    static final class Crash extends IOException {
        private static final long serialVersionUID = 1;

        Crash() {
            super("the machine has stopped");
        }
    }

    /** With whose machine it stops; its own. */
    private final CrashMedium machine;

    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    /** Steps that are still done; below 0: it has stopped. */
    long left = Long.MAX_VALUE;

    /** How often something is still opened before it stops. */
    long opens = Long.MAX_VALUE;

    /** Is told of each object that is to be deleted. */
    Consumer<String> beforeDelete = name -> {};

    /** Is told of each object that is to be made. */
    Consumer<String> beforeCreate = name -> {};

    boolean complete = true;

    /** Whether it takes nothing more. */
    boolean full;

    CrashMedium() {
        machine = this;
    }

    /** Another one of the same machine. */
    CrashMedium(CrashMedium machine) {
        this.machine = machine;
    }

    /** Lets it go on as after a start. */
    void restart() {
        left = Long.MAX_VALUE;
        opens = Long.MAX_VALUE;
    }

    boolean hasStopped() {
        return machine.left < 0;
    }

    /** Each change counts twice: it may stop before, and after. */
    private void step() throws IOException {
        if (machine.left >= 0) {
            machine.left--;
        }
        check();
    }

    private void check() throws IOException {
        if (hasStopped()) {
            throw new Crash();
        }
    }

    @Override
    public List<MediumObject> list(String prefix) throws IOException {
        check();
        return objects.entrySet().stream()
                .filter(each -> each.getKey().startsWith(prefix))
                .map(each -> new MediumObject(each.getKey(), each.getValue().length))
                .toList();
    }

    @Override
    public ObjectWriter create(String name) throws IOException {
        beforeCreate.accept(name);
        step();
        if (full) {
            throw new MediumFullException("there is no space", null);
        }
        if (objects.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        return new Writer(name);
    }

    @Override
    public ObjectReader open(String name) throws IOException {
        if (machine.opens-- <= 0) {
            machine.left = -1;
        }
        check();
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return new Reader(bytes);
    }

    @Override
    public void delete(String name) throws IOException {
        beforeDelete.accept(name);
        step();
        objects.remove(name);
        step();
    }

    @Override
    public void discardUncommitted() {}

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void close() {}

    /** The objects as they are. */
    Map<String, byte[]> snapshot() {
        return Map.copyOf(objects);
    }

    private final class Writer implements ObjectWriter {

        private final String name;
        private byte[] bytes = new byte[0];

        Writer(String name) {
            this.name = name;
        }

        @Override
        public void write(ByteBuffer src) throws IOException {
            step();
            int begin = bytes.length;
            bytes = Arrays.copyOf(bytes, begin + src.remaining());
            src.get(bytes, begin, bytes.length - begin);
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void commit() throws IOException {
            step();
            objects.put(name, bytes);
            step();
        }

        @Override
        public void close() {}
    }

    private final class Reader implements ObjectReader {

        private final byte[] bytes;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            check();
            if (position + dst.remaining() > bytes.length) {
                throw new EOFException();
            }
            dst.put(bytes, (int) position, dst.remaining());
        }

        @Override
        public void close() {}
    }
}

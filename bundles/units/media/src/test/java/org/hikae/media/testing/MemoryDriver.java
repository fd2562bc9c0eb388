package org.hikae.media.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.spi.PlacedWriter;

/**
 * A medium in memory, whose committed objects tests can look at and damage. Every step that changes it first asks
 * {@link Fault}, which may make the process "die" there.
 */
public final class MemoryDriver implements MediumDriver {

    /** May fail any step. */
    public interface Fault {
        void step(String what) throws IOException;
    }

    /** Committed objects. */
    public final SortedMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    public volatile Fault fault = what -> {};

    /** Told of each object that has been committed. */
    public volatile Fault committed = name -> {};

    /** The id of the medium, whoever owns it; null: it has none. */
    public volatile UUID id;

    /** Whether all objects are listed, as the medium says. */
    public volatile boolean complete = true;

    /** Whether objects can be written in any order. */
    public volatile boolean overwritable = true;

    /** Bytes that it still takes before it is full. */
    public final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    @Override
    public Medium open(String location) {
        return new MemoryMedium();
    }

    /** The objects as they are, to be put back. */
    public SortedMap<String, byte[]> copy() {
        SortedMap<String, byte[]> copy = new TreeMap<>();
        objects.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return copy;
    }

    /** Names of the objects, but for what marks the medium. */
    public Set<String> names() {
        return objects.keySet().stream()
                .filter(name -> !name.startsWith("hikae-medium"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private final class MemoryMedium implements Medium {

        @Override
        public List<MediumObject> list(String prefix) throws IOException {
            fault.step("list " + prefix);
            return objects.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(prefix))
                    .map(entry -> new MediumObject(entry.getKey(), entry.getValue().length))
                    .toList();
        }

        @Override
        public ObjectWriter create(String name) throws IOException {
            fault.step("create " + name);
            if (objects.containsKey(name)) {
                throw new FileAlreadyExistsException(name);
            }
            return new Writer(name);
        }

        @Override
        public PlacedWriter createPlaced(String name, long length) throws IOException {
            fault.step("create " + name);
            if (!overwritable) {
                return Medium.super.createPlaced(name, length);
            }
            if (objects.containsKey(name)) {
                throw new FileAlreadyExistsException(name);
            }
            return new Placed(name, new byte[Math.toIntExact(length)]);
        }

        @Override
        public ObjectReader open(String name) throws IOException {
            fault.step("open " + name);
            byte[] bytes = objects.get(name);
            if (bytes == null) {
                throw new NoSuchFileException(name);
            }
            return new MemoryReader(name, bytes, what -> fault.step(what));
        }

        @Override
        public void delete(String name) throws IOException {
            fault.step("delete " + name);
            objects.remove(name);
        }

        @Override
        public void discardUncommitted() throws IOException {
            fault.step("discard");
        }

        @Override
        public Optional<UUID> id() {
            return Optional.ofNullable(id);
        }

        @Override
        public boolean isComplete() {
            return complete;
        }

        @Override
        public MediumSpace space() throws IOException {
            fault.step("space");
            return new MediumSpace(-1, -1);
        }

        @Override
        public Set<Capability> capabilities() {
            return overwritable
                    ? EnumSet.of(Capability.OVERWRITE, Capability.RANDOM_READ)
                    : EnumSet.of(Capability.RANDOM_READ);
        }

        @Override
        public void close() {}
    }

    private final class Writer implements ObjectWriter {

        private final String name;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Writer(String name) {
            this.name = name;
        }

        @Override
        public void write(ByteBuffer src) throws IOException {
            fault.step("write " + name);
            long taken = Math.min(src.remaining(), room.get());
            byte[] piece = new byte[(int) taken];
            src.get(piece);
            bytes.writeBytes(piece);
            room.addAndGet(-taken);
            if (src.hasRemaining()) {
                throw new MediumFullException("full", null);
            }
        }

        @Override
        public long length() {
            return bytes.size();
        }

        @Override
        public void commit() throws IOException {
            fault.step("commit " + name);
            objects.put(name, bytes.toByteArray());
            fault.step("committed " + name);
            committed.step(name);
        }

        @Override
        public void close() {}
    }

    private final class Placed implements PlacedWriter {

        private final String name;
        private final byte[] bytes;

        Placed(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void write(ByteBuffer src, long position) throws IOException {
            Objects.checkFromIndexSize(position, src.remaining(), length());
            fault.step("place " + name);
            src.get(bytes, (int) position, src.remaining());
        }

        @Override
        public void zero(long position, long length) throws IOException {
            Objects.checkFromIndexSize(position, length, length());
            fault.step("zero " + name);
            Arrays.fill(bytes, (int) position, (int) (position + length), (byte) 0);
        }

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            fault.step("read " + name);
            dst.put(bytes, (int) position, dst.remaining());
        }

        @Override
        public void commit() throws IOException {
            fault.step("commit " + name);
            objects.put(name, bytes.clone());
            fault.step("committed " + name);
            committed.step(name);
        }

        @Override
        public void close() {}
    }
}

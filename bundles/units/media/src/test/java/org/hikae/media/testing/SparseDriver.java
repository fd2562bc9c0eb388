package org.hikae.media.testing;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.spi.PlacedWriter;

/** A medium in memory whose placed objects may be as long as there are numbers: only what was written takes room. */
public final class SparseDriver implements MediumDriver {

    private static final int PAGE = 512;

    private final MemoryDriver others = new MemoryDriver();
    private final Map<String, Sparse> images = new ConcurrentHashMap<>();

    @Override
    public Medium open(String location) {
        return new SparseMedium(others.open(location));
    }

    private final class SparseMedium implements Medium {

        private final Medium medium;

        SparseMedium(Medium medium) {
            this.medium = medium;
        }

        @Override
        public List<MediumObject> list(String prefix) throws IOException {
            List<MediumObject> found = new ArrayList<>(medium.list(prefix));
            images.forEach((name, image) -> {
                if (name.startsWith(prefix)) {
                    found.add(new MediumObject(name, image.length));
                }
            });
            found.sort(Comparator.comparing(MediumObject::name));
            return found;
        }

        @Override
        public ObjectWriter create(String name) throws IOException {
            return medium.create(name);
        }

        @Override
        public PlacedWriter createPlaced(String name, long length) {
            return new Sparse(name, length);
        }

        @Override
        public ObjectReader open(String name) throws IOException {
            Sparse image = images.get(name);
            if (image == null) {
                return medium.open(name);
            }
            return image.reader();
        }

        @Override
        public void delete(String name) throws IOException {
            if (images.remove(name) == null) {
                medium.delete(name);
            }
        }

        @Override
        public void discardUncommitted() throws IOException {
            medium.discardUncommitted();
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(Capability.OVERWRITE, Capability.RANDOM_READ);
        }

        @Override
        public void close() throws IOException {
            medium.close();
        }
    }

    private final class Sparse implements PlacedWriter {

        private final String name;
        private final long length;
        private final ConcurrentSkipListMap<Long, byte[]> pages = new ConcurrentSkipListMap<>();

        Sparse(String name, long length) {
            this.name = name;
            this.length = length;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void write(ByteBuffer src, long position) {
            Objects.checkFromIndexSize(position, src.remaining(), length);
            for (long at = position; src.hasRemaining(); at++) {
                pages.computeIfAbsent(at / PAGE, page -> new byte[PAGE])[(int) (at % PAGE)] = src.get();
            }
        }

        @Override
        public void zero(long position, long count) {
            Objects.checkFromIndexSize(position, count, length);
            for (long at = position; at < position + count; at++) {
                byte[] page = pages.get(at / PAGE);
                if (page != null) {
                    page[(int) (at % PAGE)] = 0;
                }
            }
        }

        @Override
        public void read(ByteBuffer dst, long position) throws EOFException {
            if (position > length - dst.remaining()) {
                throw new EOFException(name);
            }
            for (long at = position; dst.hasRemaining(); at++) {
                byte[] page = pages.get(at / PAGE);
                dst.put(page == null ? 0 : page[(int) (at % PAGE)]);
            }
        }

        @Override
        public void commit() {
            images.put(name, this);
        }

        @Override
        public void close() {}

        ObjectReader reader() {
            Sparse image = this;
            return new ObjectReader() {
                @Override
                public long length() {
                    return length;
                }

                @Override
                public void read(ByteBuffer dst, long position) throws IOException {
                    image.read(dst, position);
                }

                @Override
                public long nextData(long position) {
                    Long page = pages.ceilingKey(position / PAGE);
                    return page == null ? length : Math.max(position, page * PAGE);
                }

                @Override
                public void close() {}
            };
        }
    }
}

package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.spi.PlacedWriter;
import org.osgi.framework.BundleContext;

/** A third party's medium driver: folders, as the driver {@code directory}, with a {@link Watch} on what is written. */
final class ProbeDriver implements MediumDriver {
    /** What a test does before something reaches the medium; it may hold the thread there, or throw. */
    interface Watch {
        default void write(String object, ByteBuffer data) throws IOException {}

        default void commit(String object) throws IOException {}
    }

    private final MediumDriver directory;
    private volatile Watch watch = new Watch() {};

    private ProbeDriver(MediumDriver directory) {
        this.directory = directory;
    }

    /** Registers a driver of that name. */
    static ProbeDriver register(BundleContext context, Services services, String name) {
        ProbeDriver driver = new ProbeDriver(services.get(MediumDriver.class, "(" + NAME + "=directory)"));
        context.registerService(MediumDriver.class, driver, new Hashtable<>(Map.of(NAME, name)));
        return driver;
    }

    void watch(Watch newWatch) {
        watch = newWatch;
    }

    @Override
    public Medium open(String location) throws IOException {
        return new ProbeMedium(directory.open(location));
    }

    private final class ProbeMedium implements Medium {
        private final Medium medium;

        ProbeMedium(Medium medium) {
            this.medium = medium;
        }

        @Override
        public List<MediumObject> list(String prefix) throws IOException {
            return medium.list(prefix);
        }

        @Override
        public ObjectWriter create(String name) throws IOException {
            return new ProbeWriter(name, medium.create(name));
        }

        @Override
        public PlacedWriter createPlaced(String name, long length) throws IOException {
            return new PlacedProbe(name, medium.createPlaced(name, length));
        }

        @Override
        public ObjectReader open(String name) throws IOException {
            return medium.open(name);
        }

        @Override
        public void delete(String name) throws IOException {
            medium.delete(name);
        }

        @Override
        public void discardUncommitted() throws IOException {
            medium.discardUncommitted();
        }

        @Override
        public MediumSpace space() throws IOException {
            return medium.space();
        }

        @Override
        public Set<Capability> capabilities() {
            return medium.capabilities();
        }

        @Override
        public void close() throws IOException {
            medium.close();
        }
    }

    private final class ProbeWriter implements ObjectWriter {
        private final String name;
        private final ObjectWriter writer;

        ProbeWriter(String name, ObjectWriter writer) {
            this.name = name;
            this.writer = writer;
        }

        @Override
        public void write(ByteBuffer src) throws IOException {
            watch.write(name, src);
            writer.write(src);
        }

        @Override
        public long length() {
            return writer.length();
        }

        @Override
        public void commit() throws IOException {
            watch.commit(name);
            writer.commit();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    private final class PlacedProbe implements PlacedWriter {
        private final String name;
        private final PlacedWriter writer;

        PlacedProbe(String name, PlacedWriter writer) {
            this.name = name;
            this.writer = writer;
        }

        @Override
        public long length() {
            return writer.length();
        }

        @Override
        public void write(ByteBuffer src, long position) throws IOException {
            watch.write(name, src);
            writer.write(src, position);
        }

        @Override
        public void zero(long position, long length) throws IOException {
            writer.zero(position, length);
        }

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            writer.read(dst, position);
        }

        @Override
        public void commit() throws IOException {
            watch.commit(name);
            writer.commit();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}

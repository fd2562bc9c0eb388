package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;

/** What generations consist of: data, an index and a manifest, each; evicted as the contract says and not otherwise. */
final class FakeObjects {

    final Set<String> evicted = new TreeSet<>();
    /** Names of objects that cannot be read. */
    final Set<String> unreadable = new TreeSet<>();
    /** How many are held now. */
    final AtomicInteger held = new AtomicInteger();

    static UUID medium(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] content(String name, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) name.hashCode());
        return bytes;
    }

    StoredObjects open(GenerationInfo generation) {
        List<StoredObjects.StoredObject> objects = new ArrayList<>();
        boolean near = !evicted.contains(generation.id());
        objects.add(object(generation, "data.00.0000", (int) generation.storedBytes(), near, true));
        objects.add(object(generation, "index", 10, true, false));
        objects.add(object(generation, "manifest", 20, true, false));
        held.incrementAndGet();
        return new StoredObjects() {
            @Override
            public String generation() {
                return generation.id();
            }

            @Override
            public List<StoredObject> list() {
                return objects;
            }

            @Override
            public ObjectReader open(StoredObject object) throws IOException {
                return reader(object);
            }

            @Override
            public void close() {
                held.decrementAndGet();
            }
        };
    }

    private static StoredObjects.StoredObject object(
            GenerationInfo of, String name, int length, boolean near, boolean bulk) {
        return new StoredObjects.StoredObject(
                medium(of.medium()), of.medium(), of.id() + "/" + name, length, near, bulk);
    }

    private ObjectReader reader(StoredObjects.StoredObject object) throws IOException {
        if (!object.near()) {
            throw new IOException("a fake cannot recall " + object.name());
        }
        byte[] bytes = content(object.name(), (int) object.length());
        return new ObjectReader() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void read(ByteBuffer dst, long position) throws IOException {
                if (unreadable.contains(object.name())) {
                    throw new IOException("bad sector");
                }
                dst.put(bytes, (int) position, dst.remaining());
            }

            @Override
            public void close() {}
        };
    }

    Eviction evict(GenerationInfo generation, SecondTier tier) throws IOException {
        try (StoredObjects objects = open(generation)) {
            long bytes = 0;
            for (StoredObjects.StoredObject each : objects.list()) {
                if (each.bulk() && !each.near()) {
                    throw new IOException("generation " + generation.id() + " has no data on its media any more");
                } else if (each.bulk()
                        && tier.copies(each.medium(), each.name()).stream().noneMatch(TierCopy::isProven)) {
                    throw new IOException(each.name() + " has no proven copy");
                }
                bytes += each.bulk() ? each.length() : 0;
            }
            evicted.add(generation.id());
            return new Eviction(generation.id(), bytes, List.of());
        }
    }
}

package org.hikae.tape.store.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.tape.format.PackedInput;
import org.hikae.tape.format.PackedOutput;
import org.hikae.tape.store.Extent;

/**
 * Where the bytes of objects lie, by session, object and table: also of objects that are not whole, since what makes them so may
 * be on a cartridge that is read later.
 */
final class ExtentMap {

    /** Characters of an id, and of a number. */
    private static final int ID = 36;

    private static final int HEX = 16;

    private final SealedMap map;

    ExtentMap(SealedMap map) {
        this.map = map;
    }

    /**
     * Adds those that a table names for an object. A table that is told twice may be longer the second time, but names everything
     * alike.
     */
    void add(UUID session, long object, long table, List<Extent> extents) throws IOException {
        String key = key(session, object) + Book.hex(table);
        TreeMap<Long, Extent> all = new TreeMap<>();
        byte[] before = map.get(key);
        if (before != null) {
            decode(before).forEach(extent -> all.put(extent.offset(), extent));
        }
        extents.forEach(extent -> all.put(extent.offset(), extent));
        map.put(key, encode(all.values()));
    }

    /** All of an object, by ascending offsets. */
    List<Extent> of(UUID session, long object) throws IOException {
        TreeMap<Long, Extent> all = new TreeMap<>();
        map.scan(key(session, object), (key, value) -> decode(value)
                .forEach(extent -> all.put(extent.offset(), extent)));
        return new ArrayList<>(all.values());
    }

    /** Shows all, by sessions and objects; more than once for an object that several tables name. */
    void scan(Visitor visitor) throws IOException {
        map.scan("", (key, value) -> {
            if (key.length() != ID + 2 * HEX) {
                throw new DamagedRegistryException("there is a key " + key, null);
            }
            UUID session = Book.id(key.substring(0, ID));
            visitor.visit(session, Book.fromHex(key.substring(0, ID + HEX)), decode(value));
        });
    }

    /** Is shown what tables name. */
    @FunctionalInterface
    interface Visitor {
        void visit(UUID session, long object, List<Extent> extents) throws IOException;
    }

    void remove(UUID session, long object) throws IOException {
        map.removeAll(key(session, object));
    }

    void remove(UUID session) throws IOException {
        map.removeAll(session.toString());
    }

    private static String key(UUID session, long object) {
        return session + Book.hex(object);
    }

    private static byte[] encode(Collection<Extent> extents) {
        PackedOutput out = new PackedOutput().putInt(extents.size());
        for (Extent extent : extents) {
            out.putLong(extent.offset()).putLong(extent.length()).putId(extent.volume());
            out.putLong(extent.block()).putInt(extent.payload());
        }
        return out.toBytes();
    }

    private static List<Extent> decode(byte[] bytes) throws IOException {
        PackedInput in = new PackedInput(bytes);
        List<Extent> extents = new ArrayList<>();
        for (int left = in.takeCount(44); left > 0; left--) {
            extents.add(new Extent(in.takeLong(), in.takeLong(), in.takeId(), in.takeLong(), in.takeInt()));
        }
        return extents;
    }
}

package org.hikae.tape.store.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
     * What a table says of an object.
     *
     * @param on the cartridges that the table stands on: more than one, if it was not known whether it had come to the first
     */
    private record Row(Set<UUID> on, TreeMap<Long, Extent> extents) {}

    /**
     * Adds those that a table names for an object. A table that is told twice may be longer the second time, but names everything
     * alike.
     *
     * @param on the cartridge that the table stands on
     */
    void add(UUID session, long object, long table, UUID on, List<Extent> extents) throws IOException {
        String key = key(session, object) + Book.hex(table);
        byte[] before = map.get(key);
        Row row = before == null ? new Row(new TreeSet<>(), new TreeMap<>()) : decode(before);
        row.on().add(on);
        extents.forEach(extent -> row.extents().put(extent.offset(), extent));
        map.put(key, encode(row));
    }

    /** All of an object, by ascending offsets. */
    List<Extent> of(UUID session, long object) throws IOException {
        TreeMap<Long, Extent> all = new TreeMap<>();
        map.scan(key(session, object), (key, value) -> all.putAll(decode(value).extents()));
        return new ArrayList<>(all.values());
    }

    /** The cartridges with tables that name bytes of an object: without these nobody finds them. */
    Set<UUID> tables(UUID session, long object) throws IOException {
        Set<UUID> all = new TreeSet<>();
        map.scan(key(session, object), (key, value) -> all.addAll(decode(value).on()));
        return all;
    }

    /** Shows all, by sessions and objects; more than once for an object that several tables name. */
    void scan(Visitor visitor) throws IOException {
        map.scan("", (key, value) -> {
            if (key.length() != ID + 2 * HEX) {
                throw new DamagedRegistryException("there is a key " + key, null);
            }
            Row row = decode(value);
            Set<UUID> volumes = new TreeSet<>(row.on());
            row.extents().values().forEach(extent -> volumes.add(extent.volume()));
            visitor.visit(Book.id(key.substring(0, ID)), Book.fromHex(key.substring(0, ID + HEX)), volumes);
        });
    }

    /** Is shown what tables name. */
    @FunctionalInterface
    interface Visitor {

        /** @param volumes the cartridges with bytes of the object, or with a table that names them */
        void visit(UUID session, long object, Set<UUID> volumes) throws IOException;
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

    private static byte[] encode(Row row) {
        PackedOutput out = new PackedOutput().putInt(row.on().size());
        row.on().forEach(out::putId);
        out.putInt(row.extents().size());
        for (Extent extent : row.extents().values()) {
            out.putLong(extent.offset()).putLong(extent.length()).putId(extent.volume());
            out.putLong(extent.block()).putInt(extent.payload());
        }
        return out.toBytes();
    }

    private static Row decode(byte[] bytes) throws IOException {
        PackedInput in = new PackedInput(bytes);
        Row row = new Row(new TreeSet<>(), new TreeMap<>());
        for (int left = in.takeCount(16); left > 0; left--) {
            row.on().add(in.takeId());
        }
        for (int left = in.takeCount(44); left > 0; left--) {
            Extent extent = new Extent(in.takeLong(), in.takeLong(), in.takeId(), in.takeLong(), in.takeInt());
            row.extents().put(extent.offset(), extent);
        }
        return row;
    }
}

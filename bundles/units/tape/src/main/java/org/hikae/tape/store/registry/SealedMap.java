package org.hikae.tape.store.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * A map of the registry. MVStore has no checksums over what is in its pages; so each value is kept with one of its key and of
 * itself (I9). Changes by one thread at a time, while nobody reads.
 */
final class SealedMap {

    private static final int CHECKSUM = 4;

    private final String name;
    private final MVMap<String, byte[]> map;

    SealedMap(MVStore store, String name) {
        this.name = name;
        this.map = store.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /** What is kept under a key; null if nothing is. */
    byte[] get(String key) throws IOException {
        byte[] sealed = Translation.of(() -> map.get(key));
        return sealed == null ? null : open(key, sealed);
    }

    boolean has(String key) throws IOException {
        return Translation.of(() -> map.containsKey(key));
    }

    void put(String key, byte[] value) throws IOException {
        byte[] sealed = Arrays.copyOf(value, value.length + CHECKSUM);
        ByteBuffer.wrap(sealed).putInt(value.length, checksum(key, value, value.length));
        Translation.of(() -> map.put(key, sealed));
    }

    /** No error if there is nothing under it. */
    void remove(String key) throws IOException {
        Translation.of(() -> map.remove(key));
    }

    /** Removes all whose keys begin so. */
    void removeAll(String prefix) throws IOException {
        List<String> keys = new ArrayList<>();
        scan(prefix, (key, value) -> keys.add(key));
        for (String key : keys) {
            remove(key);
        }
    }

    /** Shows all whose keys begin so, by ascending keys. Nothing is changed meanwhile. */
    void scan(String prefix, Visitor visitor) throws IOException {
        Cursor<String, byte[]> cursor = Translation.of(() -> map.cursor(prefix));
        String before = null;
        while (Translation.of(cursor::hasNext)) {
            String key = Translation.of(cursor::next);
            // pages that refer to one another in a circle would never end
            if (before != null && before.compareTo(key) >= 0) {
                throw new DamagedRegistryException("the keys of " + name + " are in disorder", null);
            }
            before = key;
            if (!key.startsWith(prefix)) {
                return;
            }
            visitor.visit(key, open(key, cursor.getValue()));
        }
    }

    private byte[] open(String key, byte[] sealed) throws IOException {
        int length = sealed.length - CHECKSUM;
        if (length < 0 || ByteBuffer.wrap(sealed).getInt(length) != checksum(key, sealed, length)) {
            throw new DamagedRegistryException(
                    "what is under " + key + " in " + name + " is not what was stored", null);
        }
        return Arrays.copyOf(sealed, length);
    }

    private static int checksum(String key, byte[] value, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        crc.update(value, 0, length);
        return (int) crc.getValue();
    }

    /** Is shown what there is. */
    @FunctionalInterface
    interface Visitor {
        void visit(String key, byte[] value) throws IOException;
    }
}

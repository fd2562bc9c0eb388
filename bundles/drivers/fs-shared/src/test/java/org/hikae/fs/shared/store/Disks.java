package org.hikae.fs.shared.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.shared.FormatOptions;
import org.hikae.fs.shared.testing.MemoryDevice;

/** Disks with empty tables, and entries for them. */
final class Disks {

    static final UUID ID = new UUID(0x1234, 0x5678);
    static final long MIB = 1 << 20;

    private Disks() {}

    static MemoryDevice formatted(long size, long metadata) throws IOException {
        MemoryDevice device = new MemoryDevice(size, 4096);
        Superblock superblock = Superblock.plan(device, new FormatOptions(ID, "test", metadata, 0, 0));
        MetadataStores.format(device, superblock);
        superblock.write(device);
        return device;
    }

    static MetadataStore open(MemoryDevice device) throws IOException {
        return MetadataStores.open(device, Superblock.read(device));
    }

    static MetadataStore openReadOnly(MemoryDevice device) throws IOException {
        return MetadataStores.openReadOnly(device, Superblock.read(device));
    }

    static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static byte[] value(long number, int length) {
        byte[] value = new byte[length];
        new Random(number).nextBytes(value);
        return value;
    }

    /** Puts so many entries from a number on, in one transaction. */
    static void put(MetadataStore store, Table table, long first, int count, int length) throws IOException {
        store.change(changes -> {
            for (long number = first; number < first + count; number++) {
                changes.put(table, key(number), value(number, length));
            }
            return null;
        });
    }

    /** All entries of a table, keys as numbers. */
    static Map<Long, ByteBuffer> all(MetadataStore store, Table table) throws IOException {
        Map<Long, ByteBuffer> all = new TreeMap<>();
        store.read(view -> {
            view.scan(table, new byte[0], (key, value) -> {
                all.put(ByteBuffer.wrap(key).getLong(), ByteBuffer.wrap(value));
                return true;
            });
            return null;
        });
        return all;
    }
}

package org.hikae.fs.shared.store;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.fs.shared.store.journal.Journal;
import org.hikae.fs.shared.store.journal.Operations;
import org.hikae.fs.shared.store.region.ShadowFile;
import org.hikae.fs.shared.store.region.Span;
import org.hikae.fs.shared.store.tables.Tables;

/** Makes and opens the metadata of a file system. The device stays the caller's to close. */
public final class MetadataStores {

    private MetadataStores() {}

    /** Makes empty tables; what was in the places that the superblock names is gone. The superblock is not written. */
    public static void format(BlockDevice device, Superblock superblock) throws IOException {
        Journal journal = journal(device, superblock);
        journal.begin();
        ShadowFile file = ShadowFile.create(region(device, superblock), superblock.id());
        try (RegionStore store = store(device, superblock, journal, file)) {
            store.begin(0);
        }
    }

    /**
     * Opens the tables, and finishes what a crash has interrupted.
     *
     * @throws org.hikae.api.fs.FileSystemRefusedException if they are damaged
     */
    public static MetadataStore open(BlockDevice device, Superblock superblock) throws IOException {
        Journal journal = journal(device, superblock);
        ShadowFile file = ShadowFile.open(region(device, superblock), superblock.id());
        Tables tables = Tables.open(file);
        try {
            long highest = journal.replay(tables.mark(), into(tables));
            RegionStore store = new RegionStore(whole(device, superblock), journal, file, tables);
            store.begin(highest);
            return store;
        } catch (IOException | RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    /** As {@link #open}, without writing anything: what the journal says is laid over in memory. Changes are refused. */
    public static MetadataStore openReadOnly(BlockDevice device, Superblock superblock) throws IOException {
        Journal journal = journal(device, superblock);
        ShadowFile file = ShadowFile.open(region(device, superblock), superblock.id());
        Tables tables = Tables.open(file);
        try {
            journal.replay(tables.mark(), into(tables));
            return new ReadOnlyStore(file, tables, journal.size());
        } catch (IOException | RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    /** A text that changes with every checkpoint, and so with every mount (R14); from a few bytes, and nothing is checked. */
    public static String stamp(BlockDevice device, Superblock superblock) throws IOException {
        return ShadowFile.stamp(region(device, superblock));
    }

    private static RegionStore store(BlockDevice device, Superblock superblock, Journal journal, ShadowFile file)
            throws IOException {
        return new RegionStore(whole(device, superblock), journal, file, Tables.open(file));
    }

    private static Operations.Target into(Tables tables) {
        return new Operations.Target() {
            @Override
            public void put(Table table, byte[] key, byte[] value) throws IOException {
                tables.put(table, key, value);
            }

            @Override
            public void remove(Table table, byte[] key) throws IOException {
                tables.remove(table, key);
            }
        };
    }

    private static Journal journal(BlockDevice device, Superblock superblock) {
        return new Journal(span(device, superblock, superblock.journal()), superblock.id());
    }

    private static Span region(BlockDevice device, Superblock superblock) {
        return span(device, superblock, superblock.region());
    }

    private static Span whole(BlockDevice device, Superblock superblock) {
        return span(device, superblock, new BlockRun(0, superblock.blocks()));
    }

    private static Span span(BlockDevice device, Superblock superblock, BlockRun blocks) {
        int blockSize = superblock.blockSize();
        return new Span(device, blocks.first() * blockSize, blocks.count() * blockSize, blockSize);
    }
}

package org.hikae.fs.shared.store.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Entry;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.store.region.LiveBlocks;
import org.hikae.fs.shared.store.region.ShadowFile;

/**
 * The tables, in an MVStore whose file lies in a region. Everything that H2 throws becomes an {@link IOException}. Reads by
 * many threads at once are safe, changes are not.
 */
public final class Tables implements View {

    /** What an entry takes besides its key and value, roughly, with its share of the pages above. */
    private static final int ENTRY = 24;

    private static final int CACHE_MEGABYTES = 32;
    /** With so many on its list, MVStore may forget those that are needed no longer: the list takes room too. */
    private static final int MANY_CHUNKS = 64;

    private static final String STATE = "state";
    private static final byte[] STATE_KEY = {0};

    private final ShadowFile file;
    private final String path;
    private final MVStore store;
    private final Map<Table, MVMap<byte[], byte[]>> maps = new EnumMap<>(Table.class);
    private final MVMap<byte[], byte[]> state;
    /** Those for which something is kept. */
    private final Set<Snapshot> snapshots = ConcurrentHashMap.newKeySet();

    private final int retention;
    private boolean kept;
    private int listed;
    private long mark;
    private volatile long content;

    private Tables(ShadowFile file, String path) {
        this.file = file;
        this.path = path;
        // only commit() commits: with a buffer of a size, MVStore would when it is full, in the midst of a transaction
        this.store = new MVStore.Builder()
                .fileName(path)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .open();
        this.retention = store.getRetentionTime();
        this.state = map(STATE);
        for (Table table : Table.values()) {
            maps.put(table, map(table.name()));
        }
        byte[] found = state.get(STATE_KEY);
        if (found != null) {
            ByteBuffer numbers = ByteBuffer.wrap(found);
            this.mark = numbers.getLong();
            this.content = numbers.getLong();
        }
    }

    /**
     * Opens the tables of a file; of an empty one, they are empty.
     *
     * @throws FileSystemRefusedException if they are damaged
     */
    public static Tables open(ShadowFile file) throws IOException {
        String path = ShadowPath.enter(file);
        try {
            Tables tables = Translation.of(() -> new Tables(file, path));
            tables.checkOrClose();
            return tables;
        } catch (IOException e) {
            ShadowPath.leave(path);
            throw e;
        }
    }

    private void checkOrClose() throws IOException {
        try {
            check();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** MVStore takes an older state if it cannot read the newest one: what it has passed over is damage. */
    private void check() throws IOException {
        if (file.damage() != null) {
            throw file.damage();
        }
        if (mark != file.mark()) {
            throw new FileSystemRefusedException(
                    "metadata", -1, "the tables are of checkpoint " + mark + ", and should be of " + file.mark());
        }
        TreeCheck trees = new TreeCheck();
        for (MVMap<byte[], byte[]> map : maps.values()) {
            Translation.of(() -> {
                trees.check(map.getRootPage());
                return null;
            });
        }
    }

    private MVMap<byte[], byte[]> map(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(new BytesType(MetadataStore.LONGEST_KEY))
                        .valueType(new BytesType(MetadataStore.LONGEST_VALUE)));
    }

    /** What was given to {@link #commit}. */
    public long mark() {
        return mark;
    }

    /** Bytes of all entries, with what the tables need to keep them. */
    public long content() {
        return content;
    }

    /** Bytes of memory that changes take which are not committed. */
    public long unsaved() {
        return store.getUnsavedMemory();
    }

    /** @return the value before; null if there was none */
    public byte[] put(Table table, byte[] key, byte[] value) throws IOException {
        byte[] before = Translation.of(() -> maps.get(table).put(key, value));
        content += value.length - (before == null ? -ENTRY - key.length : before.length);
        return before;
    }

    /** @return the value before; null if there was none */
    public byte[] remove(Table table, byte[] key) throws IOException {
        byte[] before = Translation.of(() -> maps.get(table).remove(key));
        content -= before == null ? 0 : before.length + ENTRY + key.length;
        return before;
    }

    @Override
    public byte[] get(Table table, byte[] key) throws IOException {
        return Translation.of(() -> maps.get(table).get(key));
    }

    @Override
    public Entry ceiling(Table table, byte[] key) throws IOException {
        return Translation.of(() -> Cursors.first(maps.get(table).cursor(key)));
    }

    @Override
    public Entry floor(Table table, byte[] key) throws IOException {
        return Translation.of(() -> Cursors.first(maps.get(table).cursor(key, null, true)));
    }

    @Override
    public void scan(Table table, byte[] from, Visitor visitor) throws IOException {
        Cursor<byte[], byte[]> cursor = Translation.of(() -> maps.get(table).cursor(from));
        Cursors.scan(table, cursor, visitor);
    }

    /** The tables as they are now; nobody may change them while this is called. They stay so until it is closed, or given up. */
    public Snapshot snapshot() throws IOException {
        return Translation.of(() -> {
            Snapshot snapshot = new Snapshot(store, maps, snapshots::remove);
            snapshots.add(snapshot);
            return snapshot;
        });
    }

    /** Whether the last commit has left things in the file which only snapshots need, open ones or some that are over by now. */
    public boolean keepsOldStates() {
        return kept;
    }

    /**
     * Ends all snapshots; after the next commit they take no more room. Nobody may make one while this is called: there is none
     * when it returns.
     */
    public void giveUpSnapshots() {
        snapshots.forEach(Snapshot::giveUp);
    }

    /** Hands all changes to the file, in memory; {@link ShadowFile#publish} with the same mark makes them durable. */
    public LiveBlocks commit(long newMark) throws IOException {
        mark = newMark;
        return Translation.of(() -> {
            state.put(
                    STATE_KEY,
                    ByteBuffer.allocate(16).putLong(mark).putLong(content).array());
            // Its header then names the new chunk. Else MVStore looks for it by way of chunks that may be gone.
            store.getStoreHeader().put("clean", 1);
            store.setRetentionTime(listed > MANY_CHUNKS ? 0 : retention);
            store.commit();
            // isEmpty() asks a count that is set right only some time after the last one was removed, and nobody waits
            // for that
            kept = snapshots.iterator().hasNext();
            Chunks chunks = Chunks.of(store, kept);
            listed = chunks.count();
            return chunks.live();
        });
    }

    /**
     * Begins to move what is needed out of chunks where little is, for the next commit to write. Snapshots are given up: who
     * ends one has MVStore's lock for a moment, and MVStore moves nothing if it does not get it within 10 ms.
     *
     * @param bytes to be moved, roughly
     * @return whether there is anything to be moved
     */
    public boolean compact(int bytes) throws IOException {
        giveUpSnapshots();
        return Translation.of(() -> {
            // it would leave young chunks alone, for a reason that does not hold here: see Chunks
            store.setRetentionTime(0);
            try {
                return store.compact(100, bytes);
            } finally {
                store.setRetentionTime(retention);
            }
        });
    }

    /** Ends, and forgets what was not committed. */
    public void close() {
        giveUpSnapshots();
        store.closeImmediately();
        ShadowPath.leave(path);
    }
}

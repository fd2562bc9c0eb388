package org.hikae.fs.shared.store.tables;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;
import org.hikae.fs.shared.store.Entry;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/**
 * The tables as they were at one moment, while they are changed. MVStore never changes a page, and while somebody uses a
 * version it lists the chunks that have its pages; so these are kept. They take room: if it is needed, the snapshot is given
 * up, and what is read from it from then on is refused. Thread-safe.
 */
public final class Snapshot implements View, AutoCloseable {

    private final Consumer<Snapshot> whenEnded;
    private final MVStore store;
    private final MVStore.TxCounter usage;
    private final Map<Table, MVMap<byte[], byte[]>> maps;
    private final Map<Table, RootReference<byte[], byte[]>> roots = new EnumMap<>(Table.class);
    private volatile boolean givenUp;
    /** Guarded by this. */
    private boolean ended;

    /** @param whenEnded is told once nothing is kept for it any more */
    Snapshot(MVStore store, Map<Table, MVMap<byte[], byte[]>> maps, Consumer<Snapshot> whenEnded) {
        this.whenEnded = whenEnded;
        this.store = store;
        this.maps = maps;
        this.usage = store.registerVersionUsage();
        maps.forEach((table, map) -> roots.put(table, map.flushAndGetRoot()));
    }

    /** What was read may have been of another moment, or damaged. */
    public boolean isGivenUp() {
        return givenUp;
    }

    /**
     * Ends it whatever it is used for. If its user is about to end it, waits until that is done: a user who was stopped half
     * way would else count as one who looks, or hold MVStore's lock while room is made, for as long as the machine likes.
     */
    void giveUp() {
        givenUp = true;
        close();
    }

    @Override
    public byte[] get(Table table, byte[] key) throws IOException {
        RootReference<byte[], byte[]> root = root(table);
        return Translation.of(() -> maps.get(table).get(root.root, key));
    }

    @Override
    public Entry ceiling(Table table, byte[] key) throws IOException {
        RootReference<byte[], byte[]> root = root(table);
        return Translation.of(() -> Cursors.first(new Cursor<>(root, key, null)));
    }

    @Override
    public Entry floor(Table table, byte[] key) throws IOException {
        RootReference<byte[], byte[]> root = root(table);
        return Translation.of(() -> Cursors.first(new Cursor<>(root, key, null, true)));
    }

    @Override
    public void scan(Table table, byte[] from, Visitor visitor) throws IOException {
        RootReference<byte[], byte[]> root = root(table);
        Cursor<byte[], byte[]> cursor = Translation.of(() -> new Cursor<>(root, from, null));
        Cursors.scan(table, cursor, (key, value) -> {
            root(table);
            return visitor.visit(key, value);
        });
    }

    private RootReference<byte[], byte[]> root(Table table) throws IOException {
        if (givenUp) {
            throw new IOException("the room is needed in which the tables are as they were");
        }
        return roots.get(table);
    }

    /** Idempotent; when it returns, the snapshot has ended. Waits for nobody but others who close it. */
    @Override
    public synchronized void close() {
        if (!ended) {
            ended = true;
            store.deregisterVersionUsage(usage);
            whenEnded.accept(this);
        }
    }
}

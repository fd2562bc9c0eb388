package org.hikae.fs.shared.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.fs.shared.store.journal.Operations;
import org.hikae.fs.shared.store.tables.Tables;

/** A transaction under way: it changes the tables at once, and remembers what was there before. Not thread-safe. */
final class Transaction implements Changes {

    private final Tables tables;
    private final Operations operations = new Operations();
    private final List<Undo> undo = new ArrayList<>();
    private final long contentBefore;
    private boolean over;

    Transaction(Tables tables) {
        this.tables = tables;
        this.contentBefore = tables.content();
    }

    @Override
    public void put(Table table, byte[] key, byte[] value) throws IOException {
        checkLength("key", key.length, 1, MetadataStore.LONGEST_KEY);
        checkLength("value", value.length, 0, MetadataStore.LONGEST_VALUE);
        checkOpen();
        undo.add(new Undo(table, key, tables.put(table, key, value)));
        operations.put(table, key, value);
    }

    @Override
    public void remove(Table table, byte[] key) throws IOException {
        checkLength("key", key.length, 1, MetadataStore.LONGEST_KEY);
        checkOpen();
        byte[] before = tables.remove(table, key);
        if (before != null) {
            undo.add(new Undo(table, key, before));
            operations.remove(table, key);
        }
    }

    /** Bytes that the tables have more than before. */
    long growth() {
        return tables.content() - contentBefore;
    }

    /** Ends it; what it has done stays. */
    Operations end() {
        over = true;
        return operations;
    }

    /** Ends it as though it had never been. */
    void undo() throws IOException {
        over = true;
        for (int index = undo.size() - 1; index >= 0; index--) {
            Undo last = undo.get(index);
            if (last.before == null) {
                tables.remove(last.table, last.key);
            } else {
                tables.put(last.table, last.key, last.before);
            }
        }
    }

    @Override
    public byte[] get(Table table, byte[] key) throws IOException {
        return tables.get(table, key);
    }

    @Override
    public Entry ceiling(Table table, byte[] key) throws IOException {
        return tables.ceiling(table, key);
    }

    @Override
    public Entry floor(Table table, byte[] key) throws IOException {
        return tables.floor(table, key);
    }

    @Override
    public void scan(Table table, byte[] from, Visitor visitor) throws IOException {
        tables.scan(table, from, visitor);
    }

    private void checkOpen() {
        if (over) {
            throw new IllegalStateException("the transaction is over");
        }
    }

    private static void checkLength(String what, int length, int least, int most) {
        if (length < least || length > most) {
            throw new IllegalArgumentException("a " + what + " cannot have " + length + " bytes");
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Undo(Table table, byte[] key, byte[] before) {}
}

package org.hikae.fs.shared.store;

import java.io.Closeable;
import java.io.IOException;

/**
 * Tables of the metadata, changed by transactions (R17). After a crash the tables are as after some transaction: all before
 * it are there in full, none after it is, and none is missing that was committed. Thread-safe.
 *
 * <p>Damage is refused with {@link org.hikae.api.fs.FileSystemRefusedException}, never believed. If the disk could not be
 * written, nothing can be changed or committed any more until the store is opened anew: what is on the disk is as after a
 * crash.
 */
public interface MetadataStore extends Closeable {

    /** Bytes. */
    int LONGEST_KEY = 1024;

    /** Bytes. */
    int LONGEST_VALUE = 128 << 10;

    /** Looks at the tables, while others look; sees no half transaction. */
    <T> T read(Reading<T> reading) throws IOException;

    /** As {@link #read}, for who looks for long: others change the tables meanwhile, as far as there is room for both states. */
    default <T> T look(Reading<T> reading) throws IOException {
        return read(reading);
    }

    /**
     * Changes the tables, one at a time. Whatever it throws, it has changed nothing. It is durable after the next commit.
     * One transaction changes some thousands of entries at most: more is done in several ones. Transactions that only remove,
     * or put little, succeed always; whoever adds looks first whether the store is {@link #full}.
     *
     * @throws StoreFullException if there is no room for it
     */
    <T> T change(Changing<T> changing) throws IOException;

    /**
     * Makes all changes before it durable, and before them all that was written to the device. Several at once share the
     * work.
     */
    void commit() throws IOException;

    /** Bytes of the region that entries take, and the journal. It grows with what is put and shrinks with what is removed, at once. */
    long usedBytes();

    /** Bytes of the region that can be taken before the store is {@link #full}. */
    long limitBytes();

    /** Size of the region in bytes, the journal with it. */
    long sizeBytes();

    /** Whether nothing may be added any more. What is left is for removing, which always works. */
    boolean full();

    /** Commits, leaves the region so that it opens without a replay, and ends. Idempotent. */
    @Override
    void close() throws IOException;

    /** Looks at the tables. */
    @FunctionalInterface
    interface Reading<T> {
        T read(View view) throws IOException;
    }

    /** Changes the tables. */
    @FunctionalInterface
    interface Changing<T> {
        T change(Changes changes) throws IOException;
    }
}

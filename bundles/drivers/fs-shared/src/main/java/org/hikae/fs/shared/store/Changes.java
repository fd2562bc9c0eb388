package org.hikae.fs.shared.store;

import java.io.IOException;

/** What a transaction does; it sees its own changes. */
public interface Changes extends View {

    /**
     * Puts a value in place of the one that is there, if any. Neither array is changed by anybody afterwards.
     *
     * @param key from 1 to {@link MetadataStore#LONGEST_KEY} bytes
     * @param value up to {@link MetadataStore#LONGEST_VALUE} bytes
     */
    void put(Table table, byte[] key, byte[] value) throws IOException;

    /** Removes a key and its value, if it is there. */
    void remove(Table table, byte[] key) throws IOException;
}

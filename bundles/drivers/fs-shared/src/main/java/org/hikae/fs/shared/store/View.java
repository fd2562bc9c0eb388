package org.hikae.fs.shared.store;

import java.io.IOException;

/**
 * The tables as they are at one moment. Keys are compared byte by byte, without signs, a beginning before what it begins.
 * Arrays that are returned are the store's: they are not to be changed. Only valid within the call that it was given to.
 *
 * <p>Every method throws {@link org.hikae.api.fs.FileSystemRefusedException} if what it finds is damaged, and other
 * {@link IOException}s if the disk cannot be read.
 */
public interface View {

    /** The value of a key; null if it is not there. */
    byte[] get(Table table, byte[] key) throws IOException;

    /** The entry with the smallest key that is not less than this one; null if there is none. */
    Entry ceiling(Table table, byte[] key) throws IOException;

    /** The entry with the greatest key that is not greater than this one; null if there is none. */
    Entry floor(Table table, byte[] key) throws IOException;

    /** Shows all entries from a key on in ascending order, until the visitor has enough. It must not change the table. */
    void scan(Table table, byte[] from, Visitor visitor) throws IOException;

    /** Is shown entries. */
    @FunctionalInterface
    interface Visitor {

        /** @return whether to go on */
        boolean visit(byte[] key, byte[] value) throws IOException;
    }
}

package org.hikae.fs.shared.store;

/**
 * A key and its value. Neither is to be changed: they are the store's.
 *
 * @param key as it is in the table
 * @param value as it was put
 */
@SuppressWarnings("ArrayRecordComponent")
public record Entry(byte[] key, byte[] value) {}

package org.hikae.api.fs;

/**
 * An extended attribute.
 *
 * @param name in full, such as {@code user.comment}
 * @param value of any length, shared, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record ExtendedAttribute(FileName name, byte[] value) {}

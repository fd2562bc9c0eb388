package org.hikae.media.format;

/**
 * An index that belongs to a generation, and the directory at its end, with which its pages can be trusted one by one.
 *
 * @param length bytes
 * @param sha256 hash over all of it
 * @param directoryLength bytes of the directory
 * @param directorySha256 hash over the directory
 */
public record IndexRef(String name, long length, String sha256, int directoryLength, String directorySha256) {

    /** The object. */
    public ObjectRef object() {
        return new ObjectRef(name, length, sha256);
    }
}

package org.hikae.api.cache;

/**
 * A file as caches and leases know it.
 *
 * @param disk the name of the disk
 * @param file number of the file's inode; {@link #WHOLE_DISK} for the disk itself, as one file
 */
public record CachedFile(String disk, long file) {

    public static final long WHOLE_DISK = 0;

    public static CachedFile disk(String disk) {
        return new CachedFile(disk, WHOLE_DISK);
    }
}

package org.hikae.api.cache;

/**
 * An entry of the cache table (a.1).
 *
 * @param node the node that has the region
 * @param file the file
 * @param offset first byte of the region; -1 for the file's size
 * @param size bytes; {@link Long#MAX_VALUE} to the end of the file, however long it gets
 * @param mode the lease that the node holds on it
 * @param cachedBytes how many bytes of it the node has in memory
 * @param dirtyBytes how many of these are not written to the disk yet
 */
public record CachedRegion(
        String node, CachedFile file, long offset, long size, LeaseMode mode, long cachedBytes, long dirtyBytes) {

    public boolean dirty() {
        return dirtyBytes > 0;
    }
}

package org.hikae.node.cache;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;

/**
 * Size and time of modification of a file, as its node knows them before the file system does. Thread-safe; the lease on the
 * size says whether what is here counts.
 */
final class Metadata {

    private final OpenVolume volume;
    private final long inode;
    /** Guarded by this, as all below; 0 as long as it was never known. */
    private long size;

    /** Whether the size is what it is: the node has had a lease on it since it was loaded. */
    private boolean known;
    /** The size as the file system knows it, if known. */
    private long pushed;
    /** When the content was changed last; null if the file system knows. */
    private Instant modified;

    Metadata(OpenVolume volume, long inode) {
        this.volume = volume;
        this.inode = inode;
    }

    /** The size as it was known last. */
    synchronized long size() {
        return size;
    }

    /** The size as the file system knows it, as it was known last. */
    synchronized long pushed() {
        return pushed;
    }

    /** The size. The caller has a lease on it. */
    synchronized long load() throws IOException {
        if (!known) {
            size = volume.files().attributes(inode).size();
            pushed = size;
            known = true;
        }
        return size;
    }

    synchronized void written(long end) {
        size = Math.max(size, end);
        modified = volume.now();
    }

    synchronized FileAttributes laidOver(FileAttributes of) {
        Instant changed = modified == null ? of.changed() : later(of.changed(), modified);
        return new FileAttributes(
                of.inode(),
                of.type(),
                of.mode(),
                of.uid(),
                of.gid(),
                size,
                of.links(),
                of.accessed(),
                modified == null ? of.modified() : modified,
                changed,
                of.created(),
                of.deviceMajor(),
                of.deviceMinor(),
                of.flags());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The page in which the file ends as the file system knows it, if it ends within one and is longer; else -1. */
    synchronized long pushedPage(int pageSize) {
        return known && size > pushed && pushed % pageSize != 0 ? pushed / pageSize : -1;
    }

    /**
     * Blocks were written that become part of the file, which is not longer than they reach: so the loss of this node leaves no
     * zeros where nothing was written out.
     *
     * @param longer whether the file is as long as they reach from now on, if it was shorter
     */
    synchronized void map(List<FileExtent> written, long end, boolean longer) throws IOException {
        long newSize = known ? Math.max(pushed, longer ? end : Math.min(size, end)) : 0;
        if (!written.isEmpty() || newSize > pushed) {
            tell(written, newSize);
        }
        size = Math.max(size, newSize);
    }

    /** @param most of the size, in bytes; it was true at some time */
    synchronized void push(long most) throws IOException {
        long newSize = known ? Math.max(pushed, most) : 0;
        if (modified != null || known && newSize > pushed) {
            tell(List.of(), newSize);
        }
    }

    private void tell(List<FileExtent> written, long newSize) throws IOException {
        Instant time = modified;
        Instant told = time();
        volume.change(files -> {
            files.map(inode, written, newSize, told, volume.opener());
            return null;
        });
        pushed = Math.max(pushed, newSize);
        if (modified == time) {
            modified = null;
        }
    }

    /** Another node may have written later, and said so. A time that was set by hand may lie in the future. */
    private Instant time() throws IOException {
        Instant there = volume.files().attributes(inode).modified();
        boolean later = modified == null || there.isAfter(modified) && !there.isAfter(volume.now());
        return later ? there : modified;
    }

    synchronized void resize(long newSize) throws IOException {
        Instant now = volume.now();
        volume.change(files -> {
            files.resize(inode, newSize, now);
            return null;
        });
        size = newSize;
        pushed = newSize;
        modified = null;
    }

    synchronized void forgetTime() {
        modified = null;
    }

    /** Others may change the size from now on. */
    synchronized void forget() {
        known = false;
    }

    synchronized boolean isPushed() {
        return modified == null && (!known || size <= pushed);
    }

    synchronized void abandon() {
        modified = null;
        known = false;
    }
}

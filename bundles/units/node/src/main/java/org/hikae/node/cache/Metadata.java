package org.hikae.node.cache;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import org.hikae.api.cache.PageRange;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;

/**
 * Size and time of modification of a file, as its node knows them before the file system does. Thread-safe; the lease on the
 * size says whether what is here counts.
 */
final class Metadata {

    private final OpenVolume volume;
    private final long inode;
    private final int pageSize;
    /** Guarded by this, as all below; 0 as long as it was never known. */
    private long size;

    /** Whether the size is what it is: the node has had a lease on it since it was loaded. */
    private boolean known;
    /** The size as the file system knows it, if known. */
    private long pushed;
    /** When the content was changed last; null if the file system knows. */
    private Instant modified;
    /** Whether a page is dirty. */
    private LongPredicate dirty = page -> false;

    Metadata(OpenVolume volume, long inode) {
        this.volume = volume;
        this.inode = inode;
        this.pageSize = volume.blockSize();
    }

    /** Called before anything else. */
    synchronized void watch(LongPredicate pages) {
        dirty = pages;
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

    /**
     * The page that has to be written before the file system may be told of a size: the one in which the file ends as it knows
     * it, if that is dirty. What the disk has there after the end may be from before the file was cut. Else -1.
     */
    synchronized long dirtyEnd(long newSize) {
        long page = pushed / pageSize;
        return known && newSize > pushed && pushed % pageSize != 0 && dirty.test(page) ? page : -1;
    }

    /**
     * Blocks were written that become part of the file, which is not longer than they reach: so the loss of this node leaves no
     * zeros where nothing was written out.
     *
     * @param pages all that was written just now
     * @param longer whether the file is as long as they reach from now on, if it was shorter
     */
    synchronized void map(List<FileExtent> written, PageRange pages, boolean longer) throws IOException {
        long reached = pages.end() * pageSize;
        long end = dirtyEnd(longer ? reached : size);
        boolean zeroed = end < 0 || pages.first() <= end && end < pages.end();
        long most = longer ? reached : Math.min(size, reached);
        long newSize = known && zeroed ? Math.max(pushed, most) : known ? pushed : 0;
        if (!written.isEmpty() || newSize > pushed) {
            tell(written, newSize);
        }
        size = Math.max(size, newSize);
    }

    /**
     * Tells time and size, as far as it may be told.
     *
     * @param most of the size, in bytes; the file may have been cut since it was so long
     */
    synchronized void push(long most) throws IOException {
        long newSize = known ? toldWith(dirtyEnd(toldWith(most)) < 0 ? most : 0) : 0;
        if (modified != null || known && newSize > pushed) {
            tell(List.of(), newSize);
        }
    }

    private long toldWith(long most) {
        return Math.max(pushed, Math.min(size, most));
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
        return modified == null && isPushed(size);
    }

    /** Whether the file system knows that the file is so long, if it still is. */
    synchronized boolean isPushed(long most) {
        return !known || toldWith(most) == pushed;
    }

    synchronized void abandon() {
        modified = null;
        known = false;
    }
}

package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.shared.AttributeChange;
import org.hikae.node.cache.HeldLeases.Pin;
import org.hikae.node.volume.FileContent;

/**
 * A regular file of a shared file system. Its size has a page of its own: whoever has an exclusive lease on that may make the
 * file longer in memory, and pushes the size to the file system when it is called back, or written out.
 */
final class RegularFile extends CoherentFile {

    private static final Lease SIZE = new Lease(PageRange.SIZE, LeaseMode.SHARED);
    private static final Lease NEW_SIZE = new Lease(PageRange.SIZE, LeaseMode.EXCLUSIVE);

    private final OpenVolume volume;
    private final Opening opening;
    private final Metadata metadata;
    private final FileBlocks blocks;
    /** Held while the file is settled: its blocks are not to go to another file while somebody else still writes them out. */
    private final Object settling = new Object();

    static RegularFile of(CachedFile id, OpenVolume volume) {
        Metadata metadata = new Metadata(volume, id.file());
        FileBlocks blocks = new FileBlocks(volume, id.file(), metadata::map);
        return new RegularFile(id, volume, metadata, blocks);
    }

    private RegularFile(CachedFile id, OpenVolume volume, Metadata metadata, FileBlocks blocks) {
        super(id, volume.node(), volume.cache(), volume.counters(), blocks);
        this.volume = volume;
        this.metadata = metadata;
        this.blocks = blocks;
        this.opening = new Opening(volume, id.file());
        metadata.watch(pages.cached()::isDirty);
    }

    Opening opening() {
        return opening;
    }

    @Override
    long limit() {
        return metadata.size();
    }

    long size() throws IOException {
        return with(List.of(SIZE), pin -> metadata.load());
    }

    /** With what this node has not told the file system yet. */
    FileAttributes attributes() throws IOException {
        return with(List.of(SIZE), pin -> {
            metadata.load();
            return metadata.laidOver(volume.files().attributes(id.file()));
        });
    }

    /** Whoever sets times by hand does not want them changed by what is written out later, on whichever node. */
    FileAttributes change(AttributeChange change) throws IOException {
        Lease needed = change.modified() == null ? SIZE : new Lease(PageRange.ALL, LeaseMode.EXCLUSIVE);
        try (NodeAccess.Inside inside = node.enter()) {
            return with(List.of(needed), pin -> {
                metadata.load();
                if (change.modified() != null) {
                    pages.whileNothingIsWritten(metadata::forgetTime);
                }
                return metadata.laidOver(volume.change(files -> files.change(id.file(), change)));
            });
        }
    }

    int read(ByteBuffer dst, long offset) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        long length = Math.min(dst.remaining(), FileContent.MAX_SIZE - offset);
        if (length <= 0) {
            return -1;
        }
        PageRange range = PageRange.covering(offset, length, pages.pageSize());
        return with(List.of(SIZE, new Lease(range, LeaseMode.SHARED)), pin -> {
            long left = metadata.load() - offset;
            if (left <= 0) {
                return -1;
            }
            int there = (int) Math.min(length, left);
            int limit = dst.limit();
            pages.read(dst.limit(dst.position() + there), offset);
            dst.limit(limit);
            return there;
        });
    }

    void write(ByteBuffer src, long offset) throws IOException {
        int limit = src.limit();
        long at = offset;
        while (src.hasRemaining()) {
            int length = piece(src, at);
            src.limit(src.position() + length);
            try (NodeAccess.Inside inside = node.enter();
                    Room room = room(src.remaining())) {
                writePiece(src, at, room);
            } finally {
                src.limit(limit);
            }
            at += length;
        }
    }

    private void writePiece(ByteBuffer src, long offset, Room room) throws IOException {
        long end = offset + src.remaining();
        checkEnd(end);
        boolean done = false;
        while (!done) {
            done = with(needs(offset, end), pin -> {
                if (!allows(pin, offset, end)) {
                    return false;
                }
                store(src, offset, room);
                return true;
            });
        }
    }

    /** By the size as it was known last, which may turn out to be old. */
    private List<Lease> needs(long offset, long end) {
        int pageSize = pages.pageSize();
        long oldEnd = oldEnd(end - offset);
        PageRange range = PageRange.covering(offset, end - offset, pageSize);
        return end <= oldEnd
                ? List.of(SIZE, new Lease(range, LeaseMode.EXCLUSIVE))
                : List.of(
                        NEW_SIZE,
                        new Lease(
                                new PageRange(Math.min(range.first(), oldEnd / pageSize), range.end()),
                                LeaseMode.EXCLUSIVE));
    }

    /**
     * Where the file ends before so many bytes make it longer: a long write tells the file system at once, and writes out the
     * page in which the file ends there, see {@link #beforeLonger}.
     */
    private long oldEnd(long length) {
        return length < cache.share() ? metadata.size() : Math.min(metadata.size(), metadata.pushed());
    }

    private boolean allows(Pin pin, long offset, long end) throws IOException {
        metadata.load();
        long oldEnd = oldEnd(end - offset);
        long first = Math.min(offset, oldEnd);
        return end <= oldEnd || pin.covers(NEW_SIZE) && pin.covers(exclusive(first / pages.pageSize()));
    }

    private static Lease exclusive(long page) {
        return new Lease(new PageRange(page, page + 1), LeaseMode.EXCLUSIVE);
    }

    /** At the end of the file, wherever that is by then: it may only be known to lie after some page. */
    long append(ByteBuffer src) throws IOException {
        try (NodeAccess.Inside inside = node.enter();
                Room room = room(src.remaining())) {
            Long where = null;
            while (where == null) {
                PageRange rest = PageRange.from(oldEnd(src.remaining()) / pages.pageSize());
                where = with(List.of(NEW_SIZE, new Lease(rest, LeaseMode.EXCLUSIVE)), pin -> {
                    long size = metadata.load();
                    checkEnd(size + src.remaining());
                    if (!pin.covers(exclusive(oldEnd(src.remaining()) / pages.pageSize()))) {
                        return null;
                    }
                    store(src, size, room);
                    return size;
                });
            }
            return where;
        }
    }

    private static void checkEnd(long end) throws IOException {
        if (end < 0 || end > FileContent.MAX_SIZE) {
            throw new IOException("a file cannot be larger than " + FileContent.MAX_SIZE + " bytes");
        }
    }

    /** What was stored before something failed is part of the file. */
    private void store(ByteBuffer src, long offset, Room room) throws IOException {
        int start = src.position();
        long size = metadata.size();
        if (offset > size) {
            zeroEnd(room, size);
        }
        try {
            pages.write(src, offset, room);
        } finally {
            int written = src.position() - start;
            if (written > 0) {
                metadata.written(offset + written);
            }
        }
    }

    /** What comes after the end in its page has to be zeros on the disk before the file is longer. */
    private void zeroEnd(Room room, long size) throws IOException {
        if (size % pages.pageSize() != 0) {
            pages.touch(size / pages.pageSize(), room);
        }
    }

    void resize(long newSize) throws IOException {
        checkEnd(newSize);
        try (NodeAccess.Inside inside = node.enter();
                Room room = room(0)) {
            boolean done = false;
            while (!done) {
                zeroesBeforeSize(newSize);
                long first = Math.min(newSize, metadata.size()) / pages.pageSize();
                List<Lease> needs = List.of(NEW_SIZE, new Lease(PageRange.from(first), LeaseMode.EXCLUSIVE));
                done = with(needs, pin -> {
                    long size = metadata.load();
                    boolean allowed = pin.covers(exclusive(Math.min(newSize, size) / pages.pageSize()))
                            && metadata.dirtyEnd(newSize) < 0;
                    if (allowed && newSize != size) {
                        resize(size, newSize, room);
                    }
                    return allowed;
                });
            }
        }
    }

    private void resize(long size, long newSize, Room room) throws IOException {
        long end = Math.min(size, newSize);
        int inPage = (int) (end % pages.pageSize());
        long last = end / pages.pageSize();
        if (inPage != 0) {
            pages.touch(last, room);
        }
        PageRange after = PageRange.from(inPage == 0 ? last : last + 1);
        pages.whileNothingIsWritten(() -> metadata.resize(newSize));
        if (newSize < size) {
            pages.drop(after);
            if (inPage != 0) {
                pages.zeroFrom(last, inPage);
            }
        }
        blocks.changed();
    }

    @Override
    void writeOut(PageRange range) throws IOException {
        zeroesBeforeSize(metadata.size());
        super.writeOut(range);
    }

    /** The page in which the file ends as the file system knows it: what follows there must be on the disk first. */
    private void zeroesBeforeSize(long newSize) throws IOException {
        long page = metadata.dirtyEnd(newSize);
        if (page >= 0) {
            super.writeOut(new PageRange(page, page + 1));
        }
    }

    @Override
    void beforeLonger(long end) throws IOException {
        long page = metadata.dirtyEnd(end);
        if (page >= 0) {
            pages.writeOutLocked(new PageRange(page, page + 1));
        }
    }

    @Override
    void push() throws IOException {
        long size = metadata.size();
        do {
            zeroesBeforeSize(size);
            pages.whileNothingIsWritten(() -> metadata.push(size));
        } while (!metadata.isPushed(size));
    }

    /** Others see the time of the last change from now on, though not all of it is written out. */
    void pushTime() throws IOException {
        pages.whileNothingIsWritten(() -> metadata.push(0));
    }

    /** After what is just being written out: that would tell an old size otherwise. */
    @Override
    void forget() throws IOException {
        pages.whileNothingIsWritten(metadata::forget);
    }

    /** A file that is gone needs no writing out. */
    @Override
    void settle() throws IOException {
        synchronized (settling) {
            if (opening.closeIfGone()) {
                abandon();
            } else if (opening.isOpen()) {
                flush();
                opening.closeIfSettled(this);
            }
        }
    }

    @Override
    public void force() throws IOException {
        checkNothingLost();
        flush();
        volume.makeDurable();
    }

    /** Whether there is nothing that the file system does not know yet. */
    boolean isSettled() {
        return !isDirty() && metadata.isPushed();
    }

    /** The file is gone, and nobody will ever read it. */
    private void abandon() throws IOException {
        dropAll();
        metadata.abandon();
    }
}

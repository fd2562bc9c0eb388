package org.hikae.node.nio;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.NewFile;

/** A file in memory. Guarded by the monitor of its file system. */
final class MemoryInode {

    static final int PAGE = 4096;

    final long number;
    final NewFile made;
    final TreeMap<FileName, Long> entries = new TreeMap<>();
    final TreeMap<FileName, byte[]> extended = new TreeMap<>();
    final TreeMap<Long, byte[]> pages = new TreeMap<>();
    final Set<Object> openers = new HashSet<>();
    long parent;
    long links;
    long size;
    private int mode;
    private long uid;
    private long gid;
    private Instant accessed;
    private Instant modified;
    private Instant changed;
    private Instant created;

    MemoryInode(long number, NewFile made, Instant now) {
        this.number = number;
        this.made = made;
        mode = made.mode();
        uid = made.uid();
        gid = made.gid();
        accessed = now;
        modified = now;
        changed = now;
        created = now;
        size = made.target() == null ? 0 : made.target().length();
    }

    boolean isDirectory() {
        return made.type() == FileType.DIRECTORY;
    }

    FileAttributes attributes() {
        return new FileAttributes(
                number,
                made.type(),
                mode,
                uid,
                gid,
                size,
                links,
                accessed,
                modified,
                changed,
                created,
                made.deviceMajor(),
                made.deviceMinor(),
                0);
    }

    void touch(Instant now) {
        modified = now;
        changed = now;
    }

    void change(AttributeChange change, Instant now) {
        mode = change.mode() == null ? mode : change.mode();
        uid = change.uid() == null ? uid : change.uid();
        gid = change.gid() == null ? gid : change.gid();
        accessed = change.accessed() == null ? accessed : change.accessed();
        modified = change.modified() == null ? modified : change.modified();
        created = change.created() == null ? created : change.created();
        changed = now;
    }
}

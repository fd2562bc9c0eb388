package org.hikae.shell.command;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.job.Reason;
import org.hikae.api.shared.FileSystems;
import org.hikae.shell.call.Call;

/** Paths of cached files, by which people know them. */
final class CachedNames {

    /** So many names of a disk are looked at; a table of caches is not worth more time. */
    private static final int MOST = 200_000;

    private final Map<CachedFile, String> paths = new HashMap<>();

    private CachedNames() {}

    static CachedNames of(Call call, List<CachedRegion> regions) {
        CachedNames names = new CachedNames();
        Map<String, Set<Long>> wanted = new HashMap<>();
        for (CachedRegion region : regions) {
            if (region.file().file() != CachedFile.WHOLE_DISK) {
                wanted.computeIfAbsent(region.file().disk(), disk -> new HashSet<>())
                        .add(region.file().file());
            }
        }
        wanted.forEach((disk, inodes) -> names.find(call, disk, inodes));
        return names;
    }

    private void find(Call call, String disk, Set<Long> inodes) {
        try {
            call.service(FileSystems.class)
                    .paths(disk, inodes, MOST)
                    .forEach((inode, path) -> paths.put(new CachedFile(disk, inode), path));
        } catch (IOException e) {
            // The table is right without names, which are a help; 'disk check' says what is wrong with the disk.
            call.note("some files of disk " + disk + " are shown by their numbers: " + Reason.of(e));
        }
    }

    /** The path of a file; null if it is not known, and for a disk as a whole. */
    String path(CachedFile file) {
        return paths.get(file);
    }

    /** For people. */
    String show(CachedFile file) {
        if (file.file() == CachedFile.WHOLE_DISK) {
            return file.disk() + DiskPath.SEPARATOR + "(disk)";
        }
        String path = path(file);
        return file.disk() + DiskPath.SEPARATOR + (path == null ? "(inode " + file.file() + ")" : path);
    }
}

package org.hikae.backup;

import java.util.EnumMap;
import java.util.Map;
import org.hikae.api.fs.FileType;

/** What a restore of files has done so far, and what it could not do. */
final class Restored {

    private final Map<FileType, Long> counts = new EnumMap<>(FileType.class);
    private final Unrestored unrestored = new Unrestored();
    private long written;

    /** A file has got one of its names. */
    void placed(FileType type) {
        counts.merge(type, 1L, Long::sum);
    }

    /** So many bytes of content more were written, holes not counted. */
    void written(long bytes) {
        written += bytes;
    }

    Unrestored unrestored() {
        return unrestored;
    }

    boolean isNothing() {
        return counts.isEmpty();
    }

    /** Adds its numbers to a job's result. */
    void addTo(Map<String, Object> result) {
        result.put("files", count(FileType.REGULAR));
        result.put("directories", count(FileType.DIRECTORY));
        result.put("symlinks", count(FileType.SYMLINK));
        result.put("writtenBytes", written);
    }

    private long count(FileType type) {
        return counts.getOrDefault(type, 0L);
    }
}

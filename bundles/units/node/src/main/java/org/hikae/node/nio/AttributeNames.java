package org.hikae.node.nio;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The attributes of files by name, each view with those of the one before it. */
enum AttributeNames {
    BASIC(Map.of(
            "size", FileStatus::size,
            "lastModifiedTime", FileStatus::lastModifiedTime,
            "lastAccessTime", FileStatus::lastAccessTime,
            "creationTime", FileStatus::creationTime,
            "fileKey", FileStatus::fileKey,
            "isRegularFile", FileStatus::isRegularFile,
            "isDirectory", FileStatus::isDirectory,
            "isSymbolicLink", FileStatus::isSymbolicLink,
            "isOther", FileStatus::isOther)),
    POSIX(Map.of(
            "permissions", FileStatus::permissions,
            "owner", FileStatus::owner,
            "group", FileStatus::group)),
    UNIX(Map.of(
            "mode", FileStatus::mode,
            "ino", status -> status.file().inode(),
            "dev", status -> Integer.toUnsignedLong(status.disk().hashCode()),
            "rdev", FileStatus::device,
            "nlink", status -> (int) status.file().links(),
            "uid", status -> (int) status.file().uid(),
            "gid", status -> (int) status.file().gid(),
            "ctime", FileStatus::changeTime));

    private static final String ALL = "*";

    private final Map<String, Function<FileStatus, Object>> own;

    AttributeNames(Map<String, Function<FileStatus, Object>> own) {
        this.own = own;
    }

    /**
     * Picks attributes.
     *
     * @param names separated by commas; an asterisk stands for all
     * @return by name, how each is read
     * @throws IllegalArgumentException if one is not in this view
     */
    Map<String, Function<FileStatus, Object>> pick(String names) {
        Map<String, Function<FileStatus, Object>> known = known();
        List<String> wanted = Arrays.asList(names.split(","));
        if (wanted.contains(ALL)) {
            return known;
        }
        if (!known.keySet().containsAll(wanted)) {
            throw unknown(names);
        }
        known.keySet().retainAll(wanted);
        return known;
    }

    private Map<String, Function<FileStatus, Object>> known() {
        Map<String, Function<FileStatus, Object>> known = new LinkedHashMap<>();
        for (AttributeNames view : values()) {
            if (view.compareTo(this) <= 0) {
                known.putAll(view.own);
            }
        }
        return known;
    }

    static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no attribute '" + name + "' that could be read or set so");
    }
}

package org.hikae.cache.lease;

import org.hikae.api.cache.CachedFile;

/** What files are called in messages. */
final class Names {

    private Names() {}

    static String of(CachedFile file) {
        return file.file() == CachedFile.WHOLE_DISK
                ? "disk '" + file.disk() + "'"
                : "the file with inode " + file.file() + " on disk '" + file.disk() + "'";
    }
}

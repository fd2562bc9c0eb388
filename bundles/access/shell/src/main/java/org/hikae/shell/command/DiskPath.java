package org.hikae.shell.command;

import org.hikae.shell.call.UsageException;

/**
 * A file on a disk with a shared file system, as people write it: {@code data:/dir/file}.
 *
 * @param path absolute
 */
record DiskPath(String disk, String path) {

    static final char SEPARATOR = ':';

    static DiskPath parse(String text) throws UsageException {
        int colon = text.indexOf(SEPARATOR);
        if (colon < 1) {
            throw new UsageException("'" + text + "' is no file on a disk, such as data:/dir/file");
        }
        String path = text.substring(colon + 1);
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new UsageException("the path in '" + text + "' does not begin with a slash, as in data:/dir/file");
        }
        return new DiskPath(text.substring(0, colon), path.isEmpty() ? "/" : path);
    }

    DiskPath child(String name) {
        return new DiskPath(disk, path.endsWith("/") ? path + name : path + "/" + name);
    }

    @Override
    public String toString() {
        return disk + SEPARATOR + path;
    }
}

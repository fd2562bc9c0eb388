package org.hikae.files.client.select;

/**
 * The order in which files are come across: a folder, then all that is in it, then the next name. It is that of the bytes, with the
 * slash before all others. Paths are absolute.
 */
public final class PathOrder {

    private PathOrder() {}

    /** As {@link java.util.Comparator#compare}. */
    public static int compare(byte[] a, byte[] b) {
        int common = Math.min(a.length, b.length);
        for (int i = 0; i < common; i++) {
            if (a[i] != b[i]) {
                return rank(a[i]) - rank(b[i]);
            }
        }
        return a.length - b.length;
    }

    /** No path has a byte 0. */
    private static int rank(byte b) {
        return b == '/' ? 0 : b & 0xff;
    }

    /** Whether a path is that of the folder, or of something in it. */
    public static boolean isWithin(byte[] path, byte[] folder) {
        int length = folder.length == 1 ? 0 : folder.length;
        if (path.length < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (path[i] != folder[i]) {
                return false;
            }
        }
        return path.length == length || path[length] == '/';
    }

    /** The path of a name in a folder. */
    public static byte[] child(byte[] folder, byte[] name) {
        int length = folder.length == 1 ? 0 : folder.length;
        byte[] path = java.util.Arrays.copyOf(folder, length + 1 + name.length);
        path[length] = '/';
        System.arraycopy(name, 0, path, length + 1, name.length);
        return path;
    }
}

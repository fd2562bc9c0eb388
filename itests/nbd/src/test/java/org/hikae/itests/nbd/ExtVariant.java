package org.hikae.itests.nbd;

import java.util.List;

/**
 * A way to make and use an ext file system.
 *
 * @param make options of mkfs
 * @param mount options of mount
 */
record ExtVariant(List<String> make, String mount) {

    /** What one gets without options, but trimmed at once. */
    static final ExtVariant USUAL = new ExtVariant(List.of(), "discard");

    /**
     * Such as differ in what is written, when, and in which order. Fast commits are not among them: on any disk that was this
     * busy, Linux 6.18 and e2fsck 1.47.0 fail to replay them.
     */
    static List<ExtVariant> all() {
        return List.of(
                USUAL,
                of("-b 4096", "nodelalloc"),
                of("-b 2048 -O ^extent,^64bit", "discard,data=journal"),
                of("-b 4096 -O bigalloc,inline_data -I 256", "discard"),
                of("-b 1024 -O meta_bg,^resize_inode", "data=writeback,commit=1"));
    }

    private static ExtVariant of(String make, String mount) {
        return new ExtVariant(List.of(make.split(" ")), mount);
    }
}

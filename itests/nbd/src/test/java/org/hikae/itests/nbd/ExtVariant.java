package org.hikae.itests.nbd;

import java.io.IOException;
import java.util.List;

/**
 * A way to make and use an ext file system.
 *
 * @param make options of mkfs
 * @param mount options of mount
 */
record ExtVariant(List<String> make, String mount) {

    private static final String FAST_COMMITS = "fast_commit";

    /** What one gets without options, but trimmed at once. */
    static final ExtVariant USUAL = new ExtVariant(List.of(), "discard");

    /** Such as differ in what is written, when, and in which order. */
    static List<ExtVariant> all() {
        return List.of(
                USUAL,
                of("-b 4096", "nodelalloc"),
                of("-b 4096 -O " + FAST_COMMITS, "discard"),
                of("-b 2048 -O ^extent,^64bit", "discard,data=journal"),
                of("-b 4096 -O bigalloc,inline_data -I 256", "discard"),
                of("-b 1024 -O meta_bg,^resize_inode", "data=writeback,commit=1"));
    }

    private static ExtVariant of(String make, String mount) {
        return new ExtVariant(List.of(make.split(" ")), mount);
    }

    /**
     * Recovers an image as after a crash, and finds nothing wrong. With fast commits there would be, on any disk: when the
     * kernel replays them, it leaves directories behind that were removed. There what was synced is all that counts.
     */
    void recover(ExtImage image, String about) throws IOException, InterruptedException {
        if (make.contains(FAST_COMMITS)) {
            image.recoverByMounting();
        } else {
            image.recover(about);
            image.assertWhole(about);
        }
    }
}

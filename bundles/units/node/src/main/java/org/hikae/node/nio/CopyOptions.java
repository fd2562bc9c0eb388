package org.hikae.node.nio;

import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How a file is copied or moved.
 *
 * @param replace whether what the target is now may be replaced
 * @param attributes whether the copy gets owner, mode, times and extended attributes
 * @param atomic whether others see either all or nothing of the move
 * @param follow whether the target of a symlink is copied, and not the symlink
 */
record CopyOptions(boolean replace, boolean attributes, boolean atomic, boolean follow) {

    /** @throws UnsupportedOperationException if an option is not one of copies */
    static CopyOptions forCopy(CopyOption... options) {
        List<CopyOption> all = checked(StandardCopyOption.ATOMIC_MOVE, options);
        return new CopyOptions(
                all.contains(StandardCopyOption.REPLACE_EXISTING),
                all.contains(StandardCopyOption.COPY_ATTRIBUTES),
                false,
                !all.contains(LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * A move takes the attributes along, and moves symlinks themselves.
     *
     * @throws UnsupportedOperationException if an option is not one of moves
     */
    static CopyOptions forMove(CopyOption... options) {
        List<CopyOption> all = checked(StandardCopyOption.COPY_ATTRIBUTES, options);
        return new CopyOptions(
                all.contains(StandardCopyOption.REPLACE_EXISTING),
                true,
                all.contains(StandardCopyOption.ATOMIC_MOVE),
                false);
    }

    private static List<CopyOption> checked(StandardCopyOption without, CopyOption... options) {
        for (CopyOption option : options) {
            Objects.requireNonNull(option);
            if (option == without || !(option instanceof StandardCopyOption || option instanceof LinkOption)) {
                throw new UnsupportedOperationException("no option " + option + " for this");
            }
        }
        return Arrays.asList(options);
    }
}

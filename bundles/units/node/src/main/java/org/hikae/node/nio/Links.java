package org.hikae.node.nio;

import java.nio.file.LinkOption;

/** Whether a symlink at the end of a path is followed. */
final class Links {

    private Links() {}

    static boolean follow(LinkOption... options) {
        boolean follow = true;
        for (LinkOption option : options) {
            follow = switch (option) {
                case NOFOLLOW_LINKS -> false;
            };
        }
        return follow;
    }
}

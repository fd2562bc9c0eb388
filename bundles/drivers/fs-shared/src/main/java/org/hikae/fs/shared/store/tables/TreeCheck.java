package org.hikae.fs.shared.store.tables;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.Page;
import org.hikae.api.fs.FileSystemRefusedException;

/**
 * Looks at the pages of a table that refer to others (I9): none may be referred to twice. MVStore would go down in a circle
 * for ever. One page in some forty is read for it.
 */
final class TreeCheck {

    private static final int DEEPEST = 48;

    private final Set<Long> seen = new HashSet<>();

    /** @throws FileSystemRefusedException if they are no tree */
    void check(Page<?, ?> root) throws IOException {
        check(root, 0);
    }

    private void check(Page<?, ?> page, int depth) throws IOException {
        if (page.isLeaf()) {
            return;
        }
        for (int child = 0; child < page.getRawChildPageCount(); child++) {
            long position = page.getChildPagePos(child);
            if (!DataUtils.isLeafPosition(position)) {
                if (depth == DEEPEST || !seen.add(position)) {
                    throw new FileSystemRefusedException(
                            "metadata", -1, "the pages of a table refer to one another in a circle");
                }
                check(page.getChildPage(child), depth + 1);
            }
        }
    }
}

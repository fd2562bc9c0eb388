package org.hikae.fs.shared;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where files went on growing lately: blocks that are reserved are not in the tables yet, and what comes after them in the
 * file is to lie after them on the disk. Thread-safe.
 */
final class Goals {

    private static final int MOST = 4096;

    /** By inode, the longest not used first out. Guarded by this. */
    private final Map<Long, Goal> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Goal> eldest) {
            return size() > MOST;
        }
    };

    private record Goal(long logical, long physical) {}

    /** After a reservation: the block of the file, and of the disk, that come next. */
    synchronized void note(long inode, long logical, long physical) {
        last.put(inode, new Goal(logical, physical));
    }

    /** Where a block of a file is to lie; -1 if anywhere. */
    synchronized long of(long inode, Gap gap) {
        Goal goal = last.get(inode);
        return goal != null && goal.logical == gap.logical() ? goal.physical : gap.goal();
    }
}

package org.hikae.group.list;

import java.util.List;

/**
 * A line of a group list ([0090]).
 *
 * @param number from 0
 * @param takes whether it takes files into the group, and not out of it (b.3)
 * @param rooted whether its first name is one of the root's, and not of any directory
 * @param directoriesOnly whether it matches nothing but directories
 * @param names may be {@link Glob#ANY_DEPTH}, but not first or last; none for the root itself
 */
record Line(int number, boolean takes, boolean rooted, boolean directoriesOnly, List<Glob> names) {

    Line {
        names = List.copyOf(names);
    }
}

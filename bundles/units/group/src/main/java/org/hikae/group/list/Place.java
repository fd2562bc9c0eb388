package org.hikae.group.list;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a list has to do with a file, and if it is a directory, with what is in it. */
public final class Place {

    private final GroupList list;
    private final Key key;
    private final boolean settled;
    private final NameIndex index;
    /** The place of a directory in this one whose name nothing matches; null as long as none was met. */
    private Place unmatched;

    /**
     * Two places are the same if these are.
     *
     * @param floor number of the last line that cannot change anything any more
     * @param positions in order, without beginnings of lines that match at any depth
     */
    record Key(boolean member, int floor, List<Position> positions) {}

    Place(GroupList list, Key key, boolean settled) {
        this.list = list;
        this.key = key;
        this.settled = settled;
        this.index = new NameIndex(key.positions());
    }

    Key key() {
        return key;
    }

    /** Whether the file is in the group. */
    public boolean isMember() {
        return key.member();
    }

    /** Whether something that is in this directory may be in the group. */
    public boolean mayHoldMembers() {
        return key.member() || !settled;
    }

    /** The place of a file in this directory. */
    public Place child(String name, boolean directory) {
        if (settled) {
            return this;
        }
        List<Position> matched = matched(name);
        if (!directory) {
            return list.leaf(isMember(decided(matched, false)));
        } else if (!matched.isEmpty()) {
            return next(matched);
        }
        if (unmatched == null) {
            unmatched = next(matched);
        }
        return unmatched;
    }

    private List<Position> matched(String name) {
        List<Position> matched = new ArrayList<>(0);
        list.starts().find(name, key.floor(), matched);
        index.find(name, key.floor(), matched);
        return matched;
    }

    /** The last line whose end has matched; null if none has. */
    private static Line decided(List<Position> matched, boolean directory) {
        Line last = null;
        for (Position each : matched) {
            boolean ends = each.next() == null && (directory || !each.line().directoriesOnly());
            if (ends && (last == null || each.number() > last.number())) {
                last = each.line();
            }
        }
        return last;
    }

    private boolean isMember(Line decided) {
        return decided == null ? key.member() : decided.takes();
    }

    private Place next(List<Position> matched) {
        Line decided = decided(matched, true);
        int floor = decided == null ? key.floor() : decided.number();
        Set<Position> next = new LinkedHashSet<>();
        key.positions().stream().filter(Position::isAnyDepth).forEach(each -> each.open(next::add));
        matched.stream().filter(each -> each.next() != null).forEach(each -> each.next()
                .open(next::add));
        next.removeIf(each -> each.number() <= floor);
        return list.place(isMember(decided), floor, next);
    }
}

package org.hikae.group.list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group list, made ready for a walk through a tree (b.1 to b.3). A directory's {@link Place} says what the list has to
 * do with what is in it; from it and a name comes that of the next one. For one thread at a time.
 */
public final class GroupList {

    /** So many positions are kept in places that may be met again; far more than any tree needs at a time. */
    private static final int KEPT = 1 << 20;

    /** The beginnings of the lines that match at any depth; of a place they are part without being listed in it. */
    private final NameIndex starts;
    /** For each line, and the end, the next one that matches at any depth and takes files in; and out. */
    private final int[] nextTaking;

    private final int[] nextRemoving;
    private final Map<Place.Key, Place> places = new HashMap<>();
    private int kept;
    private final Place taken;
    private final Place left;
    private final Place root;

    private GroupList(List<Line> lines) {
        List<Position> anywhere = new ArrayList<>();
        Set<Position> fromRoot = new LinkedHashSet<>();
        Line all = null;
        for (Line line : lines) {
            if (line.names().isEmpty()) {
                all = line;
            } else if (line.rooted()) {
                Position.of(line).open(fromRoot::add);
            } else {
                anywhere.add(Position.of(line));
            }
        }
        starts = new NameIndex(anywhere);
        nextTaking = next(anywhere, true, lines.size());
        nextRemoving = next(anywhere, false, lines.size());
        taken = place(true, lines.size(), List.of());
        left = place(false, lines.size(), List.of());
        root = place(all != null && all.takes(), all == null ? -1 : all.number(), fromRoot);
    }

    /** @throws IOException if a line cannot be understood: says which, and why */
    public static GroupList of(List<String> list) throws IOException {
        if (list.isEmpty()) {
            throw new IOException("the group list has no line, so that no file is in the group");
        }
        List<Line> lines = new ArrayList<>();
        for (String text : list) {
            lines.add(LineParser.parse(lines.size(), text));
        }
        return new GroupList(lines);
    }

    private static int[] next(List<Position> anywhere, boolean takes, int lines) {
        int[] next = new int[lines + 1];
        next[lines] = lines;
        Set<Integer> numbers = new LinkedHashSet<>();
        anywhere.stream().filter(each -> each.line().takes() == takes).forEach(each -> numbers.add(each.number()));
        for (int i = lines - 1; i >= 0; i--) {
            next[i] = numbers.contains(i) ? i : next[i + 1];
        }
        return next;
    }

    /** The place of the root directory. */
    public Place root() {
        return root;
    }

    NameIndex starts() {
        return starts;
    }

    /** The place of a file that is no directory. */
    Place leaf(boolean member) {
        return member ? taken : left;
    }

    /**
     * The place of a directory. What cannot change anything in it is left out: lines up to the first that is for the
     * opposite of what holds already.
     *
     * @param member whether it is in the group
     * @param floor number of the last line that has matched it or a directory on the way; -1 if none
     * @param positions how far lines have been matched, but for beginnings of those that match at any depth
     */
    Place place(boolean member, int floor, Collection<Position> positions) {
        int lines = nextTaking.length - 1;
        int first = floor >= lines ? lines : (member ? nextRemoving : nextTaking)[floor + 1];
        for (Position each : positions) {
            if (each.number() > floor && each.line().takes() != member) {
                first = Math.min(first, each.number());
            }
        }
        int from = first;
        List<Position> rest = positions.stream()
                .filter(each -> each.number() >= from)
                .sorted(Comparator.comparingInt(Position::number).thenComparingInt(Position::index))
                .toList();
        Place.Key key = new Place.Key(member, from - 1, rest);
        Place known = places.get(key);
        return known != null ? known : keep(new Place(this, key, from == lines));
    }

    private Place keep(Place place) {
        kept += place.key().positions().size() + 1;
        if (kept > KEPT) {
            places.clear();
            kept = 0;
        }
        places.put(place.key(), place);
        return place;
    }
}

package org.hikae.group.list;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the positions that a name matches. One that has nothing to do with them costs little, however many they are. */
final class NameIndex {

    private final Map<String, List<Position>> literals = new HashMap<>();
    private final List<Position> patterns = new ArrayList<>();

    NameIndex(Collection<Position> positions) {
        for (Position each : positions) {
            String literal = each.name().literal();
            if (each.isAnyDepth()) {
                continue;
            } else if (literal != null) {
                literals.computeIfAbsent(literal, name -> new ArrayList<>(1)).add(each);
            } else {
                patterns.add(each);
            }
        }
    }

    /** Adds the positions of lines after {@code floor} that a name matches. */
    void find(String name, int floor, List<Position> found) {
        for (Position each : literals.getOrDefault(name, List.of())) {
            if (each.number() > floor) {
                found.add(each);
            }
        }
        for (Position each : patterns) {
            if (each.number() > floor && each.name().matches(name)) {
                found.add(each);
            }
        }
    }
}

package org.hikae.itests.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The generations of a disk as they must be. */
final class ChainModel {

    /**
     * A generation as it must be.
     *
     * @param partial whether it is one since a mark (R13)
     * @param parent null: it is a full one
     */
    record Made(byte[] content, boolean partial, String parent, String medium) {}

    private final Map<String, Made> all = new TreeMap<>();

    Map<String, Made> all() {
        return all;
    }

    Made get(String id) {
        return all.get(id);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** One of them. */
    String any(SplittableRandom random) {
        return List.copyOf(all.keySet()).get(random.nextInt(all.size()));
    }

    /** The ids, the newest first. */
    List<String> newestFirst() {
        return all.keySet().stream()
                .sorted(Comparator.comparingLong(ChainModel::number).reversed())
                .toList();
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('@') + 1));
    }

    /** What each builds upon, as text. */
    Map<String, String> parents() {
        Map<String, String> parents = new HashMap<>();
        all.forEach((id, made) -> parents.put(id, String.valueOf(made.parent())));
        return parents;
    }

    /** A generation and some that it builds upon, the newest first. */
    List<String> range(String newest, int length) {
        List<String> range = new ArrayList<>(List.of(newest));
        String above = get(newest).parent();
        while (range.size() < length && above != null) {
            range.add(above);
            above = get(above).parent();
        }
        return range;
    }

    /** Whether something outside of the range builds upon it. */
    boolean isForked(String id, List<String> range) {
        return all.entrySet().stream()
                .anyMatch(other -> id.equals(other.getValue().parent()) && !range.contains(other.getKey()));
    }

    /** The first of the range stands for all of it from now on. */
    void merge(List<String> range, String medium) {
        Made newest = get(range.get(0));
        String below = get(range.get(range.size() - 1)).parent();
        all.keySet().removeAll(range);
        all.put(
                range.get(0),
                new Made(newest.content(), newest.partial(), below, medium == null ? newest.medium() : medium));
    }
}

package org.hikae.itests.platform;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a group has of a tree, told without any regard to cost, by the few kinds of patterns that these tests use. */
final class GroupModel {
    private final List<String> list;

    /** @param list lines of names, and of {@code *} for a whole name */
    GroupModel(List<String> list) {
        this.list = list;
    }

    /** The last line that matches it or a directory that it is in decides. */
    boolean has(String path) {
        boolean in = false;
        for (String line : list) {
            boolean out = line.startsWith("X ");
            if (matches(out ? line.substring(2) : line, path)) {
                in = !out;
            }
        }
        return in;
    }

    private static boolean matches(String pattern, String path) {
        String[] wanted = pattern.replaceFirst("^/", "").split("/");
        String[] names = path.substring(1).split("/");
        for (int end = 1; end <= names.length; end++) {
            int start = end - wanted.length;
            if ((pattern.startsWith("/") ? start == 0 : start >= 0) && equal(wanted, names, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(String[] wanted, String[] names, int start) {
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(names[start + i])) {
                return false;
            }
        }
        return !names[0].isEmpty();
    }

    /** The members, and the directories on the way to them; the root always. */
    SortedMap<String, String> of(Map<String, String> tree) {
        Set<String> shown = new HashSet<>(Set.of("/"));
        for (String path : tree.keySet()) {
            if (has(path)) {
                for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                    shown.add(path.substring(0, end));
                }
            }
        }
        SortedMap<String, String> of = new TreeMap<>(tree);
        of.keySet().retainAll(shown);
        return of;
    }
}

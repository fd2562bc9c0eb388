package org.hikae.itests.platform;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a group list means, in the simplest way: each line is tried on a path and on all directories that it is in. */
final class GroupListModel {

    private GroupListModel() {}

    /** @param path names from the root on, each after a slash */
    static boolean isMember(List<String> list, String path, boolean directory) {
        boolean member = false;
        for (String line : list) {
            boolean takes = !line.startsWith("X ");
            if (member != takes && matches(takes ? line : line.substring(2), path, directory)) {
                member = takes;
            }
        }
        return member;
    }

    private static boolean matches(String pattern, String path, boolean directory) {
        boolean directories = pattern.endsWith("/");
        List<String> names = Arrays.asList(path.substring(1).split("/"));
        for (int length = names.size(); length > 0; length--) {
            boolean isDirectory = length < names.size() || directory;
            if ((isDirectory || !directories) && matchesAll(pattern, names.subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAll(String pattern, List<String> names) {
        boolean rooted = pattern.startsWith("/");
        List<String> parts = Arrays.asList(pattern.substring(rooted ? 1 : 0).split("/"));
        for (int from = 0; from <= (rooted ? 0 : names.size()); from++) {
            if (matches(parts, names.subList(from, names.size()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(List<String> parts, List<String> names) {
        if (parts.isEmpty() || names.isEmpty()) {
            return parts.isEmpty() && names.isEmpty();
        } else if (parts.get(0).equals("**")) {
            return matches(parts.subList(1, parts.size()), names) || matches(parts, names.subList(1, names.size()));
        }
        return isName(parts.get(0), names.get(0))
                && matches(parts.subList(1, parts.size()), names.subList(1, names.size()));
    }

    /** Patterns of these tests have letters, digits, and what means something. */
    private static boolean isName(String part, String name) {
        String regex =
                part.replace(".", "\\.").replace("*", ".*").replace("?", ".").replace("[!", "[^");
        return Pattern.matches(regex, name);
    }
}

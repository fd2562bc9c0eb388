package org.hikae.node.nio;

import java.io.ByteArrayOutputStream;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hikae.api.fs.FileName;

/** What can be done with the names of a path alone. */
final class PathNames {

    /** The directory itself. */
    static final FileName DOT = FileName.parse(".");

    /** The directory that it is in. */
    static final FileName DOT_DOT = FileName.parse("..");

    /** The names of the empty path. */
    static final List<FileName> EMPTY_PATH = List.of(FileName.parse(""));

    private PathNames() {}

    static boolean isDots(FileName name) {
        return name.equals(DOT) || name.equals(DOT_DOT);
    }

    /**
     * The names between the slashes of a text; none for a text of slashes alone, and for an empty one.
     *
     * @throws InvalidPathException if a name has a NUL, or hides a slash or a NUL behind an escape
     */
    static List<FileName> parse(String text) {
        List<FileName> names = new ArrayList<>();
        for (String part : text.split("/")) {
            if (!part.isEmpty()) {
                names.add(checked(text, FileName.parse(part)));
            }
        }
        return List.copyOf(names);
    }

    /** The names of a symlink's target. */
    static List<FileName> split(FileName target) {
        List<FileName> names = new ArrayList<>();
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (byte letter : target.bytes()) {
            if (letter == '/') {
                addTo(names, name);
            } else {
                name.write(letter);
            }
        }
        addTo(names, name);
        return names;
    }

    private static void addTo(List<FileName> names, ByteArrayOutputStream name) {
        if (name.size() > 0) {
            names.add(FileName.of(name.toByteArray()));
            name.reset();
        }
    }

    private static FileName checked(String text, FileName name) {
        for (byte letter : name.bytes()) {
            if (letter == 0 || letter == '/') {
                throw new InvalidPathException(text, letter == 0 ? "a name has no NUL" : "a name has no slash");
            }
        }
        return name;
    }

    static String text(boolean absolute, List<FileName> names) {
        return names.stream().map(FileName::toString).collect(Collectors.joining("/", absolute ? "/" : "", ""));
    }

    static byte[] bytes(boolean absolute, List<FileName> names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (FileName name : names) {
            if (absolute || bytes.size() > 0) {
                bytes.write('/');
            }
            bytes.writeBytes(name.bytes());
        }
        return names.isEmpty() && absolute ? new byte[] {'/'} : bytes.toByteArray();
    }

    static List<FileName> concat(List<FileName> first, List<FileName> second) {
        List<FileName> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    /** Without {@code .}, and without {@code ..} where a name stands before it, or the root. */
    static List<FileName> normalize(boolean absolute, List<FileName> names) {
        List<FileName> kept = new ArrayList<>();
        for (FileName name : names) {
            int last = kept.size() - 1;
            if (name.equals(DOT_DOT) && last >= 0 && !kept.get(last).equals(DOT_DOT)) {
                kept.remove(last);
            } else if (!name.equals(DOT) && !(name.equals(DOT_DOT) && absolute)) {
                kept.add(name);
            }
        }
        return List.copyOf(kept);
    }

    /**
     * The names that lead from one path to another, both absolute or both not; none from a path to itself.
     *
     * @param base how the first is called in the message
     * @throws IllegalArgumentException if the first has a {@code ..} that does not go away, so that nobody knows the names
     *     that lead back
     */
    static List<FileName> relativize(String base, boolean absolute, List<FileName> from, List<FileName> to) {
        List<FileName> here = from;
        List<FileName> there = to;
        if (from.stream().anyMatch(PathNames::isDots) || to.stream().anyMatch(PathNames::isDots)) {
            here = normalize(absolute, from);
            there = normalize(absolute, to);
        }
        there = there.equals(EMPTY_PATH) ? List.of() : there;
        int common = 0;
        while (common < Math.min(here.size(), there.size()) && here.get(common).equals(there.get(common))) {
            common++;
        }
        List<FileName> back = here.subList(common, here.size());
        if (back.contains(DOT_DOT)) {
            throw new IllegalArgumentException("what lies above " + base + " has no known name to come back by");
        }
        List<FileName> way = new ArrayList<>(back.stream().map(name -> DOT_DOT).toList());
        way.addAll(there.subList(common, there.size()));
        return List.copyOf(way);
    }
}

package org.hikae.files.client.select;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An absolute path with {@code *} (any characters of a name), {@code ?} (one of them) and {@code **} as a name of its own (any number
 * of names, none too). Names are matched one after the other, from the root on: which places in the pattern are reached says whether
 * to go on. Immutable.
 */
final class PathPattern {

    private static final String ANY_NAMES = "**";

    private final List<String> names;
    /** Of each name; null of {@code **}. */
    private final List<Pattern> parts = new ArrayList<>();

    private PathPattern(List<String> names) {
        this.names = names;
        for (String name : names) {
            parts.add(name.equals(ANY_NAMES) ? null : name(name));
        }
    }

    /** @throws IllegalArgumentException if it is not absolute, or has names that are none */
    static PathPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("'" + text + "' is no absolute path");
        }
        List<String> names = new ArrayList<>();
        for (String name : text.split("/")) {
            if (name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("'" + text + "' has a name '" + name + "'; write the path without");
            } else if (name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a path with a character NUL");
            } else if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new PathPattern(names);
    }

    /** The pattern of a single name. */
    static Pattern name(String name) {
        StringBuilder regex = new StringBuilder();
        StringBuilder literal = new StringBuilder();
        for (char c : name.toCharArray()) {
            if (c == '*' || c == '?') {
                regex.append(quoted(literal)).append(c == '*' ? ".*" : ".");
                literal.setLength(0);
            } else {
                literal.append(c);
            }
        }
        return Pattern.compile(regex.append(quoted(literal)).toString(), Pattern.DOTALL);
    }

    private static String quoted(StringBuilder literal) {
        return literal.length() == 0 ? "" : Pattern.quote(literal.toString());
    }

    /** The names before the first that is a pattern. */
    List<String> literal() {
        int count = 0;
        while (count < names.size() && !isPattern(names.get(count))) {
            count++;
        }
        return names.subList(0, count);
    }

    static boolean isPattern(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    /** What is reached at the root. */
    BitSet begin() {
        BitSet reached = new BitSet();
        reach(reached, 0);
        return reached;
    }

    /** What is reached with one name more. */
    BitSet step(BitSet reached, String name) {
        BitSet next = new BitSet();
        for (int at = reached.nextSetBit(0); at >= 0 && at < parts.size(); at = reached.nextSetBit(at + 1)) {
            Pattern part = parts.get(at);
            if (part == null) {
                reach(next, at);
            } else if (part.matcher(name).matches()) {
                reach(next, at + 1);
            }
        }
        return next;
    }

    private void reach(BitSet reached, int at) {
        int place = at;
        reached.set(place);
        while (place < parts.size() && parts.get(place) == null) {
            reached.set(++place);
        }
    }

    /** Whether the whole pattern is matched. */
    boolean isMatched(BitSet reached) {
        return reached.get(parts.size());
    }
}

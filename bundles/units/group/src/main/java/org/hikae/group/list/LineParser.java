package org.hikae.group.list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Understands lines of a group list, or says why not. Blanks at the ends are no part of a pattern. */
final class LineParser {

    private static final String BLANKS = " \t";
    /** Takes files out, with blanks after it. */
    private static final char EXCLUSION = 'X';

    private LineParser() {}

    /** @throws IOException says which line it is, and what is wrong with it */
    static Line parse(int number, String text) throws IOException {
        try {
            String line = strip(text);
            if (line.isEmpty()) {
                throw new IOException("it is empty");
            } else if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw new IOException("it has a line break; for one in a name, write ?");
            } else if (line.equals("X")) {
                throw new IOException(
                        "there is no pattern after X; a file of that name is taken in by \\X, and taken out by X X");
            }
            boolean takes = line.charAt(0) != EXCLUSION || !isBlank(line.charAt(1));
            return line(number, takes, takes ? line : strip(line.substring(1)));
        } catch (IOException e) {
            throw new IOException(
                    "line " + (number + 1) + " of the group list, '" + text + "', cannot be understood: "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean isBlank(char c) {
        return BLANKS.indexOf(c) >= 0;
    }

    /** A blank after a backslash is no end. */
    private static String strip(String text) {
        int first = 0;
        int end = text.length();
        while (first < end && isBlank(text.charAt(first))) {
            first++;
        }
        while (end > first && isBlank(text.charAt(end - 1)) && !isEscaped(text, end - 1)) {
            end--;
        }
        return text.substring(first, end);
    }

    private static boolean isEscaped(String text, int at) {
        int backslashes = 0;
        while (backslashes < at && text.charAt(at - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static Line line(int number, boolean takes, String pattern) throws IOException {
        // The letter and the number sign mean something at the beginning of a line alone.
        boolean literal = pattern.startsWith("\\X") || pattern.startsWith("\\#");
        String[] names = (literal ? pattern.substring(1) : pattern).split("/", -1);
        boolean rooted = names.length > 1 && names[0].isEmpty();
        boolean directories = names.length > 1 && names[names.length - 1].isEmpty();
        List<Glob> globs = new ArrayList<>();
        for (int i = rooted ? 1 : 0; i < names.length - (directories ? 1 : 0); i++) {
            globs.add(glob(names[i]));
        }
        boolean deep = simplify(globs);
        return new Line(number, takes, rooted && !deep, directories, globs);
    }

    private static Glob glob(String name) throws IOException {
        switch (name) {
            case "" -> throw new IOException("between two '/' there is no name");
            case ".", ".." -> throw new IOException("no file has the name '" + name + "': leave it out");
            case "**" -> {
                return Glob.ANY_DEPTH;
            }
            default -> {
                return Glob.parse(name);
            }
        }
    }

    /**
     * Leaves any number of directories in the middle alone. At the end, whatever is in a directory will do, since it takes
     * with it what is deeper.
     *
     * @return whether it may begin in any directory, as it began with any number of them
     */
    private static boolean simplify(List<Glob> names) {
        for (int i = names.size() - 1; i > 0; i--) {
            if (names.get(i) == Glob.ANY_DEPTH && names.get(i - 1) == Glob.ANY_DEPTH) {
                names.remove(i);
            }
        }
        int last = names.size() - 1;
        if (last >= 0 && names.get(last) == Glob.ANY_DEPTH) {
            names.set(last, Glob.ANY);
        }
        return !names.isEmpty() && names.get(0) == Glob.ANY_DEPTH && names.remove(0) != null;
    }
}

package org.hikae.group.testing;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a group list means, said in another way: each line is a regular expression, which a path or that of a directory above
 * it matches. The root's path is empty here. Understands lines that can be understood, without blanks at the ends.
 */
public final class RegexModel {

    private final List<Line> lines;

    private record Line(boolean takes, boolean directoriesOnly, Pattern pattern) {}

    public RegexModel(List<String> list) {
        lines = list.stream().map(RegexModel::line).toList();
    }

    /** Whether a file is in the group. */
    public boolean has(String path, boolean directory) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (matches(lines.get(i), path.equals("/") ? "" : path, directory)) {
                return lines.get(i).takes();
            }
        }
        return false;
    }

    private static boolean matches(Line line, String path, boolean directory) {
        boolean itself = (directory || !line.directoriesOnly())
                && line.pattern().matcher(path).matches();
        return itself || !path.isEmpty() && matches(line, path.substring(0, path.lastIndexOf('/')), true);
    }

    private static Line line(String text) {
        boolean takes = !text.startsWith("X ");
        String pattern = takes ? text : text.substring(2);
        boolean directory = pattern.endsWith("/");
        if (pattern.startsWith("\\X")) {
            pattern = pattern.substring(1);
        }
        StringBuilder regex = new StringBuilder(pattern.startsWith("/") ? "" : "(/[^/]+)*");
        String[] names = pattern.replaceAll("^/|/$", "").split("/");
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals("**")) {
                regex.append(i + 1 < names.length ? "(/[^/]+)*" : "(/[^/]+)+");
            } else if (!names[i].isEmpty()) {
                regex.append('/').append(name(names[i]));
            }
        }
        return new Line(takes, directory, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    private static String name(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[') {
                int end = glob.indexOf(']', i + 2);
                String inside = glob.substring(i + 1, end).replace("[", "\\[");
                regex.append(inside.startsWith("!") ? "[^" + inside.substring(1) + "]" : "[" + inside + "]");
                i = end;
            } else if (c == '\\' && i + 1 < glob.length() && "*?[]\\".indexOf(glob.charAt(i + 1)) >= 0) {
                regex.append(Pattern.quote(glob.substring(++i, i + 1)));
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}

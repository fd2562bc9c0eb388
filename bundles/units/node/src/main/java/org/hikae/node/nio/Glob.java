package org.hikae.node.nio;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The patterns of {@link java.nio.file.FileSystem#getPathMatcher}, made into regular expressions. */
final class Glob {

    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean inGroup;

    private Glob(String glob) {
        this.glob = glob;
    }

    /** @throws PatternSyntaxException if it is none */
    static Pattern pattern(String glob) {
        return new Glob(glob).translate();
    }

    private Pattern translate() {
        while (at < glob.length()) {
            char letter = glob.charAt(at++);
            switch (letter) {
                case '\\' -> literal(next("nothing comes after the backslash"));
                case '*' -> star();
                case '?' -> regex.append("[^/]");
                case '[' -> set();
                case '{', '}', ',' -> group(letter);
                default -> literal(letter);
            }
        }
        if (inGroup) {
            throw wrong("'}' is missing");
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private void star() {
        if (at < glob.length() && glob.charAt(at) == '*') {
            at++;
            regex.append(".*");
        } else {
            regex.append("[^/]*");
        }
    }

    private void group(char letter) {
        if (letter == '{') {
            if (inGroup) {
                throw wrong("groups cannot lie in each other");
            }
            inGroup = true;
            regex.append("(?:(?:");
        } else if (!inGroup) {
            literal(letter);
        } else if (letter == '}') {
            inGroup = false;
            regex.append("))");
        } else {
            regex.append(")|(?:");
        }
    }

    /** A set of letters, in which none but the minus, and the exclamation mark at the beginning, is special. */
    private void set() {
        regex.append("(?!/)[");
        if (at < glob.length() && glob.charAt(at) == '!') {
            at++;
            regex.append('^');
        }
        int first = at;
        char letter = next("']' is missing");
        while (letter != ']') {
            if (letter == '/') {
                throw wrong("a set cannot have a '/'");
            }
            if (letter == '-' && at > first + 1 && at < glob.length() && glob.charAt(at) != ']') {
                range(glob.charAt(at - 2), next("']' is missing"));
            } else {
                literal(letter);
            }
            letter = next("']' is missing");
        }
        if (at == first + 1) {
            throw wrong("a set of nothing matches nothing");
        }
        regex.append(']');
    }

    private void range(char from, char to) {
        if (to < from) {
            throw wrong("the range is the wrong way round");
        }
        regex.append('-');
        literal(to);
    }

    private void literal(char letter) {
        if (letter < 128 && !Character.isLetterOrDigit(letter)) {
            regex.append('\\');
        }
        regex.append(letter);
    }

    private char next(String orElse) {
        if (at == glob.length()) {
            throw wrong(orElse);
        }
        return glob.charAt(at++);
    }

    private PatternSyntaxException wrong(String why) {
        return new PatternSyntaxException(why, glob, at - 1);
    }
}

package org.hikae.shell.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text into lines of so many columns: at blanks where that works, else anywhere. */
final class Wrap {

    private Wrap() {}

    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (Width.of(rest) > width) {
            int fits = fitting(rest, width);
            int blank = rest.lastIndexOf(' ', fits);
            int end = blank > 0 ? blank : fits;
            lines.add(rest.substring(0, end).replaceFirst(" +$", ""));
            rest = rest.substring(end).replaceFirst("^ +", "");
        }
        lines.add(rest);
        return lines;
    }

    /** The number of chars, one character at least, that fit into the width. */
    private static int fitting(String text, int width) {
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            used += Width.of(character);
            if (used > width && at > 0) {
                return at;
            }
            at += Character.charCount(character);
        }
        return at;
    }
}

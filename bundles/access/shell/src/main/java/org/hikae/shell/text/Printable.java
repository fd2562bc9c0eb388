package org.hikae.shell.text;

import java.util.regex.Pattern;

/** Text that comes from anywhere, such as a name on a medium, made fit for a terminal. */
public final class Printable {

    /** Control characters of both ranges, and those that turn the direction of writing: terminals obey them. */
    private static final Pattern OBEYED =
            Pattern.compile("[\\p{IsControl}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private Printable() {}

    /** The text on one line, each such character shown as a question mark. */
    public static String of(String text) {
        return OBEYED.matcher(text).replaceAll("?");
    }
}

package org.hikae.group.list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes the pattern of a name apart. A backslash before anything that has no special meaning stands for itself. */
final class GlobParser {

    private static final String SPECIAL = "*?[]\\ \t";
    private static final String SPECIAL_IN_CHOICE = "[]\\!^-";

    private final String text;
    private int at;

    GlobParser(String text) {
        this.text = text;
    }

    boolean hasNext() {
        return at < text.length();
    }

    Element next() throws IOException {
        int codePoint = take();
        return switch (codePoint) {
            case '*' -> Element.STAR;
            case '?' -> Element.ONE;
            case '[' -> choice(at - 1);
            case '\\' -> new Element.Literal(escaped(SPECIAL));
            default -> new Element.Literal(codePoint);
        };
    }

    private int take() {
        int codePoint = text.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }

    private boolean sees(String any) {
        return at < text.length() && any.indexOf(text.charAt(at)) >= 0;
    }

    /** What a backslash, which was taken, makes of what follows. */
    private int escaped(String special) {
        return sees(special) ? take() : '\\';
    }

    /** @param start where its bracket is */
    private Element choice(int start) throws IOException {
        boolean others = sees("!");
        if (others) {
            at++;
        } else if (sees("^")) {
            throw new IOException("'[^' is no beginning: write [! for all characters but some, or [\\^ for this one");
        }
        List<Element.Range> ranges = new ArrayList<>();
        // A bracket that comes first is one of the characters.
        while (ranges.isEmpty() || !sees("]")) {
            if (!hasNext()) {
                throw new IOException("the '[' of '" + text.substring(start)
                        + "' has no ']' in the same name: add it, or write \\[ for the character");
            }
            ranges.add(range());
        }
        at++;
        return new Element.Choice(others, ranges);
    }

    private Element.Range range() throws IOException {
        int start = at;
        int first = character();
        boolean closed = at + 1 < text.length() && text.charAt(at + 1) != ']';
        if (!sees("-") || !closed) {
            return new Element.Range(first, first);
        }
        at++;
        int last = character();
        if (last < first) {
            throw new IOException(
                    "'" + text.substring(start, at) + "' is no range: its end comes before its beginning");
        }
        return new Element.Range(first, last);
    }

    private int character() {
        int codePoint = take();
        return codePoint == '\\' ? escaped(SPECIAL_IN_CHOICE) : codePoint;
    }
}

package org.hikae.group.list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A pattern of one name. A name is compared code point by code point, in a time of at most its length times the pattern's. */
final class Glob {

    /** Any number of directories: no name at all, or several. */
    static final Glob ANY_DEPTH = new Glob(List.of(Element.STAR));
    /** Any name. */
    static final Glob ANY = new Glob(List.of(Element.STAR));

    private final Element[] elements;
    /** What stands before the first element that is no single character, and after the last one. */
    private final String prefix;

    private final String suffix;
    /** Null if there is an element that is no single character. */
    private final String literal;

    private final boolean oneStar;

    private Glob(List<Element> elements) {
        this.elements = elements.toArray(Element[]::new);
        int first = 0;
        while (first < elements.size() && elements.get(first) instanceof Element.Literal) {
            first++;
        }
        int end = elements.size();
        while (end > first && elements.get(end - 1) instanceof Element.Literal) {
            end--;
        }
        prefix = text(elements.subList(0, first));
        suffix = text(elements.subList(end, elements.size()));
        literal = first == elements.size() ? prefix : null;
        oneStar = end - first == 1 && elements.get(first) == Element.STAR;
    }

    /** @throws IOException says what is wrong with it */
    static Glob parse(String text) throws IOException {
        List<Element> elements = new ArrayList<>();
        GlobParser parser = new GlobParser(text);
        while (parser.hasNext()) {
            Element next = parser.next();
            // One star is as good as several.
            if (next != Element.STAR || elements.isEmpty() || elements.get(elements.size() - 1) != Element.STAR) {
                elements.add(next);
            }
        }
        return elements.equals(List.of(Element.STAR)) ? ANY : new Glob(elements);
    }

    private static String text(List<Element> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(each -> text.appendCodePoint(((Element.Literal) each).codePoint()));
        return text.toString();
    }

    /** The only name that it matches; null if it may match several. */
    String literal() {
        return literal;
    }

    boolean matches(String name) {
        if (literal != null) {
            return literal.equals(name);
        } else if (!name.startsWith(prefix) || !name.endsWith(suffix)) {
            return false;
        }
        return oneStar ? name.length() >= prefix.length() + suffix.length() : matchesAll(name);
    }

    /** Goes back to the last star alone: what an earlier one would take more, the last one can take as well. */
    private boolean matchesAll(String name) {
        int at = 0;
        int element = 0;
        int star = -1;
        int taken = 0;
        while (at < name.length()) {
            int codePoint = name.codePointAt(at);
            if (element < elements.length && elements[element] == Element.STAR) {
                star = element++;
                taken = at;
            } else if (element < elements.length && elements[element].matches(codePoint)) {
                element++;
                at += Character.charCount(codePoint);
            } else if (star >= 0) {
                element = star + 1;
                taken += Character.charCount(name.codePointAt(taken));
                at = taken;
            } else {
                return false;
            }
        }
        while (element < elements.length && elements[element] == Element.STAR) {
            element++;
        }
        return element == elements.length;
    }
}

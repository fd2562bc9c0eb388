package org.hikae.shell.text;

/** What stands in one place of a table. Control characters are shown as question marks: names come from anywhere. */
public record Cell(String text, Style style) {

    public Cell {
        text = text == null || text.isBlank() ? "-" : Printable.of(text.strip());
    }

    public static Cell of(String text) {
        return new Cell(text, Style.PLAIN);
    }

    /** A problem; a dash if there is none. */
    public static Cell problem(String text) {
        return new Cell(text, text == null ? Style.PLAIN : Style.BAD);
    }
}

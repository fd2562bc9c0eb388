package org.hikae.shell.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Aligned columns, fitted to a width: where the whole is too wide, the widest columns of text are narrowed, between words
 * as long as that will do, and their cells go on in the next line. Where that will not do either, each row is shown as a
 * table of its own, with a line for each column.
 */
public final class Table {

    private static final String GAP = "  ";
    /** A column is broken within words rather than made narrower than this. */
    private static final int NARROW = 12;
    /** No column is made narrower than this, however narrow the terminal. */
    private static final int NARROWEST = 8;

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    public Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** How a column is set. */
    public enum Kind {
        /** At the left, broken where there is no room. */
        TEXT,
        /** At the left, never broken: a time, or one of a few words. */
        WORD,
        /** At the right, never broken. */
        NUMBER
    }

    /** A column. */
    public record Column(String heading, Kind kind) {}

    public void add(List<Cell> row) {
        rows.add(List.copyOf(row));
    }

    /** The lines, each without blanks at its end, for that many columns; 0: as wide as it is. */
    public List<String> lines(int width, boolean colour) {
        int[] widths = widths(width);
        if (width > 0 && columns.size() > 2 && Arrays.stream(widths).sum() > room(width)) {
            return rowByRow(width, colour);
        }
        List<String> lines = new ArrayList<>();
        if (columns.stream().anyMatch(column -> !column.heading().isEmpty())) {
            add(lines, headings(), widths, colour);
        }
        rows.forEach(row -> add(lines, row, widths, colour));
        return lines;
    }

    /** What columns have together, the gaps taken off. */
    private int room(int width) {
        return width - GAP.length() * (columns.size() - 1);
    }

    private List<String> rowByRow(int width, boolean colour) {
        List<String> lines = new ArrayList<>();
        for (List<Cell> row : rows) {
            Table one = new Table(List.of(new Column("", Kind.WORD), new Column("", Kind.TEXT)));
            for (int i = 0; i < row.size(); i++) {
                one.add(List.of(new Cell(columns.get(i).heading(), Style.HEADING), row.get(i)));
            }
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(one.lines(width, colour));
        }
        return lines;
    }

    private List<Cell> headings() {
        return columns.stream()
                .map(column -> new Cell(column.heading(), Style.HEADING))
                .toList();
    }

    private int[] widths(int limit) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int widest = rows.stream()
                    .mapToInt(row -> Width.of(row.get(column).text()))
                    .max()
                    .orElse(0);
            widths[i] = Math.max(Width.of(columns.get(i).heading()), widest);
        }
        if (limit > 0) {
            int room = room(limit);
            narrow(widths, room, column -> Math.max(longestWord(column), NARROW));
            narrow(widths, room, column -> NARROWEST);
        }
        return widths;
    }

    /** Takes from the widest column of text, again and again, until all fit; none gets narrower than its least width. */
    private void narrow(int[] widths, int room, IntUnaryOperator least) {
        int[] leasts = IntStream.range(0, widths.length)
                .map(column -> Math.max(
                        least.applyAsInt(column), Width.of(columns.get(column).heading())))
                .toArray();
        for (int excess = Arrays.stream(widths).sum() - room; excess > 0; excess--) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean narrowable = columns.get(i).kind() == Kind.TEXT && widths[i] > leasts[i];
                widest = narrowable && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private int longestWord(int column) {
        return rows.stream()
                .flatMap(row -> Stream.of(row.get(column).text().split(" ", -1)))
                .mapToInt(Width::of)
                .max()
                .orElse(0);
    }

    private void add(List<String> lines, List<Cell> row, int[] widths, boolean colour) {
        List<List<String>> broken = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            broken.add(Wrap.lines(row.get(i).text(), widths[i]));
        }
        int height = broken.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            lines.add(line(row, broken, line, widths, colour));
        }
    }

    private String line(List<Cell> row, List<List<String>> broken, int line, int[] widths, boolean colour) {
        StringBuilder text = new StringBuilder();
        int blanks = 0;
        for (int i = 0; i < widths.length; i++) {
            String part = line < broken.get(i).size() ? broken.get(i).get(line) : "";
            int free = widths[i] - Width.of(part);
            boolean right = columns.get(i).kind() == Kind.NUMBER;
            blanks += i == 0 ? 0 : GAP.length();
            if (part.isEmpty()) {
                blanks += widths[i];
                continue;
            }
            text.append(" ".repeat(Math.max(0, blanks + (right ? free : 0))));
            text.append(row.get(i).style().paint(part, colour));
            blanks = right ? 0 : free;
        }
        return text.toString();
    }
}

package org.hikae.shell.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Words in as few lines as the width allows, going down the columns. */
public final class Columns {

    private static final int GAP = 2;

    private Columns() {}

    /** @param width columns of the terminal; 0: a line for each word */
    public static List<String> lines(List<String> words, int width) {
        if (width == 0 || words.size() < 2) {
            return words;
        }
        int[] sizes = words.stream().mapToInt(Width::of).toArray();
        int columns = most(sizes, width);
        while (columns > 1 && total(sizes, rows(sizes, columns)) > width) {
            columns--;
        }
        return lines(words, sizes, rows(sizes, columns));
    }

    /** No more columns than this can fit: each takes as much as the narrowest word. */
    private static int most(int[] sizes, int width) {
        int narrowest = Math.max(1, Arrays.stream(sizes).min().orElse(1));
        return Math.min(sizes.length, Math.max(1, (width + GAP) / (narrowest + GAP)));
    }

    private static int rows(int[] sizes, int columns) {
        return (sizes.length + columns - 1) / columns;
    }

    private static int total(int[] sizes, int rows) {
        int total = -GAP;
        for (int start = 0; start < sizes.length; start += rows) {
            total += widest(sizes, start, rows) + GAP;
        }
        return total;
    }

    private static int widest(int[] sizes, int start, int rows) {
        int widest = 0;
        for (int i = start; i < Math.min(sizes.length, start + rows); i++) {
            widest = Math.max(widest, sizes[i]);
        }
        return widest;
    }

    private static List<String> lines(List<String> words, int[] sizes, int rows) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            int blanks = 0;
            for (int i = row; i < sizes.length; i += rows) {
                line.append(" ".repeat(blanks)).append(words.get(i));
                blanks = widest(sizes, i - row, rows) - sizes[i] + GAP;
            }
            lines.add(line.toString());
        }
        return lines;
    }
}

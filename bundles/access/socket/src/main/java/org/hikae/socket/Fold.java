package org.hikae.socket;

/** Breaks messages between words, so that a terminal does not break them within. */
final class Fold {
    private Fold() {}

    /** @param width columns; 0: the text stays as it is. A word that is longer than a line stays whole: it may be a path */
    static String at(int width, String text) {
        if (width <= 0) {
            return text;
        }
        StringBuilder folded = new StringBuilder();
        int column = -1;
        for (String word : text.split(" ", -1)) {
            int length = word.codePointCount(0, word.length());
            if (column > 0 && column + 1 + length > width) {
                folded.append('\n');
                column = 0;
            } else {
                folded.append(column < 0 ? "" : " ");
                column++;
            }
            folded.append(word);
            column += length;
        }
        return folded.toString();
    }
}

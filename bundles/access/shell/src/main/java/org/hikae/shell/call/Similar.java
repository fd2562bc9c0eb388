package org.hikae.shell.call;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Words that someone may have meant: no further than a third of its letters away, or beginning alike. */
public final class Similar {

    private Similar() {}

    public static List<String> to(String word, Collection<String> known) {
        int bound = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= bound
                        || (word.length() >= 2 && candidate.startsWith(word))
                        || (candidate.length() >= 3 && word.startsWith(candidate)))
                .sorted(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .limit(2)
                .toList();
    }

    /** Letters to put in, leave out or change, or neighbours to swap, to make one word of the other. */
    static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, a, b, i, j);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int step(int[][] steps, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}

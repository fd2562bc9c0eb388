package org.hikae.socket;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant who misspelt a command. */
final class Suggestion {
    private static final String SCOPE = "hikae:";

    /** For the shell's line editor. */
    private static final String HIDDEN = "complete";

    private static final int MOST_ERRORS = 2;

    private Suggestion() {}

    /** @param commands as Gogo lists them, with their scopes */
    static String forUnknown(String name, Collection<String> commands) {
        List<String> ours = commands.stream()
                .filter(command -> command.startsWith(SCOPE))
                .map(command -> command.substring(SCOPE.length()))
                .filter(command -> !command.equals(HIDDEN))
                .sorted()
                .toList();
        return "There is no command " + name
                + ours.stream()
                        .filter(command -> distance(name, command) <= Math.min(MOST_ERRORS, command.length() / 2))
                        .min(Comparator.comparingInt(command -> distance(name, command)))
                        .map(command -> ". Did you mean " + command + "?")
                        .orElse("; there are " + String.join(", ", ours));
    }

    /** How many letters to insert, delete, replace or swap with the next. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}

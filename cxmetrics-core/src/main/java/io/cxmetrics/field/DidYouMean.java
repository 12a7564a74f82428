package io.cxmetrics.field;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody probably meant.
 *
 * @since 0.1
 */
public final class DidYouMean {

    private DidYouMean() {}

    /**
     * The known name nearest to a given one: at most a third of its letters have to be inserted, left out, replaced or
     * swapped with their neighbour.
     *
     * @param given what was found
     * @param known what could have been meant
     * @return the nearest name, if one is near enough
     */
    public static Optional<String> nearest(String given, Collection<String> known) {
        String wanted = fold(given);
        int limit = Math.max(1, wanted.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(fold(name).length() - wanted.length()) <= limit)
                .min(Comparator.comparingInt((String name) -> distance(wanted, fold(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wanted, fold(name)) <= limit);
    }

    /**
     * The nearest name as the end of a message.
     *
     * @param given what was found
     * @param known what could have been meant
     * @return such as {@code  (did you mean "wait"?)}, or nothing if no name is near
     */
    public static String suffix(String given, Collection<String> known) {
        return nearest(given, known)
                .map(name -> " (did you mean " + Text.quote(name) + "?)")
                .orElse("");
    }

    private static String fold(String name) {
        String cut = name.length() > 80 ? name.substring(0, 80) : name;
        return cut.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Optimal string alignment distance. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + cost, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

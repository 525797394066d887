package org.pellang.cli.run;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the name that was probably meant: the nearest by insertions, deletions, replacements and swaps of neighbours. */
public final class DidYouMean {
    private DidYouMean() {}

    /** The nearest candidate, if it is near: at most a third of the letters differ. */
    public static Optional<String> suggest(String word, List<String> candidates) {
        int most = Math.max(1, word.length() / 3);
        return candidates.stream()
                .filter(c -> distance(word, c) <= most)
                .min(Comparator.comparingInt(c -> distance(word, c)));
    }

    /** Optimal string alignment distance (Damerau 1964, each substring edited once). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 ? j : j == 0 ? i : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}

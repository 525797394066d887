package org.pellang.compiler.sema;

import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
final class Suggest {
    private Suggest() {}

    /** The candidate nearest to {@code name}, or null if none is near. */
    static @Nullable String nearest(String name, Iterable<String> candidates) {
        int limit = name.length() <= 2 ? 1 : Math.max(1, (name.length() + 1) / 3);
        String best = null;
        int least = limit + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - name.length()) > limit || candidate.equals(name)) {
                continue;
            }
            int d = distance(name, candidate);
            if (d < least && d < Math.max(name.length(), candidate.length())) {
                least = d;
                best = candidate;
            }
        }
        return best;
    }

    /** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, d[i - 2][j - 2] + 1);
                }
                d[i][j] = best;
            }
        }
        return d[a.length()][b.length()];
    }
}

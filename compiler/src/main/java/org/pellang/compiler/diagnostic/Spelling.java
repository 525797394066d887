package org.pellang.compiler.diagnostic;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Did-you-mean: the known word that is nearest to a misspelt one. */
public final class Spelling {
    private Spelling() {}

    /**
     * The nearest candidate, or null if none is near: at most one edit for words of up to four letters, two for up to
     * eight, three beyond. Edits are insertion, deletion, replacement and exchange of neighbours; case differences count nothing.
     */
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        String best = null;
        int allowed = word.length() <= 1 ? 0 : word.length() <= 4 ? 1 : word.length() <= 8 ? 2 : 3;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) <= allowed && !candidate.equals(word)) {
                int distance = distance(word, candidate);
                if (distance < candidate.length() && (distance < allowed || (best == null && distance == allowed))) {
                    best = candidate;
                    allowed = distance;
                }
            }
        }
        return best;
    }

    /** Number of edits between two words (optimal string alignment). */
    public static int distance(String first, String second) {
        String a = first.toLowerCase(java.util.Locale.ROOT);
        String b = second.toLowerCase(java.util.Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

package org.pellang.runtime.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Algorithm;
import org.pellang.runtime.collective.Collective;
import org.pellang.runtime.collective.Situation;

/**
 * What was fastest for a size.
 *
 * @param bytes as tables count them
 * @param any the fastest of all, where any order of combining gives the same bits
 * @param general the fastest of those that keep the tree of floating-point sums
 */
record TunedSize(long bytes, Algorithm any, Algorithm general) {
    /** As lines of a table for this number of ranks: those that not every type may use go first. A size stands for what is nearer to it than to its neighbours, by factors. */
    static List<String> lines(Collective what, List<TunedSize> sizes, Situation here) {
        List<String> lines = new ArrayList<>();
        String where = here.near() ? "near" : here.hosts() == 1 ? "node" : here.hosts() < here.ranks() ? "hosts" : "-";
        ranges(what, sizes, size -> size.any == size.general ? null : size.any, here.ranks(), where, lines);
        ranges(what, sizes, TunedSize::general, here.ranks(), where, lines);
        return lines;
    }

    private static void ranges(Collective what, List<TunedSize> sizes, Function<TunedSize, @Nullable Algorithm> chosen, int ranks, String where,
            List<String> lines) {
        for (int first = 0, next; first < sizes.size(); first = next) {
            Algorithm how = chosen.apply(sizes.get(first));
            next = first + 1;
            while (next < sizes.size() && chosen.apply(sizes.get(next)) == how) {
                next++;
            }
            if (how != null) {
                String least = first == 0 ? "-" : Long.toString(middle(sizes, first) + 1);
                String most = next == sizes.size() ? "-" : Long.toString(middle(sizes, next));
                lines.add(String.join("\t", what.toString(), how.toString(), least, most, Integer.toString(ranks), Integer.toString(ranks), where));
            }
        }
    }

    private static long middle(List<TunedSize> sizes, int k) {
        return Math.round(Math.sqrt((double) sizes.get(k - 1).bytes * sizes.get(k).bytes));
    }
}

package org.pellang.compiler.interpreter;

import java.util.List;
import org.pellang.compiler.sema.typed.TExpr;

/**
 * The subscripts of a slice, evaluated.
 *
 * @param set the indices that it covers
 * @param drop axes with a single index, which vanish
 */
record Slicing(IndexSet set, boolean[] drop) {

    static Slicing of(Machine machine, IndexSet domain, List<TExpr.TSub> subs) {
        IndexSet set = domain;
        boolean[] drop = new boolean[subs.size()];
        for (int d = 0; d < drop.length; d++) {
            TExpr.TSub sub = subs.get(d);
            if (sub.index() != null) {
                long i = machine.integer(sub.index());
                if (domain.root().periodic() && domain.extent(d) > 0) {
                    i = domain.lo()[d] + Math.floorMod(i - domain.lo()[d], domain.extent(d));
                }
                if (i < domain.lo()[d] || i > domain.hi()[d]) {
                    throw new Trap(sub.index().span(), "index " + i + " outside " + domain.lo()[d] + ".." + domain.hi()[d] + " of axis " + d);
                }
                set = set.slice(d, i, i);
                drop[d] = true;
            } else if (sub.range() != null) {
                IndexSet range = machine.domain(sub.range());
                set = set.slice(d, range.lo()[0], range.hi()[0]);
                if (range.step()[0] != 1) {
                    set = strided(set, d, range.step()[0]);
                }
            }
        }
        return new Slicing(set, drop);
    }

    private static IndexSet strided(IndexSet set, int d, long step) {
        long[] steps = set.step().clone();
        steps[d] *= step;
        long[] hi = set.hi().clone();
        hi[d] -= Math.floorMod(hi[d] - set.lo()[d], steps[d]);
        return new IndexSet(set.root(), set.lo(), hi, steps);
    }

    /** Extents of the axes that stay. */
    long[] kept() {
        int n = 0;
        long[] all = new long[drop.length];
        for (int d = 0; d < drop.length; d++) {
            if (!drop[d]) {
                all[n++] = set.extent(d);
            }
        }
        return java.util.Arrays.copyOf(all, n);
    }
}

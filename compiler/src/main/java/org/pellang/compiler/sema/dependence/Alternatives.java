package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;

/** Unknowns that are one of a few values: {@code min(a, b)}, {@code abs(x)}, {@code len(a)}, conditional expressions. Systems that mention them are split into cases. */
final class Alternatives {
    private static final int MAX_SPLITS = 4;
    private static final long EFFORT = 60_000;

    private final Map<Atom, List<Linear>> known = new HashMap<>();

    void add(Atom atom, List<Linear> values) {
        known.put(atom, List.copyOf(values));
    }

    /** Whether it is proved that no integers satisfy all constraints. */
    boolean infeasible(List<Constraint> system) {
        return infeasible(system, new TreeSet<>(), MAX_SPLITS, new Effort(EFFORT));
    }

    private boolean infeasible(List<Constraint> system, TreeSet<Atom> done, int splits, Effort effort) {
        if (new ProductSplit(system, effort).infeasible()) {
            return true;
        }
        Atom atom = splits == 0 ? null : next(system, done);
        if (atom == null) {
            return false;
        }
        TreeSet<Atom> now = new TreeSet<>(done);
        now.add(atom);
        for (Linear value : known.getOrDefault(plain(atom), List.of())) {
            List<Constraint> one = new ArrayList<>(system);
            one.add(Constraint.zero(Linear.of(atom).minus(atom.primed() ? value.prime() : value)));
            if (!infeasible(one, now, splits - 1, effort)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Atom next(List<Constraint> system, TreeSet<Atom> done) {
        for (Constraint c : system) {
            for (Atom atom : c.expression().terms().keySet()) {
                if (!atom.isProduct() && !done.contains(atom) && known.containsKey(plain(atom))) {
                    return atom;
                }
            }
        }
        return null;
    }

    private static Atom plain(Atom atom) {
        return new Atom(atom.name(), atom.local(), false, atom.factors());
    }
}

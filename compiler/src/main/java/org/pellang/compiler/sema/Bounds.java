package org.pellang.compiler.sema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Constant subscripts outside of what is declared with constant bounds (PEL0601). A variable keeps its domain: assignments need equal extents. */
final class Bounds {
    private final Session s;
    private final Map<Var, TExpr> declared = new HashMap<>();

    Bounds(Session session) {
        this.s = session;
    }

    /** Lowest and highest index; null: not known while compiling. */
    private record Limits(@Nullable Long low, @Nullable Long high) {
        static final Limits UNKNOWN = new Limits(null, null);

        boolean exclude(long index) {
            return (low != null && index < low) || (high != null && index > high);
        }

        @Override
        public String toString() {
            return low + ".." + high;
        }
    }

    /** What a variable was declared as. */
    void remember(Var var, TExpr value) {
        switch (value) {
            case TExpr.ArrayFill _, TExpr.ArrayNew _, TExpr.DomainNew _, TExpr.Range _ -> declared.put(var, value);
            default -> {}
        }
    }

    /** The lowest index of an array with one axis and every index from there on, or of a list; null if it is not known. */
    @Nullable Long lowest(Var line) {
        if (line.type() instanceof Type.ListOf) {
            return 0L;
        }
        TExpr shape = declared.get(line);
        return shape == null ? null : axis(shape, 0).low();
    }

    /** Whether two arrays with one axis are known to have the same indices. */
    boolean together(Var a, Var b) {
        TExpr x = declared.get(a);
        TExpr y = declared.get(b);
        if (a.equals(b) && a.type() instanceof Type.Array) {
            return true;
        }
        if (x instanceof TExpr.ArrayFill f && y instanceof TExpr.ArrayFill g && f.domain() instanceof TExpr.Read p && g.domain() instanceof TExpr.Read q) {
            return p.variable().equals(q.variable());
        }
        Limits one = x == null ? Limits.UNKNOWN : axis(x, 0);
        return one.low() != null && one.high() != null && y != null && one.equals(axis(y, 0));
    }

    /** Reports each constant subscript that no execution can take. */
    void check(String name, Type type, @Nullable Var variable, List<TExpr.TSub> subs) {
        for (int d = 0; d < subs.size(); d++) {
            TExpr index = subs.get(d).index();
            Long value = index == null ? null : s.folding.intValue(index);
            Limits limits = value == null ? Limits.UNKNOWN : limits(type, variable, d);
            if (index != null && value != null && limits.exclude(value)) {
                report(name, index, value, limits, subs.size() == 1 ? "" : " of axis " + d);
            }
        }
    }

    private void report(String name, TExpr index, long value, Limits limits, String axis) {
        boolean empty = limits.low() != null && limits.high() != null && limits.high() < limits.low();
        boolean closed = limits.low() != null && limits.high() != null;
        String outside = closed ? "outside " + limits : limits.low() != null ? "below " + limits.low() : "above " + limits.high();
        String indices = closed ? "has the indices " + limits : limits.low() != null ? "begins at " + limits.low() : "ends at " + limits.high();
        Diagnostic d = Diagnostic.error("PEL0601", index.span(), "index " + value + " is " + outside + axis)
                .under(empty ? "there are no elements" : "`" + name + "` " + indices);
        boolean fromEnd = value < 0 && axis.isEmpty() && Long.valueOf(0).equals(limits.low());
        s.report(fromEnd ? d.note("subscripts do not count from the end; the last element is `" + name + "[len(" + name + ") - 1]`") : d);
    }

    private Limits limits(Type type, @Nullable Var variable, int axis) {
        if (type instanceof Type.ListOf || type == Scalar.STRING) {
            return new Limits(0L, null);
        }
        boolean wraps = !(type instanceof Type.Array a) || a.distribution().periodic();
        TExpr shape = variable == null ? null : declared.get(variable);
        return wraps || shape == null ? Limits.UNKNOWN : axis(shape, axis);
    }

    private Limits axis(TExpr shape, int d) {
        return switch (shape) {
            case TExpr.ArrayFill f -> axis(f.domain(), d);
            case TExpr.ArrayNew n -> {
                List<TExpr> extents = n.extents();
                Long extent = extents == null ? Long.valueOf(n.elements().size()) : s.folding.intValue(extents.get(d));
                yield new Limits(0L, extent == null ? null : (Long) (extent - 1));
            }
            case TExpr.DomainNew n -> axis(n.axes().get(d), 0);
            case TExpr.Range r when r.step() == null -> {
                Long high = s.folding.intValue(r.high());
                yield new Limits(s.folding.intValue(r.low()), high == null || !r.open() ? high : (Long) (high - 1));
            }
            case TExpr.Read r when r.type() instanceof Type.Domain t && !t.distribution().periodic() -> {
                TExpr value = declared.get(r.variable());
                yield value == null ? Limits.UNKNOWN : axis(value, d);
            }
            default -> Limits.UNKNOWN;
        };
    }
}

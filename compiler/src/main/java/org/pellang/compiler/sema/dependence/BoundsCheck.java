package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Which elements are provably inside their array (no run-time check is needed), which provably outside (PEL0601), and which are left: for
 * {@code pelc --report=bounds}. Extents may be symbolic; conditions, {@code assert}s and early exits around an access count.
 */
public final class BoundsCheck {
    private final Map<Var, TExpr> definitions;
    private final Bounds bounds;
    private final IndexReader reader;
    private final OutsideReport outside;
    private final List<Unproved> unproved = new ArrayList<>();
    private final Scope.Counter counter = new Scope.Counter();
    private final Set<Integer> stopping = new HashSet<>();
    private int proved;

    private BoundsCheck(TypedProgram program, Diagnostics diagnostics) {
        this.definitions = Definitions.of(program);
        this.bounds = new Bounds(definitions);
        this.reader = new IndexReader(program, definitions);
        this.outside = new OutsideReport(diagnostics);
        findStopping(program);
    }

    /** An access that is checked at run time: where, and why it could not be proved. */
    public record Unproved(Span span, String why) {}

    /** What was found: the number of accesses that are proved, and the others in order of their places. */
    public record Found(int proved, List<Unproved> unproved) {
        /** One line per access that is checked at run time, and their number. */
        public String report() {
            StringBuilder out = new StringBuilder();
            unproved.forEach(u -> out.append(u.span).append(": `").append(u.span.text()).append("`: ").append(u.why).append('\n'));
            return out.append(proved).append(" of ").append(proved + unproved.size()).append(" element accesses are proved to be inside\n").toString();
        }
    }

    /** Looks at every element access of a program; reports what is provably outside. */
    public static Found check(TypedProgram program, Diagnostics diagnostics) {
        BoundsCheck check = new BoundsCheck(program, diagnostics);
        Scope root = new Scope(null, check.counter);
        check.variables(program.body(), root);
        check.block(program.body(), root.child(), Certainty.NONE);
        program.functions().forEach(f -> {
            Scope scope = root.child();
            f.params().stream().filter(v -> v.kind().assignable() && !(v.type() instanceof Type.Array)).forEach(scope::local);
            check.variables(f.body().statements(), scope);
            check.block(f.body().statements(), scope, Certainty.NONE);
        });
        program.tests().forEach(t -> {
            Scope scope = root.child();
            check.variables(t.body().statements(), scope);
            check.block(t.body().statements(), scope, Certainty.NONE);
        });
        List<Unproved> sorted = check.unproved.stream()
                .sorted(java.util.Comparator.comparing((Unproved u) -> u.span.file().name()).thenComparingInt(u -> u.span.start()))
                .distinct()
                .toList();
        return new Found(check.proved, sorted);
    }

    /** What changes has another value at each place; arrays keep their extents. */
    private void variables(List<TStmt> statements, Scope scope) {
        for (TStmt s : statements) {
            if (s instanceof TStmt.Declare d && d.variable().kind().assignable() && !(d.variable().type() instanceof Type.Array)) {
                scope.local(d.variable());
            }
            if (s instanceof TStmt.DeclareTuple d) {
                d.variables().stream().filter(v -> v.kind().assignable()).forEach(scope::local);
            }
            variables(TreeWalk.statements(s), scope);
        }
    }

    private void block(List<TStmt> statements, Scope scope, Certainty certainty) {
        Certainty here = certainty;
        for (TStmt s : statements) {
            statement(s, scope, here);
            if (leaves(s)) {
                here = Certainty.NONE;
            }
        }
    }

    private void statement(TStmt s, Scope scope, Certainty certainty) {
        if (s instanceof TStmt.For f) {
            loop(f.iteration(), f.body(), scope, certainty, f.iteration().span());
        } else if (s instanceof TStmt.Forall f) {
            loop(f.iteration(), f.body(), scope, certainty, f.head());
        } else if (s instanceof TStmt.If i) {
            expression(i.condition(), scope, certainty);
            Scope then = scope.child();
            then.assume(i.condition(), true, reader);
            block(i.then().statements(), then, Certainty.NONE);
            Scope otherwise = scope.child();
            otherwise.assume(i.condition(), false, reader);
            if (i.otherwise() != null) {
                block(i.otherwise().statements(), otherwise, Certainty.NONE);
            }
        } else if (s instanceof TStmt.While w) {
            expression(w.condition(), scope, Certainty.NONE);
            Scope inner = scope.child();
            inner.assume(w.condition(), true, reader);
            block(w.body().statements(), inner, Certainty.NONE);
        } else {
            TreeWalk.expressions(s).forEach(e -> expression(e, scope, certainty));
            places(s).forEach(p -> place(p, scope, certainty));
            TreeWalk.statements(s).forEach(t -> statement(t, scope.child(), Certainty.NONE));
            if (s instanceof TStmt.Declare d && isLet(d.variable()) && d.value().type() == Type.Scalar.INT
                    && d.variable().type() == Type.Scalar.INT) {
                scope.bind(d.variable(), reader.read(d.value(), scope));
            }
        }
        Exits.behind(s, (condition, holds) -> scope.assume(condition, holds, reader));
    }

    private static boolean isLet(Var v) {
        return v.kind() == Var.Kind.LET || v.kind() == Var.Kind.GLOBAL_LET;
    }

    /** Whether what follows is not reached every time. */
    private boolean leaves(TStmt s) {
        boolean[] found = {s instanceof TStmt.Break || s instanceof TStmt.Continue || s instanceof TStmt.Return || s instanceof TStmt.While || stops(s)};
        TreeWalk.statements(s).forEach(t -> found[0] |= leaves(t));
        return found[0];
    }

    /** Whether the job may end here: {@code assert}, {@code abort}, or a function that has one. */
    private boolean stops(TStmt s) {
        boolean[] found = {s instanceof TStmt.Assert};
        TreeWalk.expressions(s).forEach(top -> TreeWalk.everyExpression(top, e -> found[0] |= e instanceof TExpr.CallValue
                || e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.ABORT
                || e instanceof TExpr.Call call && stopping.contains(call.function())));
        return found[0];
    }

    /** Functions that may end the job. */
    private void findStopping(TypedProgram program) {
        boolean more = true;
        while (more) {
            more = false;
            for (TypedProgram.TFunction f : program.functions()) {
                more |= f.body().statements().stream().anyMatch(this::stopsInside) && stopping.add(f.id());
            }
        }
    }

    private boolean stopsInside(TStmt s) {
        return stops(s) || TreeWalk.statements(s).stream().anyMatch(this::stopsInside);
    }

    private static List<Place> places(TStmt s) {
        if (s instanceof TStmt.Assign a) {
            return List.of(a.place());
        }
        if (s instanceof TStmt.Update u) {
            return List.of(u.place());
        }
        if (s instanceof TStmt.MultiAssign m) {
            return m.places();
        }
        return s instanceof TStmt.Swap w ? List.of(w.left(), w.right()) : List.of();
    }

    private void loop(Iteration it, TStmt.TBlock body, Scope scope, Certainty certainty, Span head) {
        Scope inner = scope.child();
        Certainty within = head(it, inner, certainty, head);
        block(body.statements(), inner, leavesEarly(body) ? Certainty.NONE : within);
    }

    private boolean leavesEarly(TStmt.TBlock body) {
        return body.statements().stream().anyMatch(this::leaves);
    }

    /** Binds the indices, and says which values they take for certain. */
    private Certainty head(Iteration it, Scope inner, Certainty certainty, Span head) {
        expression(it.space(), inner, certainty);
        Certainty within = certainty;
        List<Bounds.Axis> axes = it.overDomain() ? bounds.of(it.space(), e -> reader.linear(e, inner)) : List.of();
        for (int d = 0; d < it.indices().size(); d++) {
            Var v = it.indices().get(d);
            Index value = inner.fresh(v.name());
            inner.bind(v, value);
            if (d < axes.size()) {
                Bounds.Axis axis = axes.get(d);
                axis.contains(value.value(), inner);
                within = within.with(v, value.value(), axis, head);
            }
        }
        for (Iteration.Let let : it.lets()) {
            expression(let.value(), inner, Certainty.NONE);
            if (let.variables().size() == 1 && let.value().type() == Type.Scalar.INT) {
                inner.bind(let.variables().getFirst(), reader.read(let.value(), inner));
            }
        }
        if (it.filter() != null) {
            expression(it.filter(), inner, Certainty.NONE);
            inner.assume(it.filter(), true, reader);
            return Certainty.NONE;
        }
        return within;
    }

    private void expression(TExpr e, Scope scope, Certainty certainty) {
        if (e instanceof TExpr.Reduce r) {
            comprehension(r.iteration(), r.element(), scope, certainty);
        } else if (e instanceof TExpr.Scan s) {
            comprehension(s.iteration(), s.element(), scope, certainty);
        } else if (e instanceof TExpr.ArrayComprehension a) {
            comprehension(a.iteration(), a.element(), scope, certainty);
        } else if (e instanceof TExpr.Logical l) {
            expression(l.left(), scope, certainty);
            Scope right = scope.child();
            right.assume(l.left(), l.conjunction(), reader);
            expression(l.right(), right, Certainty.NONE);
        } else if (e instanceof TExpr.Conditional c) {
            expression(c.condition(), scope, certainty);
            Scope then = scope.child();
            then.assume(c.condition(), true, reader);
            expression(c.then(), then, Certainty.NONE);
            Scope otherwise = scope.child();
            otherwise.assume(c.condition(), false, reader);
            expression(c.otherwise(), otherwise, Certainty.NONE);
        } else {
            TreeWalk.children(e).forEach(c -> expression(c, scope, certainty));
            if (e instanceof TExpr.Element x) {
                access(x.span(), x.array().type(), x.array() instanceof TExpr.Read r ? r.variable() : null, x.subscripts(), scope, certainty);
            }
        }
    }

    private void comprehension(Iteration it, TExpr element, Scope scope, Certainty certainty) {
        Scope inner = scope.child();
        Certainty within = head(it, inner, certainty, it.span());
        expression(element, inner, within);
    }

    private void place(Place p, Scope scope, Certainty certainty) {
        if (p instanceof Place.Element e) {
            place(e.array(), scope, certainty);
            access(e.span(), e.array().type(), e.array() instanceof Place.Variable v ? v.variable() : null, e.subscripts(), scope, certainty);
        } else if (p instanceof Place.Component c) {
            place(c.value(), scope, certainty);
        } else if (p instanceof Place.Slice s) {
            place(s.array(), scope, certainty);
        }
    }

    private void access(Span span, Type type, @Nullable Var array, List<TExpr> subscripts, Scope scope, Certainty certainty) {
        if (type instanceof Type.Array a && a.distribution().periodic()) {
            proved++;
            return;
        }
        if (!(type instanceof Type.Array)) {
            unproved.add(new Unproved(span, "the length of " + (type instanceof Type.ListOf ? "a list" : "a string") + " may change"));
            return;
        }
        if (array == null) {
            unproved.add(new Unproved(span, "the bounds of this array are not followed"));
            return;
        }
        List<Bounds.Axis> axes = axes(array, subscripts.size(), scope);
        String why = null;
        for (int d = 0; d < Math.min(axes.size(), subscripts.size()); d++) {
            TExpr subscript = subscripts.get(d);
            Linear index = reader.linear(subscript, scope);
            Bounds.Axis axis = axes.get(d);
            boolean notBelow = axis.dense() && proves(index.minus(axis.low()), scope);
            boolean notAbove = axis.dense() && proves(axis.high().minus(index), scope);
            if (!notBelow || !notAbove) {
                if (outside.report(array, subscripts.size() == 1 ? -1 : d, subscript, index, axis, scope, certainty)) {
                    return;
                }
                why = why != null ? why : OutsideReport.unknown(subscript, axis, notBelow);
            }
        }
        if (why == null) {
            proved++;
        } else {
            unproved.add(new Unproved(span, why));
        }
    }

    private List<Bounds.Axis> axes(Var array, int count, Scope scope) {
        TExpr domain = definitions.get(array);
        if (domain != null) {
            return bounds.of(domain, e -> reader.linear(e, scope));
        }
        return IntStream.range(0, count).mapToObj(d -> Bounds.unknownAxis(array + ".domain", d)).toList();
    }

    private static boolean proves(Linear value, Scope scope) {
        if (value.isConstant()) {
            return value.constant() >= 0;
        }
        List<Constraint> system = new ArrayList<>(scope.relevant(value));
        system.add(Constraint.ordered(value.plus(1), Linear.ZERO));
        return scope.alternatives().infeasible(system);
    }
}

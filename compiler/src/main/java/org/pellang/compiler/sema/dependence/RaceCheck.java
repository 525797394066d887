package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Effects;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Proves that no two iterations of a divided loop touch the same place unless both only read it. What cannot be proved is an
 * error (families 0301-0306, 0309, 0311).
 */
public final class RaceCheck {
    private final TypedProgram program;
    private final Diagnostics diagnostics;
    private final Map<Var, TExpr> definitions;
    private final Bounds bounds;
    private final IndexReader reader;
    private final FunctionValues values;
    private @Nullable Effects effects;

    private RaceCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
        this.definitions = Definitions.of(program);
        this.bounds = new Bounds(definitions);
        this.reader = new IndexReader(program, definitions);
        this.values = new FunctionValues(program);
    }

    /** Checks every divided loop and comprehension of the program. */
    public static void check(TypedProgram program, Diagnostics diagnostics) {
        RaceCheck check = new RaceCheck(program, diagnostics);
        check.statements(program.body(), check.outermost());
        program.functions().forEach(f -> check.statements(f.body().statements(), check.outermost()));
        program.tests().forEach(t -> check.statements(t.body().statements(), check.outermost()));
    }

    private Effects effects() {
        Effects known = effects;
        if (known == null) {
            known = new Effects(program);
            effects = known;
        }
        return known;
    }

    private Passing outermost() {
        return new Passing(new Scope(null, new Scope.Counter()), reader, this::effects);
    }

    /** {@code here}: what the sequential loops, conditions and assertions around say; it belongs to these statements. */
    private void statements(List<TStmt> statements, Passing here) {
        for (TStmt statement : statements) {
            here.before(statement);
            statement(statement, here);
            here.behind(statement);
        }
    }

    private void statement(TStmt statement, Passing here) {
        Scope scope = here.scope();
        if (statement instanceof TStmt.Forall forall) {
            loop(forall, scope);
            return;
        }
        TreeWalk.expressions(statement).forEach(e -> expression(e, scope));
        switch (statement) {
            case TStmt.For f -> {
                Passing inner = here.child();
                bounded(f.iteration(), inner.scope());
                statements(f.body().statements(), inner);
            }
            case TStmt.While w -> statements(w.body().statements(), here.assuming(w.condition(), true));
            case TStmt.If i -> {
                statements(i.then().statements(), here.assuming(i.condition(), true));
                if (i.otherwise() != null) {
                    statements(i.otherwise().statements(), here.assuming(i.condition(), false));
                }
            }
            default -> statements(TreeWalk.statements(statement), here.child());
        }
    }

    /** Bounds that may change in the loop say nothing of later. */
    private void bounded(Iteration iteration, Scope scope) {
        if (!iteration.overDomain()) {
            return;
        }
        List<Bounds.Axis> axes = bounds.of(iteration.space(), e -> reader.linear(e, scope));
        boolean low = iteration.space() instanceof TExpr.Range r ? Definitions.stable(r.low()) : Definitions.stable(iteration.space());
        boolean high = iteration.space() instanceof TExpr.Range r ? Definitions.stable(r.high()) : low;
        boolean all = low && high && Definitions.stable(iteration.space());
        for (int d = 0; d < Math.min(axes.size(), iteration.indices().size()); d++) {
            Linear index = Linear.of(IndexReader.symbol(iteration.indices().get(d)));
            if (all) {
                axes.get(d).contains(index, scope);
                continue;
            }
            if (low && high || low && !countsDown(iteration.space())) {
                scope.fact(Constraint.ordered(axes.get(d).low(), index));
            }
            if (low && high || high && !countsDown(iteration.space())) {
                scope.fact(Constraint.ordered(index, axes.get(d).high()));
            }
        }
    }

    private static boolean countsDown(TExpr space) {
        return space instanceof TExpr.Range r && r.step() != null;
    }

    /** Finds the outermost divided comprehensions. */
    private void expression(TExpr e, Scope outer) {
        switch (e) {
            case TExpr.Reduce r when r.iteration().parallel() -> comprehension(r.iteration(), r.element(), outer);
            case TExpr.Scan s when s.iteration().parallel() -> comprehension(s.iteration(), s.element(), outer);
            case TExpr.ArrayComprehension a when a.iteration().parallel() -> comprehension(a.iteration(), a.element(), outer);
            default -> TreeWalk.children(e).forEach(x -> expression(x, outer));
        }
    }

    private void loop(TStmt.Forall loop, Scope outer) {
        Map<Var, TStmt.Reduction> reductions = new LinkedHashMap<>();
        loop.reductions().forEach(r -> reductions.put(r.variable(), r));
        boolean ordered = loop.iteration().work().isWavefront();
        String what = ordered ? "`wavefront`" : "`forall`";
        analyse(new LoopContext(loop.head(), what, reductions, program.functions(), values, ordered), loop.iteration(), loop.body(), null, outer);
    }

    private void comprehension(Iteration iteration, TExpr element, Scope outer) {
        analyse(new LoopContext(iteration.span(), "comprehension", Map.of(), program.functions(), values, false), iteration, null, element, outer);
    }

    private void analyse(
            LoopContext context, Iteration iteration, TStmt.@Nullable TBlock body, @Nullable TExpr element, Scope outer) {
        Findings findings = new Findings(diagnostics);
        BodyWalker walker = new BodyWalker(context, findings, reader, bounds, CallPath.NONE);
        Scope scope = outer.ofLoop();
        List<Atom> indices = new ArrayList<>();
        List<Bounds.Axis> axes = bounds.of(iteration.space(), e -> reader.linear(e, scope));
        for (int d = 0; d < iteration.indices().size(); d++) {
            Var v = iteration.indices().get(d);
            Atom atom = Atom.local(v.name() + "#" + v.id());
            indices.add(atom);
            Linear index = Linear.of(atom);
            scope.bind(v, Index.of(index));
            if (d < axes.size()) {
                axes.get(d).contains(index, scope);
            }
        }
        Iteration head = new Iteration(iteration.span(), false, List.of(), iteration.space(), iteration.lets(), iteration.filter());
        headClauses(head, walker, scope);
        if (body != null) {
            walker.block(body, scope);
        }
        if (element != null) {
            walker.expressions().read(element, scope);
        }
        conflicts(context, findings, new DependenceTest(indices, scope), names(iteration), outer);
    }

    private void headClauses(Iteration head, BodyWalker walker, Scope scope) {
        for (Iteration.Let let : head.lets()) {
            walker.expressions().read(let.value(), scope);
            if (let.variables().size() == 1 && let.value().type() == Type.Scalar.INT) {
                scope.bind(let.variables().get(0), reader.read(let.value(), scope));
            } else {
                let.variables().forEach(scope::local);
            }
        }
        if (head.filter() != null) {
            walker.expressions().read(head.filter(), scope);
            scope.assume(head.filter(), true, reader);
        }
    }

    private static String names(Iteration iteration) {
        return iteration.indices().stream().map(Var::name).collect(Collectors.joining(", "));
    }

    private void conflicts(LoopContext context, Findings findings, DependenceTest test, String names, Scope around) {
        Map<Var, List<Access>> byArray = new LinkedHashMap<>();
        findings.accesses.forEach(a -> byArray.computeIfAbsent(a.array(), _ -> new ArrayList<>()).add(a));
        byArray.forEach((array, accesses) -> {
            if (accesses.stream().noneMatch(Access::writes)) {
                return;
            }
            Shape shape = shape(array, around);
            if (context.ordered()) {
                new OrderCheck(context, findings, test, names).array(array, accesses, shape);
            } else {
                array(context, findings, test, names, array, accesses, shape);
            }
        });
    }

    private void array(
            LoopContext context, Findings findings, DependenceTest test, String names, Var array, List<Access> accesses, Shape shape) {
        List<Access> writes = accesses.stream().filter(Access::writes).toList();
        Map<Span, Access> clash = new HashMap<>();
        Access scattered = null;
        for (int a = 0; a < writes.size(); a++) {
            Access write = writes.get(a);
            for (Access other : writes.subList(a, writes.size())) {
                if (!write.sameFields(other) || (write.promised() && other.promised()) || !test.mayConflict(write, other, shape)) {
                    continue;
                }
                if (write.kind() == Access.Kind.UPDATE && other.kind() == Access.Kind.UPDATE) {
                    scattered = write;
                    if (write.updateOp() == null || !write.updateOp().equals(other.updateOp())) {
                        mixedOperators(findings, write, other);
                        return;
                    }
                } else if (clash.putIfAbsent(write.span(), other) == null) {
                    findings.report(notInjective(context, names, test, write, other));
                }
            }
        }
        for (Access other : writes) {
            // What iterations add to one array is collected and combined by one operator.
            if (scattered != null && other.kind() == Access.Kind.UPDATE && other.sameFields(scattered)
                    && !java.util.Objects.equals(other.updateOp(), scattered.updateOp())) {
                mixedOperators(findings, scattered, other);
                return;
            }
        }
        for (Access read : accesses) {
            if (read.writes()) {
                continue;
            }
            if (scattered != null && read.sameFields(scattered)) {
                findings.report(Diagnostic.error("PEL0306", scattered.span(), "`" + array.name() + "` is read in the loop that updates it at arbitrary places")
                        .label(read.span(), "read here")
                        .note("another iteration may have added to this element already, or not yet"));
                return;
            }
            for (Access write : writes) {
                if (write.sameFields(read) && !ownPromise(write, read) && test.mayConflict(write, read, shape)) {
                    findings.report(dependent(context, names, test, write, read));
                    return;
                }
            }
        }
    }

    /** A read at the very subscript that the program promises to be unique to the iteration. */
    private static boolean ownPromise(Access write, Access read) {
        return write.promised() && !read.subscripts().isEmpty() && write.subscripts().equals(read.subscripts());
    }

    private Shape shape(Var array, Scope around) {
        boolean wraps = array.type() instanceof Type.Array type && type.distribution().periodic();
        TExpr domain = array.type() instanceof Type.Array ? definitions.get(array) : null;
        return new Shape(domain == null ? List.of() : bounds.of(domain, e -> reader.linear(e, around)), wraps);
    }

    private static void mixedOperators(Findings findings, Access write, Access other) {
        Access bad = write.updateOp() == null ? write : other;
        Diagnostic d = Diagnostic.error("PEL0306", bad.span(), bad.updateOp() == null
                ? "this update does not commute, and several iterations may reach the same element"
                : "several iterations may update the same element with different operators");
        findings.report((bad == other ? d.label(write.span(), "the other update") : d)
                .note("scattered updates need one commutative operator per array and loop: += -= *= min= max= &= |= ^="));
    }

    private static Diagnostic notInjective(LoopContext context, String names, DependenceTest test, Access write, Access other) {
        boolean same = write.span().equals(other.span());
        Diagnostic d = Diagnostic.error("PEL0303", write.span(), same
                        ? "several iterations may write the same element of `" + write.array().name() + "`"
                        : "two stores may hit the same element of `" + write.array().name() + "` in different iterations")
                .under((write.array().type() instanceof Type.MapOf ? "key" : "subscript") + " not provably different for different (" + names + ")")
                .label(context.head(), "in this divided loop");
        d = inside(d, write, "stored here");
        if (!same) {
            d = inside(d.label(other.span(), "the other store"), other, "stored here");
        }
        return d.note("subscripts such as `i + c`, `k*i + c`, permutations of the indices or `(i + c) % n` are recognised")
                .note("to add up use `+=` (one commutative operator); to promise that it is injective write `" + write.array().name() + "[unique(..)] = ..`");
    }

    private static Diagnostic dependent(LoopContext context, String names, DependenceTest test, Access write, Access read) {
        List<Long> distance = test.distance(write, read);
        String how = distance == null
                ? "another iteration may read what this one writes"
                : "distance (" + distance.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
        Diagnostic d = Diagnostic.error("PEL0301", write.span(), "iterations of this loop depend on each other: it writes " + write.text()
                        + " and reads " + read.text())
                .under(how)
                .label(read.span(), "reads what another iteration of (" + names + ") writes");
        d = inside(inside(d, write, "written here"), read, "read here");
        return d.note("iterations run on several ranks in any order, so the read may see the old or the new value")
                .note("write to a second array and swap them after the loop (`" + write.array().name() + "_new <=> " + write.array().name()
                        + "`), or use `wavefront` if the order of the indices is meant");
    }

    /** Names the place in the called function, if it is there. */
    private static Diagnostic inside(Diagnostic d, Access access, String what) {
        return access.span().equals(access.place()) ? d : d.label(access.place(), what);
    }
}

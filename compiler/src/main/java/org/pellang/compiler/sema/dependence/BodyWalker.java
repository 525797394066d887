package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Walks the statements of a divided loop's body (and, inlined, of the functions it calls). */
final class BodyWalker {
    private final LoopContext loop;
    private final Findings findings;
    private final IndexReader reader;
    private final Bounds bounds;
    private final ExpressionWalker expressions;
    /** Not null inside an inlined function: the call in the loop's body, where errors are shown. */
    private final @Nullable Span callSite;

    private int loopDepth;

    BodyWalker(LoopContext loop, Findings findings, IndexReader reader, Bounds bounds, CallPath path) {
        this.loop = loop;
        this.findings = findings;
        this.reader = reader;
        this.bounds = bounds;
        this.callSite = path.site();
        this.expressions = new ExpressionWalker(loop, findings, reader, bounds, this, path);
    }

    ExpressionWalker expressions() {
        return expressions;
    }

    void block(TStmt.TBlock block, Scope outer) {
        Scope scope = outer.child();
        for (TStmt statement : block.statements()) {
            statement(statement, scope);
        }
    }

    private void statement(TStmt statement, Scope scope) {
        switch (statement) {
            case TStmt.Declare d -> declare(d, scope);
            case TStmt.DeclareTuple d -> {
                expressions.read(d.value(), scope);
                d.variables().forEach(scope::local);
            }
            case TStmt.Assign a -> {
                expressions.read(a.value(), scope);
                store(a.place(), Access.Kind.STORE, null, scope);
            }
            case TStmt.Update u -> {
                expressions.read(u.value(), scope);
                update(u, scope);
            }
            case TStmt.MultiAssign m -> {
                m.values().forEach(v -> expressions.read(v, scope));
                m.places().forEach(p -> store(p, Access.Kind.STORE, null, scope));
            }
            case TStmt.Swap s -> swap(s, scope);
            case TStmt.Do d -> expressions.read(d.expression(), scope);
            case TStmt.Forall f -> nested(f.head(), f.iteration().work().isWavefront() ? "`wavefront`" : "`forall`");
            case TStmt.For f -> forLoop(f, scope);
            case TStmt.While w -> {
                expressions.read(w.condition(), scope);
                Scope inner = scope.child();
                inner.assume(w.condition(), true, reader);
                loopDepth++;
                block(w.body(), inner);
                loopDepth--;
            }
            case TStmt.Checkpointed c -> {
                findings.report(Diagnostic.error("PEL0408", c.every().span(), "`checkpoint` in the body of a " + loop.what())
                        .under("all ranks write a checkpoint together, and iterations have no order")
                        .label(loop.head(), "the iterations of this loop run on several ranks")
                        .note("put the clause on a loop around this one"));
                statement(c.loop(), scope);
            }
            case TStmt.If i -> branch(i, scope);
            case TStmt.On o -> expressions.forbidden(o.span(), "`on`");
            case TStmt.Epoch e -> expressions.forbidden(e.span(), "an epoch");
            case TStmt.Sync y -> expressions.forbidden(y.span(), "`sync`");
            case TStmt.RemoteStore r -> expressions.forbidden(r.span(), "a one-sided access");
            case TStmt.Break b -> leaves(b.span(), "break");
            case TStmt.Continue _ -> {}
            case TStmt.Return r -> {
                if (r.value() != null) {
                    expressions.read(r.value(), scope);
                }
                if (callSite == null) {
                    findings.report(Diagnostic.error("PEL0311", r.span(), "`return` would leave the " + loop.what())
                            .under("not allowed in the body of a divided loop")
                            .label(loop.head(), "the iterations of this loop run on several ranks"));
                }
            }
            case TStmt.Assert a -> {
                expressions.read(a.condition(), scope);
                if (a.message() != null) {
                    expressions.read(a.message(), scope);
                }
            }
        }
        Exits.behind(statement, (condition, holds) -> scope.assume(condition, holds, reader));
    }

    private void leaves(Span span, String word) {
        if (loopDepth == 0) {
            findings.report(Diagnostic.error("PEL0311", span, "`" + word + "` would leave the " + loop.what())
                    .under("not allowed in the body of a divided loop")
                    .label(loop.head(), "the iterations of this loop run on several ranks")
                    .note("iterations have no order, so there is nothing to break off; use an `if` clause, or a `for` loop"));
        }
    }

    void nested(Span span, String what) {
        findings.report(at("PEL0309", span, what + " inside a divided loop")
                .label(loop.head(), "this loop is divided over the ranks already")
                .note("make the inner loop a `for`: every iteration runs it on its own rank"));
    }

    /** An error at its own place, or, in an inlined function, at the call with a label inside. */
    Diagnostic at(String code, Span span, String message) {
        return callSite == null
                ? Diagnostic.error(code, span, message)
                : Diagnostic.error(code, callSite, message).under("in this call").label(span, "here");
    }

    private void declare(TStmt.Declare d, Scope scope) {
        Var v = d.variable();
        if (v.kind() == Var.Kind.LET && d.value() instanceof TExpr.FunctionValue f) {
            f.captured().forEach(x -> expressions.read(x, scope));
            scope.local(v);
            scope.bind(v, f);
            return;
        }
        expressions.read(d.value(), scope);
        if (v.kind() == Var.Kind.LET && d.value().type() == Type.Scalar.INT && v.type() == Type.Scalar.INT) {
            scope.bind(v, reader.read(d.value(), scope));
        } else {
            scope.local(v);
        }
    }

    private void branch(TStmt.If i, Scope scope) {
        expressions.read(i.condition(), scope);
        Scope then = scope.child();
        then.assume(i.condition(), true, reader);
        block(i.then(), then);
        if (i.otherwise() != null) {
            Scope otherwise = scope.child();
            otherwise.assume(i.condition(), false, reader);
            block(i.otherwise(), otherwise);
        }
    }

    private void forLoop(TStmt.For f, Scope scope) {
        Scope inner = scope.child();
        iteration(f.iteration(), inner);
        loopDepth++;
        block(f.body(), inner);
        loopDepth--;
    }

    /** Binds the indices of a sequential loop or comprehension. */
    void iteration(Iteration iteration, Scope inner) {
        expressions.read(iteration.space(), inner);
        if (iteration.overDomain()) {
            List<Bounds.Axis> axes = bounds.of(iteration.space(), e -> reader.linear(e, inner));
            for (int d = 0; d < iteration.indices().size(); d++) {
                Var v = iteration.indices().get(d);
                Index value = inner.fresh(v.name());
                inner.bind(v, value);
                if (d < axes.size()) {
                    axes.get(d).contains(value.value(), inner);
                }
            }
        } else {
            iteration.indices().forEach(inner::local);
        }
        for (Iteration.Let let : iteration.lets()) {
            expressions.read(let.value(), inner);
            if (let.variables().size() == 1 && let.value().type() == Type.Scalar.INT) {
                inner.bind(let.variables().get(0), reader.read(let.value(), inner));
            } else {
                let.variables().forEach(inner::local);
            }
        }
        if (iteration.filter() != null) {
            expressions.read(iteration.filter(), inner);
            inner.assume(iteration.filter(), true, reader);
        }
    }

    private void swap(TStmt.Swap s, Scope scope) {
        for (Place place : List.of(s.left(), s.right())) {
            Var root = place.root();
            if (!scope.isLocal(root) && root.type() instanceof Type.Array) {
                findings.report(at("PEL0311", s.span(), "`<=>` of the outer array `" + root.name() + "` inside a divided loop")
                        .label(loop.head(), "all iterations of this loop see one array")
                        .note("swap after the loop"));
                return;
            }
        }
        store(s.left(), Access.Kind.STORE, null, scope);
        store(s.right(), Access.Kind.STORE, null, scope);
    }

    private void update(TStmt.Update u, Scope scope) {
        TStmt.Reduction declared = scope.isLocal(u.place().root()) ? null : loop.reduction(u.place().root());
        if (declared != null) {
            ReduceOp reduction = declared.op();
            subscriptReads(u.place(), scope);
            if (!Operators.fits(u.op(), reduction)) {
                findings.report(at("PEL0302", u.span(), "reduction variable `" + u.place().root().name() + "` changed with another operator")
                        .label(declared.span(), "declared with `" + Operators.name(reduction) + "` here")
                        .note("use `" + Operators.updateText(reduction) + "`, so that the order of the iterations does not matter"));
            }
            return;
        }
        store(u.place(), Access.Kind.UPDATE, Operators.commutativeClass(u.op()), scope);
    }

    /** A store or update of a place. */
    void store(Place place, Access.Kind kind, @Nullable String updateOp, Scope scope) {
        subscriptReads(place, scope);
        Var root = place.root();
        if (scope.isLocal(root) && scope.array(root) == null) {
            return;
        }
        TStmt.Reduction reduction = loop.reduction(root);
        if (reduction != null) {
            findings.report(at("PEL0304", place.span(), "reduction variable `" + root.name() + "` assigned in the loop")
                    .label(reduction.span(), "declared here")
                    .note("an iteration may only add its contribution: `" + root.name() + " " + Operators.updateText(reduction.op()) + " ...`"));
            return;
        }
        List<Place> chain = new ArrayList<>();
        for (Place p = place; ; ) {
            chain.addFirst(p);
            Place next = switch (p) {
                case Place.Variable _ -> null;
                case Place.Element e -> e.array();
                case Place.Slice s -> s.array();
                case Place.Component c -> c.value();
            };
            if (next == null) {
                break;
            }
            p = next;
        }
        target(place, chain, kind, updateOp, root, scope);
    }

    private void target(Place place, List<Place> chain, Access.Kind kind, @Nullable String updateOp, Var root, Scope scope) {
        Scope.ArrayRef ref = scope.array(root);
        Var array = ref != null ? ref.root() : root;
        List<Index> subscripts = new ArrayList<>(ref != null ? ref.subscripts() : List.of());
        List<String> path = new ArrayList<>(ref != null ? ref.path() : List.of());
        boolean indexed = !subscripts.isEmpty();
        boolean promised = false;
        for (Place p : chain) {
            switch (p) {
                case Place.Variable _ -> {}
                case Place.Element e -> {
                    boolean map = e.array().type() instanceof Type.MapOf;
                    if (map && !(e.array() instanceof Place.Variable) && !(indexed && array.type() instanceof Type.Array)) {
                        innerMap(place, array);
                        return;
                    }
                    if (indexed || !(map || e.array().type() instanceof Type.Array)) {
                        path.add("[]");
                        continue;
                    }
                    indexed = true;
                    promised |= e.subscripts().stream().anyMatch(expressions::isUnique);
                    subscripts.addAll(expressions.elements(e.array().type(), e.subscripts().stream().map(expressions::stripUnique).toList(), scope));
                }
                case Place.Slice s -> {
                    promised |= s.subscripts().stream().anyMatch(x -> x.index() != null && expressions.isUnique(x.index()));
                    if (!indexed) {
                        indexed = true;
                        subscripts.addAll(expressions.slice(s.subscripts(), scope));
                    }
                }
                case Place.Component c -> path.add(c.name());
            }
        }
        if (!indexed && !(array.type() instanceof Type.Array)) {
            scalar(place, array, updateOp);
            return;
        }
        findings.accesses.add(new Access(
                callSite != null ? callSite : place.span(), place.span(), kind, updateOp, array, path, subscripts, scope.loopFacts(), promised));
    }

    private void innerMap(Place place, Var root) {
        findings.report(at("PEL0302", place.span(), "a map inside of `" + root.name() + "` is changed by every iteration")
                .label(root.span(), "declared outside the loop")
                .note("a divided loop changes maps that are variables of their own: use one map with tuples as keys, `m[a, b]`"));
    }

    private void scalar(Place place, Var variable, @Nullable String updateOp) {
        boolean inFunction = callSite != null && variable.kind().global();
        if (inFunction) {
            findings.report(at("PEL0311", place.span(), "the function changes the top-level variable `" + variable.name() + "`")
                    .label(loop.head(), "it is called from this divided loop")
                    .note("iterations run on several ranks: let the function return the value, and reduce it"));
            return;
        }
        Diagnostic d = at("PEL0302", place.span(), "`" + variable.name() + "` is changed by every iteration")
                .label(variable.span(), "declared outside the loop")
                .note("iterations run on several ranks at once, so the result would depend on which came last");
        String reduction = updateOp == null ? null : Operators.reductionFor(updateOp);
        if (reduction != null && callSite == null) {
            d = d.fix("declare it as a reduction", endOf(loop.head()), " reduce " + reduction + " " + variable.name());
        } else {
            d = d.note("declare it inside the loop, or collect it with a `reduce` clause");
        }
        findings.report(d);
    }

    private static Span endOf(Span span) {
        return new Span(span.file(), span.end(), span.end());
    }

    private void subscriptReads(Place place, Scope scope) {
        switch (place) {
            case Place.Variable _ -> {}
            case Place.Element e -> {
                e.subscripts().forEach(s -> expressions.read(s, scope));
                subscriptReads(e.array(), scope);
            }
            case Place.Slice s -> {
                expressions.subscriptReads(s.subscripts(), scope);
                subscriptReads(s.array(), scope);
            }
            case Place.Component c -> subscriptReads(c.value(), scope);
        }
    }
}

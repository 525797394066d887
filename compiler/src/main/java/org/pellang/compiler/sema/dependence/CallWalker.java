package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Walks the functions that a loop's body calls: with the arguments of each call or, where that would not end, once for all arguments.
 */
final class CallWalker {
    private final LoopContext loop;
    private final Findings findings;
    private final IndexReader reader;
    private final Bounds bounds;
    private final ExpressionWalker expressions;
    private final CallPath path;

    CallWalker(LoopContext loop, Findings findings, IndexReader reader, Bounds bounds, ExpressionWalker expressions, CallPath path) {
        this.loop = loop;
        this.findings = findings;
        this.reader = reader;
        this.bounds = bounds;
        this.expressions = expressions;
        this.path = path;
    }

    void callValue(TExpr.CallValue c, Scope scope) {
        c.arguments().forEach(x -> expressions.read(x, scope));
        TExpr.FunctionValue known = function(c.function(), scope);
        if (known == null) {
            expressions.read(c.function(), scope);
            loop.values().ofType(c.function().type()).forEach(f -> any(f.function(), c.span(), scope));
            return;
        }
        TFunction function = loop.functions().get(known.function());
        if (!path.follows(function.id()) || !findings.mayInline()) {
            any(function.id(), c.span(), scope);
            return;
        }
        Scope inner = scope.child();
        int captured = known.captured().size();
        function.params().subList(0, captured).forEach(inner::local);
        for (int k = captured; k < function.params().size(); k++) {
            bind(function.params().get(k), c.arguments().get(k - captured), scope, inner);
        }
        walker(path.into(function.id(), c.span())).block(function.body(), inner);
    }

    /** The function that a value is, or null if it may be several. */
    private TExpr.@Nullable FunctionValue function(TExpr e, Scope scope) {
        return switch (e) {
            case TExpr.FunctionValue f -> f;
            case TExpr.Read r -> {
                TExpr.FunctionValue bound = scope.function(r.variable());
                yield bound != null ? bound : loop.values().of(r.variable());
            }
            default -> null;
        };
    }

    /** Walks a function for all values that its parameters may have; they are copies, or belong to the iteration. */
    void any(int id, Span site, Scope scope) {
        TFunction function = loop.functions().get(id);
        if (findings.isNew(Integer.toString(id))) {
            Scope inner = scope.detached();
            function.params().forEach(inner::local);
            walker(path.intoAny(id, site)).block(function.body(), inner);
        }
    }

    private BodyWalker walker(CallPath into) {
        return new BodyWalker(loop, findings, reader, bounds, into);
    }

    void call(TExpr.Call c, Scope scope) {
        TFunction function = loop.functions().get(c.function());
        if (path.follows(function.id()) && findings.mayInline()) {
            Scope inner = scope.child();
            for (int k = 0; k < function.params().size(); k++) {
                bind(function.params().get(k), c.arguments().get(k), scope, inner);
            }
            walker(path.into(function.id(), c.span())).block(function.body(), inner);
            return;
        }
        // With unknown numbers, and any element of the arrays that are passed on.
        Scope inner = scope.detached();
        StringBuilder key = new StringBuilder(Integer.toString(function.id()));
        for (int k = 0; k < function.params().size(); k++) {
            Var param = function.params().get(k);
            inner.local(param);
            Scope.ArrayRef passed = reference(c.arguments().get(k), scope);
            readArgument(c.arguments().get(k), passed, scope);
            if (passed != null) {
                inner.bind(param, new Scope.ArrayRef(passed.root(), passed.path(), List.of()));
                key.append(' ').append(k).append(passed.root()).append(passed.path());
            }
            TExpr.FunctionValue f = function(c.arguments().get(k), scope);
            if (f != null) {
                inner.bind(param, f);
                key.append(' ').append(k).append('f').append(f.function());
            }
            Index same = unchanged(function, param, c.arguments().get(k), scope);
            if (same != null) {
                inner.bind(param, same);
                key.append(' ').append(k).append('=').append(same);
            }
        }
        if (findings.isNew(key.toString())) {
            walker(path.intoAny(function.id(), c.span())).block(function.body(), inner);
        }
    }

    /** The number that a recursive call passes on as it got it; null if it passes another one. */
    private @Nullable Index unchanged(TFunction function, Var param, TExpr argument, Scope scope) {
        if (!path.active().contains(function.id()) || param.kind() != Var.Kind.PARAM || argument.type() != Type.Scalar.INT) {
            return null;
        }
        Index before = scope.value(param);
        return before != null && before.equals(reader.read(argument, scope)) ? before : null;
    }

    /** What evaluating an argument reads: nothing of an array that is passed on. */
    private void readArgument(TExpr argument, Scope.@Nullable ArrayRef passed, Scope scope) {
        if (passed == null || !passed.subscripts().isEmpty()) {
            expressions.read(argument, scope);
        }
    }

    private void bind(Var param, TExpr argument, Scope scope, Scope inner) {
        inner.local(param);
        TExpr.FunctionValue function = function(argument, scope);
        if (function != null) {
            if (argument instanceof TExpr.FunctionValue f) {
                f.captured().forEach(x -> expressions.read(x, scope));
            }
            inner.bind(param, function);
            return;
        }
        if (argument.type() == Type.Scalar.INT && param.kind() == Var.Kind.PARAM) {
            expressions.read(argument, scope);
            inner.bind(param, reader.read(argument, scope));
            return;
        }
        Scope.ArrayRef ref = reference(argument, scope);
        if (ref == null) {
            expressions.read(argument, scope);
        } else {
            inner.bind(param, ref);
        }
    }

    /** The outer place that an argument passes on, or null if it is a value of its own or local to the iteration. */
    private Scope.@Nullable ArrayRef reference(TExpr argument, Scope scope) {
        return switch (argument) {
            case TExpr.Read r -> {
                Scope.ArrayRef known = scope.array(r.variable());
                yield known != null ? known : scope.isLocal(r.variable()) ? null : new Scope.ArrayRef(r.variable(), List.of(), List.of());
            }
            case TExpr.Element x -> {
                Scope.ArrayRef base = reference(x.array(), scope);
                if (base == null || !base.subscripts().isEmpty()) {
                    yield null;
                }
                x.subscripts().forEach(s -> expressions.read(s, scope));
                yield new Scope.ArrayRef(base.root(), base.path(), expressions.elements(x.array().type(), x.subscripts(), scope));
            }
            case TExpr.Component c -> {
                Scope.ArrayRef base = reference(c.value(), scope);
                if (base == null) {
                    yield null;
                }
                List<String> path = new ArrayList<>(base.path());
                path.add(c.name());
                yield new Scope.ArrayRef(base.root(), path, base.subscripts());
            }
            default -> null;
        };
    }
}

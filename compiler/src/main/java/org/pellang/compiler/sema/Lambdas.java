package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Param;
import org.pellang.compiler.syntax.TypeSyntax;

/** Functions as values: lambdas with what they capture, and named functions. */
final class Lambdas {
    private final Session s;

    Lambdas(Session session) {
        this.s = session;
    }

    /** {@code fn(x) = e}; parameters without type take those of {@code expected}. */
    TExpr lambda(Expr.Lambda e, Scope scope, @Nullable Type expected) {
        Type.Function wanted = expected instanceof Type.Function f ? f : null;
        if (wanted != null && wanted.params().size() != e.params().size()) {
            return s.bad(
                    e.span(),
                    Diagnostic.error("PEL0209", e.span(), "a function with " + Words.count(wanted.params().size(), "parameter")
                                    + " is needed here")
                            .under("this has " + e.params().size()));
        }
        Frame frame = new Frame(Frame.Kind.LAMBDA, scope, null, scope.frame.visibleGlobals);
        Scope inner = Scope.of(frame);
        List<Var> params = new ArrayList<>();
        for (int i = 0; i < e.params().size(); i++) {
            Type t = parameter(e.params().get(i), wanted == null ? null : wanted.params().get(i), scope);
            params.add(s.names.declareLocal(s.newVar(e.params().get(i).name(), Var.Kind.PARAM, t), inner));
        }
        Type result = wanted == null || wanted.result().isError() ? null : wanted.result();
        TExpr body = s.expressions.check(e.body(), inner, result);
        TExpr fitted = result == null ? null : s.coercion.fit(body, result);
        TExpr value = fitted == null ? body : fitted;
        if (value.type().isError() || params.stream().anyMatch(p -> p.type().isError())) {
            return Session.bad(e.span());
        }
        return finish(e, frame, params, value, fitted != null && result != null ? result : value.type());
    }

    private Type parameter(Param p, @Nullable Type expected, Scope scope) {
        if (p.mutable() || p.defaultValue() != null) {
            s.report(Diagnostic.error("PEL0209", p.span(), "a lambda has plain parameters: no `mut`, no default"));
        }
        TypeSyntax written = p.type();
        if (written != null) {
            return s.types.plain(written, scope);
        }
        if (expected == null) {
            s.report(Diagnostic.error("PEL0221", p.span(), "the type of `" + p.name().name() + "` is not known")
                    .under("write its type")
                    .fix("for instance float", p.span(), p.name().name() + ": float"));
            return Scalar.ERROR;
        }
        return expected;
    }

    private TExpr finish(Expr.Lambda e, Frame frame, List<Var> params, TExpr body, Type result) {
        int id = s.functions.size();
        List<Var> all = Stream.concat(frame.captured.values().stream(), params.stream()).toList();
        TStmt statement = result == Scalar.VOID ? new TStmt.Do(body.span(), body) : new TStmt.Return(body.span(), body);
        s.functions.add(new TypedProgram.TFunction(
                id, "lambda", e.span(), all, result, new TStmt.TBlock(body.span(), List.of(statement))));
        List<TExpr> captured = new ArrayList<>();
        frame.captured.keySet().forEach(v -> captured.add(Names.read(v, e.span())));
        Type type = new Type.Function(params.stream().map(Var::type).toList(), result);
        return new TExpr.FunctionValue(e.span(), type, id, captured);
    }

    /** A function of the program as a value. */
    TExpr named(Span span, Symbol.Function f, Scope scope, @Nullable Type expected) {
        Type.Function wanted = expected instanceof Type.Function w && w.params().size() == f.params.size() ? w : null;
        boolean typed = f.params.stream().allMatch(p -> p.type() != null);
        if (!typed && wanted == null) {
            return s.bad(
                    span,
                    Diagnostic.error("PEL0221", span, "`" + f.name.name() + "` has parameters without type: which one is meant is not known")
                            .label(f.name.span(), "declared here")
                            .note("write the types of its parameters, or a lambda: `fn(x: float) = " + f.name.name() + "(x)`"));
        }
        if (f.params.stream().anyMatch(Param::mutable)) {
            return s.bad(
                    span,
                    Diagnostic.error("PEL0226", span, "a function with `mut` parameters is not a value")
                            .label(f.name.span(), "declared here"));
        }
        int visible = scope.frame.visibleGlobals;
        List<Type> params = s.instances.parameters(
                f, visible, (i, declared) -> wanted != null ? wanted.params().get(i) : declared == null ? Scalar.ERROR : declared.type());
        Functions.Instance instance = s.instances.instance(f, params, span, scope.frame);
        return instance == null || instance.result().isError()
                ? Session.bad(span)
                : new TExpr.FunctionValue(span, new Type.Function(instance.params(), instance.result()), instance.id, List.of());
    }

    /** A function of the standard library as a value: wrapped in a lambda. */
    TExpr library(Span span, Symbol.Library l, @Nullable Type expected) {
        if (!(expected instanceof Type.Function) && l.overloads().size() == 1) {
            var only = l.overloads().getFirst().function();
            return wrapped(span, l.name(), new Type.Function(only.params(), only.result()));
        }
        return expected instanceof Type.Function f ? wrapped(span, l.name(), f) : undecided(span, l.name());
    }

    /** A polymorphic name as a value. */
    TExpr builtIn(Span span, Symbol.BuiltIn b, @Nullable Type expected) {
        return expected instanceof Type.Function f ? wrapped(span, b.name(), f) : undecided(span, b.name());
    }

    private TExpr undecided(Span span, String name) {
        return s.bad(
                span,
                Diagnostic.error("PEL0221", span, "`" + name + "` is a function: call it, or say for which types it is meant")
                        .note("as a value write a lambda: `fn(x: float) = " + name + "(x)`"));
    }

    private TExpr wrapped(Span span, String name, Type.Function type) {
        List<Param> params = new ArrayList<>();
        List<Expr.Argument> arguments = new ArrayList<>();
        for (int i = 0; i < type.params().size(); i++) {
            Expr.Ident x = new Expr.Ident(span, "x" + i);
            params.add(new Param(span, false, x, null, null));
            arguments.add(new Expr.Argument(span, null, new Expr.Name(span, x.name())));
        }
        Expr call = new Expr.Call(span, new Expr.Name(span, name), arguments);
        Scope library = Scope.of(new Frame(Frame.Kind.FUNCTION, null, null, 0));
        return lambda(new Expr.Lambda(span, params, call), library, type);
    }
}

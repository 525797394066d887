package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Block;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Param;
import org.pellang.compiler.syntax.Stmt;
import org.pellang.compiler.syntax.TypeSyntax;

/** Checks the bodies of specialised functions and infers their results. */
final class FunctionBodies {
    private final Session s;

    FunctionBodies(Session session) {
        this.s = session;
    }

    /** Whether the result is known without looking at the body's types. */
    boolean resultIsKnown(Functions.Instance i) {
        TypeSyntax written = i.function.result;
        Block block = i.function.body.block();
        return written == null ? block != null && !givesValue(block) : !isOpen(written);
    }

    private static boolean isOpen(TypeSyntax t) {
        return t instanceof TypeSyntax.Array a
                && a.extents().stream().anyMatch(x -> x instanceof Expr.Name n && n.name().equals("_"));
    }

    /** Whether some {@code return} gives a value. */
    private static boolean givesValue(Block block) {
        return block.statements().stream().anyMatch(FunctionBodies::givesValue);
    }

    private static boolean givesValue(Stmt statement) {
        return switch (statement) {
            case Stmt.Return r -> r.value() != null;
            case Stmt.If f -> {
                Block otherwise = f.otherwise();
                yield givesValue(f.then()) || (otherwise != null && givesValue(otherwise));
            }
            case Stmt.For f -> givesValue(f.body());
            case Stmt.While w -> givesValue(w.body());
            case Stmt.Forall f -> givesValue(f.body());
            case Stmt.Wavefront w -> givesValue(w.body());
            case Stmt.Sync b -> givesValue(b.body());
            case Stmt.Epoch b -> givesValue(b.body());
            case Stmt.On b -> givesValue(b.body());
            case Stmt.Missing m -> false;
            case Stmt.Config c -> false;
            case Stmt.DomainDecl d -> false;
            case Stmt.ChannelDecl c -> false;
            case Stmt.VarDecl v -> false;
            case Stmt.Spawn p -> false;
            case Stmt.Assert a -> false;
            case Stmt.Break b -> false;
            case Stmt.Continue c -> false;
            case Stmt.Assign a -> false;
            case Stmt.MultiAssign m -> false;
            case Stmt.Swap w -> false;
            case Stmt.Call c -> false;
        };
    }

    /** The written result, or VOID. */
    Type declaredResult(Functions.Instance i) {
        return s.types.result(i.function.result, parameters(i, frame(i, null)).scope());
    }

    private record Opened(Scope scope, List<Var> params) {}

    private static Frame frame(Functions.Instance i, @Nullable Type result) {
        return new Frame(Frame.Kind.FUNCTION, null, result, i.visibleGlobals(), i);
    }

    private Opened parameters(Functions.Instance i, Frame frame) {
        Scope scope = Scope.of(frame);
        List<Var> vars = new ArrayList<>();
        for (int k = 0; k < i.params().size(); k++) {
            Param p = i.function.params.get(k);
            Var var = s.newVar(p.name(), p.mutable() ? Var.Kind.MUT_PARAM : Var.Kind.PARAM, i.params().get(k));
            vars.add(s.names.declareLocal(var, scope));
        }
        return new Opened(scope, vars);
    }

    /** Checks the body, stores the typed function and returns its result type. */
    Type check(Functions.Instance i) {
        boolean known = resultIsKnown(i);
        Type written = known ? declaredResult(i) : null;
        Frame frame = frame(i, written);
        Opened opened = parameters(i, frame);
        TypeSyntax open = known ? null : i.function.result;
        Type expected = open == null ? written : s.types.plain(open, opened.scope());
        Block block = i.function.body.block();
        Expr expression = i.function.body.expression();
        TStmt.TBlock body;
        Type result;
        if (expression != null) {
            TExpr value = s.expressions.check(expression, opened.scope(), expected);
            if (written != null) {
                value = s.coercion.to(value, written, "the result of `" + i.function.name.name() + "`");
            }
            result = written == null ? value.type() : written;
            body = new TStmt.TBlock(expression.span(), List.of(
                    result == Scalar.VOID ? new TStmt.Do(expression.span(), value) : new TStmt.Return(expression.span(), value)));
        } else if (block != null) {
            body = s.statements.block(block, opened.scope());
            result = written == null ? joined(frame, i.result()) : written;
            if (written == null) {
                body = ReturnTypes.converted(s.coercion, result).block(body);
            }
            requireReturn(i, body, result);
        } else {
            return Scalar.ERROR;
        }
        if (open != null) {
            requireOpen(i, open, expected, result);
        }
        body = resultExtents(i, opened, result, body);
        body = new TStmt.TBlock(body.span(), java.util.stream.Stream.concat(
                declaredExtents(i, opened).stream(), body.statements().stream()).toList());
        s.functions.set(
                i.id,
                new TypedProgram.TFunction(
                        i.id, i.function.name.name(), i.function.name.span(), opened.params(), result, body));
        return result;
    }

    /** The extents that parameters are declared with are checked before anything else. */
    private List<TStmt> declaredExtents(Functions.Instance i, Opened opened) {
        List<TStmt> checks = new ArrayList<>();
        for (int k = 0; k < opened.params().size(); k++) {
            Var param = opened.params().get(k);
            TypeSyntax written = i.function.params.get(k).type();
            if (!(written instanceof TypeSyntax.Array) || !(param.type() instanceof Type.Array a)) {
                continue;
            }
            List<TExpr> extents = extents(written, a, opened.scope());
            for (int d = 0; d < extents.size(); d++) {
                if (!isAny(extents.get(d))) {
                    checks.add(extent(i.function.name.name(), param, extents.get(d), d, written.span()));
                }
            }
        }
        return checks;
    }

    /** The extents that a type is written with, by axis. */
    private List<TExpr> extents(TypeSyntax written, Type.Array a, Scope scope) {
        Types.Shaped shape = s.types.shaped(written, null, scope);
        TExpr domain = shape.domain();
        if (domain == null) {
            return shape.extents();
        }
        List<TExpr> all = new ArrayList<>();
        for (int d = 0; d < a.axes(); d++) {
            all.add(length(domain, a.axes(), d, written.span()));
        }
        return all;
    }

    private static boolean isAny(TExpr extent) {
        return extent instanceof TExpr.Constant c && c.value().equals(Types.Shaped.ANY);
    }

    /** Arrays that are returned must have the extents that the result is declared with. */
    private TStmt.TBlock resultExtents(Functions.Instance i, Opened opened, Type result, TStmt.TBlock body) {
        TypeSyntax written = i.function.result;
        if (!(written instanceof TypeSyntax.Array) || !(result instanceof Type.Array a)) {
            return body;
        }
        List<TExpr> extents = extents(written, a, opened.scope());
        if (extents.stream().allMatch(FunctionBodies::isAny)) {
            return body;
        }
        return new ReturnTypes(value -> {
            List<TExpr> arguments = new ArrayList<>(List.of(value));
            arguments.addAll(extents);
            return new TExpr.IntrinsicCall(value.span(), value.type(), Intrinsic.SHAPED, arguments);
        }).block(body);
    }

    private static TStmt extent(String function, Var param, TExpr needs, int d, Span at) {
        Type.Array type = (Type.Array) param.type();
        TExpr own = new TExpr.IntrinsicCall(at, new Type.Domain(type.axes(), type.distribution()), Intrinsic.DOMAIN_OF,
                List.of(new TExpr.Read(at, type, param)));
        TExpr has = length(own, type.axes(), d, at);
        String of = type.axes() == 1 ? "" : " on axis " + d;
        TExpr message = new TExpr.Interpolation(at, Scalar.STRING, List.of(
                new TExpr.Part("`" + param.name() + "` of `" + function + "` must have ", null, null), new TExpr.Part(null, needs, null),
                new TExpr.Part(" elements" + of + ", not ", null, null), new TExpr.Part(null, has, null)));
        return new TStmt.Assert(at, new TExpr.Compare(at, Scalar.BOOL, TExpr.CompareOp.EQ, has, needs), message);
    }

    private static TExpr length(TExpr domain, int axes, int d, Span at) {
        TExpr axis = axes == 1 ? domain : new TExpr.IntrinsicCall(at, new Type.Domain(1, Distribution.LOCAL), Intrinsic.AXIS,
                List.of(domain, new TExpr.Constant(at, Scalar.INT, (long) d)));
        return new TExpr.IntrinsicCall(at, Scalar.INT, Intrinsic.LEN, List.of(axis));
    }

    private void requireOpen(Functions.Instance i, TypeSyntax written, @Nullable Type expected, Type result) {
        boolean fits = result.isError()
                || (expected instanceof Type.Array e
                        && result instanceof Type.Array r
                        && e.axes() == r.axes()
                        && e.element().equals(r.element()));
        if (!fits && expected != null && !expected.isError()) {
            s.report(Diagnostic.error("PEL0201", written.span(), "`" + i.function.name.name() + "` gives " + Words.a(result)
                            + ", not " + Words.a(expected)));
        }
    }

    /** The one type of all returned values; those that are not known (recursion) do not count. */
    private Type joined(Frame frame, Type before) {
        Type t = before;
        for (Frame.Returned r : frame.returned) {
            TExpr value = r.statement().value();
            Type u = value == null ? Scalar.VOID : value.type();
            if (t.isError() || u.isError()) {
                t = t.isError() ? u : t;
                continue;
            }
            Type wider = s.operators.joined(new TExpr.Bad(r.span(), t), new TExpr.Bad(r.span(), u));
            if (wider == null) {
                s.report(Diagnostic.error("PEL0201", r.span(), "this `return` gives " + Words.a(u) + ", an earlier one " + Words.a(t))
                        .under("this is " + Words.a(u))
                        .label(frame.returned.getFirst().span(), "the first `return`")
                        .note("write the result type to say which one is meant"));
                return Scalar.ERROR;
            }
            t = wider;
        }
        return frame.returned.isEmpty() ? Scalar.VOID : t;
    }

    private void requireReturn(Functions.Instance i, TStmt.TBlock body, Type result) {
        if (result == Scalar.VOID || result.isError() || !Reach.endReachable(body)) {
            return;
        }
        Span end = new Span(body.span().file(), body.span().end() - 1, body.span().end());
        s.report(Diagnostic.error("PEL0214", i.function.name.span(), "`" + i.function.name.name() + "` can end without `return`")
                .under("gives " + Words.a(result))
                .label(end, "this end can be reached"));
    }
}

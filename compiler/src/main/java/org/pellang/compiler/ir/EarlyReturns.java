package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Gives a function a single {@code return} at its end, so that its statements can stand in place of a call.
 *
 * <pre>
 * before  for k in R { if c { return x } }  s  return y
 * after   var done = false  var result = 0  for k in R { if c { result = x  done = true  break } }
 *         if not done { s  result = y  done = true }  return result
 * </pre>
 */
final class EarlyReturns {
    private final Var done;
    private final @Nullable Var result;

    private EarlyReturns(Var done, @Nullable Var result) {
        this.done = done;
        this.result = result;
    }

    /** Whether a function returns anywhere but in its last statement. */
    static boolean has(TFunction f) {
        List<TStmt> body = f.body().statements();
        return body.subList(0, Math.max(0, body.size() - 1)).stream().anyMatch(EarlyReturns::returns)
                || (!body.isEmpty() && !(body.getLast() instanceof TStmt.Return) && returns(body.getLast()));
    }

    /** The function with one return; the function itself if its result has no value to begin with. */
    static TFunction remove(TFunction f, IntSupplier ids) {
        Span span = f.declared();
        boolean isVoid = f.result() == Type.Scalar.VOID;
        TExpr start = isVoid ? null : start(f.result(), span);
        if (!isVoid && start == null) {
            return f;
        }
        Var done = new Var(ids.getAsInt(), "done", Var.Kind.VAR, Type.Scalar.BOOL, span);
        Var result = isVoid ? null : new Var(ids.getAsInt(), "result", Var.Kind.VAR, f.result(), span);
        List<TStmt> body = new ArrayList<>();
        body.add(new TStmt.Declare(span, done, new TExpr.Constant(span, Type.Scalar.BOOL, false)));
        if (result != null && start != null) {
            body.add(new TStmt.Declare(span, result, start));
        }
        body.addAll(new EarlyReturns(done, result).list(f.body().statements(), false));
        if (result != null) {
            body.add(new TStmt.Return(span, new TExpr.Read(span, f.result(), result)));
        }
        return new TFunction(f.id(), f.name(), f.declared(), f.params(), f.result(), new TStmt.TBlock(f.body().span(), List.copyOf(body)));
    }

    private static boolean returns(TStmt root) {
        boolean[] found = {false};
        Trees.walkStatements(root, s -> found[0] |= s instanceof TStmt.Return);
        return found[0];
    }

    private List<TStmt> list(List<TStmt> statements, boolean inLoop) {
        List<TStmt> out = new ArrayList<>();
        for (int k = 0; k < statements.size(); k++) {
            TStmt s = statements.get(k);
            if (s instanceof TStmt.Return r) {
                leave(r, inLoop, out);
                return out;
            }
            if (!returns(s)) {
                out.add(s);
                continue;
            }
            out.add(inside(s, inLoop));
            List<TStmt> rest = statements.subList(k + 1, statements.size());
            boolean loop = s instanceof TStmt.For || s instanceof TStmt.While || s instanceof TStmt.Checkpointed;
            if (inLoop && loop) {
                out.add(new TStmt.If(s.span(), read(s.span()), block(s.span(), List.of(new TStmt.Break(s.span()))), null));
            } else if (!inLoop && !rest.isEmpty()) {
                TExpr going = new TExpr.Unary(s.span(), Type.Scalar.BOOL, TExpr.UnaryOp.NOT, read(s.span()));
                out.add(new TStmt.If(s.span(), going, block(s.span(), list(rest, false)), null));
                return out;
            }
        }
        return out;
    }

    private void leave(TStmt.Return r, boolean inLoop, List<TStmt> out) {
        if (result != null && r.value() != null) {
            out.add(new TStmt.Assign(r.span(), new Place.Variable(r.span(), result.type(), result), r.value()));
        }
        out.add(new TStmt.Assign(r.span(), new Place.Variable(r.span(), Type.Scalar.BOOL, done),
                new TExpr.Constant(r.span(), Type.Scalar.BOOL, true)));
        if (inLoop) {
            out.add(new TStmt.Break(r.span()));
        }
    }

    private TStmt inside(TStmt s, boolean inLoop) {
        return switch (s) {
            case TStmt.If x -> new TStmt.If(x.span(), x.condition(), block(x.then(), inLoop),
                    x.otherwise() == null ? null : block(x.otherwise(), inLoop));
            case TStmt.For x -> new TStmt.For(x.span(), x.iteration(), block(x.body(), true));
            case TStmt.While x -> new TStmt.While(x.span(), x.condition(), block(x.body(), true));
            case TStmt.Checkpointed x -> new TStmt.Checkpointed(x.span(), x.every(), inside(x.loop(), inLoop));
            default -> s;
        };
    }

    private TStmt.TBlock block(TStmt.TBlock b, boolean inLoop) {
        return block(b.span(), list(b.statements(), inLoop));
    }

    private static TStmt.TBlock block(Span span, List<TStmt> statements) {
        return new TStmt.TBlock(span, List.copyOf(statements));
    }

    private TExpr read(Span span) {
        return new TExpr.Read(span, Type.Scalar.BOOL, done);
    }

    /** Any value of a type, null if there is no simple one. */
    private static @Nullable TExpr start(Type type, Span span) {
        if (type == Type.Scalar.COMPLEX) {
            return new TExpr.ComplexConstant(span, type, 0.0, 0.0);
        }
        if (type.isVector()) {
            int n = type == Type.Scalar.VEC2 ? 2 : type == Type.Scalar.VEC3 ? 3 : 4;
            return new TExpr.RecordNew(span, type, java.util.Collections.nCopies(n, new TExpr.Constant(span, Type.Scalar.FLOAT, 0.0)));
        }
        return switch (type) {
            case Type.Scalar s when s == Type.Scalar.FLOAT || s == Type.Scalar.FLOAT32 -> new TExpr.Constant(span, s, 0.0);
            case Type.Scalar s when s.isIntegral() -> new TExpr.Constant(span, s, 0L);
            case Type.Scalar s when s == Type.Scalar.BOOL -> new TExpr.Constant(span, s, false);
            case Type.Scalar s when s == Type.Scalar.STRING -> new TExpr.Constant(span, s, "");
            case Type.Tuple t -> all(t.elements(), span) instanceof List<TExpr> parts ? new TExpr.TupleNew(span, t, parts) : null;
            case Type.Record r -> all(r.fields().stream().map(Type.Field::type).toList(), span) instanceof List<TExpr> parts
                    ? new TExpr.RecordNew(span, r, parts) : null;
            case Type.ListOf l -> new TExpr.ListNew(span, l, List.of());
            case Type.MapOf m -> new TExpr.MapNew(span, m, null);
            default -> null;
        };
    }

    private static @Nullable List<TExpr> all(List<Type> types, Span span) {
        List<TExpr> out = new ArrayList<>();
        for (Type t : types) {
            TExpr one = start(t, span);
            if (one == null) {
                return null;
            }
            out.add(one);
        }
        return List.copyOf(out);
    }
}

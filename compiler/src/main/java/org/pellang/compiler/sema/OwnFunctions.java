package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Block;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Param;
import org.pellang.compiler.syntax.Stmt;

/**
 * Functions that the checker writes in the language itself for one place of a program, so that each operand is evaluated once: the order of tuples,
 * {@code divmod}, the smaller of texts.
 */
final class OwnFunctions {
    /** Stands for no text in reductions; a text of two characters that Unicode never assigns. */
    private static final String NOTHING = "\uDBFF\uDFFF\uDBFF\uDFFF";

    private final Session s;

    OwnFunctions(Session session) {
        this.s = session;
    }

    /** Whether values of the type have an order for the comparison operators: real numbers, strings, tuples of them. */
    static boolean isOrdered(Type t) {
        return t.isNumeric() && t != Scalar.COMPLEX
                || t == Scalar.STRING
                || t instanceof Type.Tuple tuple && tuple.elements().stream().allMatch(OwnFunctions::isOrdered);
    }

    /** {@code l op r} of two tuples of one type: the first components that differ decide. */
    TExpr compare(Expr.Binary e, TExpr l, TExpr r, Scope scope) {
        Span at = e.span();
        int n = ((Type.Tuple) l.type()).elements().size();
        Expr.BinaryOp strict = e.op() == Expr.BinaryOp.LT || e.op() == Expr.BinaryOp.LE ? Expr.BinaryOp.LT : Expr.BinaryOp.GT;
        Expr all = new Expr.Binary(at, e.op(), at, name(at, "a", n - 1), name(at, "b", n - 1));
        for (int k = n - 2; k >= 0; k--) {
            Expr same = new Expr.Binary(at, Expr.BinaryOp.EQ, at, name(at, "a", k), name(at, "b", k));
            Expr first = new Expr.Binary(at, strict, at, name(at, "a", k), name(at, "b", k));
            all = new Expr.Binary(at, Expr.BinaryOp.OR, at, first, new Expr.Binary(at, Expr.BinaryOp.AND, at, same, all));
        }
        List<Stmt> statements = List.of(parts(at, "a", n), parts(at, "b", n), new Stmt.Return(at, all));
        return call(at, "compare", new Item.Body(at, new Block(at, statements), null), List.of(l, r), scope);
    }

    private static Expr name(Span at, String stem, int k) {
        return new Expr.Name(at, stem + k);
    }

    private static Stmt parts(Span at, String stem, int n) {
        IntFunction<Expr.Ident> part = k -> new Expr.Ident(at, stem + k);
        return new Stmt.VarDecl(at, Stmt.VarDecl.Kind.LET, IntStream.range(0, n).mapToObj(part).toList(), true, null, null, new Expr.Name(at, stem), null);
    }

    /** {@code (a // b, a % b)}. */
    TExpr divmod(Span at, TExpr a, TExpr b, Scope scope) {
        Expr both = new Expr.Tuple(at, List.of(
                new Expr.Binary(at, Expr.BinaryOp.FLOOR_DIV, at, new Expr.Name(at, "a"), new Expr.Name(at, "b")),
                new Expr.Binary(at, Expr.BinaryOp.MOD, at, new Expr.Name(at, "a"), new Expr.Name(at, "b"))));
        return call(at, "divmod", new Item.Body(at, null, both), List.of(a, b), scope);
    }

    /** {@code min(a, b, ..)} or {@code max(..)} of texts; of equal ones the first. */
    TExpr extremum(Span at, boolean least, List<TExpr> values, Scope scope) {
        Expr a = new Expr.Name(at, "a");
        Expr b = new Expr.Name(at, "b");
        Expr other = new Expr.Binary(at, least ? Expr.BinaryOp.LT : Expr.BinaryOp.GT, at, b, a);
        Item.Body body = new Item.Body(at, null, new Expr.Conditional(at, other, b, a));
        TExpr all = values.getFirst();
        for (TExpr next : values.subList(1, values.size())) {
            all = call(at, least ? "min" : "max", body, List.of(all, next), scope);
        }
        return all;
    }

    /** The operator of a reduction of texts, with an identity that is greater (and less) than every text; null after an error. */
    @Nullable ReduceOp extremum(Span at, boolean least, Scope scope) {
        Expr a = new Expr.Name(at, "a");
        Expr b = new Expr.Name(at, "b");
        Expr other = new Expr.Binary(at, least ? Expr.BinaryOp.LT : Expr.BinaryOp.GT, at, b, a);
        Expr chosen = new Expr.Conditional(at, isNothing(at, b), a, new Expr.Conditional(at, other, b, a));
        Item.Body body = new Item.Body(at, null, new Expr.Conditional(at, isNothing(at, a), b, chosen));
        Functions.Instance i = instance(at, least ? "min" : "max", body, List.of(Scalar.STRING, Scalar.STRING), scope);
        return i == null || i.result().isError() ? null : new ReduceOp.User(i.id, new TExpr.Constant(at, Scalar.STRING, NOTHING));
    }

    /** The value of such a reduction; there is none of no texts. */
    TExpr something(Span at, String name, TExpr value, Scope scope) {
        Expr a = new Expr.Name(at, "a");
        Stmt some = new Stmt.Assert(at, new Expr.Binary(at, Expr.BinaryOp.NE, at, a, nothing(at)), text(at, name + " of no values"));
        return call(at, name, new Item.Body(at, new Block(at, List.of(some, new Stmt.Return(at, a))), null), List.of(value), scope);
    }

    /** {@code argmin} or {@code argmax} of texts: texts with their indices, of equal ones the first. */
    TExpr place(Span at, Span whole, String name, TExpr element, Iteration it, Scope scope) {
        int n = it.indices().size() + 1;
        List<TExpr> parts = new ArrayList<>(List.of(element));
        it.indices().forEach(i -> parts.add(Names.read(i, at)));
        Type pair = new Type.Tuple(parts.stream().map(TExpr::type).toList());
        Expr other = new Expr.Binary(at, name.equals("argmin") ? Expr.BinaryOp.LT : Expr.BinaryOp.GT, at, name(at, "b", 0), name(at, "a", 0));
        Expr chosen = new Expr.Conditional(at, isNothing(at, name(at, "b", 0)), new Expr.Name(at, "a"),
                new Expr.Conditional(at, other, new Expr.Name(at, "b"), new Expr.Name(at, "a")));
        Expr better = new Expr.Conditional(at, isNothing(at, name(at, "a", 0)), new Expr.Name(at, "b"), chosen);
        Item.Body body = new Item.Body(at, new Block(at, List.of(parts(at, "a", n), parts(at, "b", n), new Stmt.Return(at, better))), null);
        Functions.Instance i = instance(at, name, body, List.of(pair, pair), scope);
        if (i == null || i.result().isError()) {
            return Session.bad(whole);
        }
        List<TExpr> none = new ArrayList<>(List.of(new TExpr.Constant(at, Scalar.STRING, NOTHING)));
        it.indices().forEach(k -> none.add(new TExpr.Constant(at, Scalar.INT, 0L)));
        TExpr best = new TExpr.Reduce(whole, pair, new ReduceOp.User(i.id, new TExpr.TupleNew(at, pair, none)), new TExpr.TupleNew(element.span(), pair, parts), it);
        Stmt some = new Stmt.Assert(at, new Expr.Binary(at, Expr.BinaryOp.NE, at, name(at, "a", 0), nothing(at)), text(at, name + " of no values"));
        List<Expr> indices = IntStream.range(1, n).mapToObj(k -> name(at, "a", k)).toList();
        Expr index = n == 2 ? indices.getFirst() : new Expr.Tuple(at, indices);
        Item.Body found = new Item.Body(at, new Block(at, List.of(parts(at, "a", n), some, new Stmt.Return(at, index))), null);
        return call(whole, name, found, List.of(best), scope);
    }

    private static Expr isNothing(Span at, Expr e) {
        return new Expr.Binary(at, Expr.BinaryOp.EQ, at, e, nothing(at));
    }

    private static Expr nothing(Span at) {
        return text(at, NOTHING);
    }

    private static Expr text(Span at, String text) {
        return new Expr.StringLiteral(at, List.of(new Expr.StringPart.Text(text)));
    }

    private TExpr call(Span at, String name, Item.Body body, List<TExpr> operands, Scope scope) {
        Functions.Instance i = instance(at, name, body, operands.stream().map(TExpr::type).toList(), scope);
        return i == null || i.result().isError() ? Session.bad(at) : new TExpr.Call(at, i.result().asValue(), i.id, operands);
    }

    private Functions.@Nullable Instance instance(Span at, String name, Item.Body body, List<Type> types, Scope scope) {
        List<Param> params = new ArrayList<>();
        for (String p : List.of("a", "b").subList(0, types.size())) {
            params.add(new Param(at, false, new Expr.Ident(at, p), null, null));
        }
        Symbol.Function f = Symbol.Function.of(new Item.Function(at, new Expr.Ident(at, name), params, null, body, null));
        return s.instances.of(f, types, at, scope.frame);
    }
}

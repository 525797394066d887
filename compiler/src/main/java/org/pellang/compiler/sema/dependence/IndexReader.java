package org.pellang.compiler.sema.dependence;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Turns integer expressions of a loop body into {@link Index}es; what cannot be followed becomes a fresh unknown. */
final class IndexReader {
    private final Map<Var, TExpr> definitions;

    IndexReader(Map<Var, TExpr> definitions) {
        this.definitions = definitions;
    }

    /** The value as a linear expression; a remainder becomes an unknown with its range as a fact of the scope. */
    @Nullable Linear linear(TExpr e, Scope scope) {
        Index index = read(e, scope);
        if (index.isLinear()) {
            return index.value();
        }
        Index fresh = scope.fresh("mod");
        if (index.modulus() != null && index.xor() == null) {
            scope.fact(Constraint.nonNegative(fresh.value()));
            scope.fact(Constraint.ordered(fresh.value().plus(1), index.modulus()));
        }
        return fresh.value();
    }

    Index read(TExpr e, Scope scope) {
        try {
            return switch (e) {
                case TExpr.Constant c when c.value() instanceof Long value -> Index.of(Linear.of(value));
                case TExpr.Read r when r.type() == Type.Scalar.INT -> variable(r.variable(), scope);
                case TExpr.Unary u when u.op() == TExpr.UnaryOp.NEGATE -> negate(u, scope);
                case TExpr.Binary b when b.type() == Type.Scalar.INT -> binary(b, scope);
                case TExpr.Convert c when c.value().type() == Type.Scalar.INT && c.type() == Type.Scalar.INT -> read(c.value(), scope);
                case TExpr.IntrinsicCall c -> intrinsic(c, scope);
                default -> scope.fresh("value");
            };
        } catch (ArithmeticException overflow) {
            return scope.fresh("large");
        }
    }

    private Index variable(Var v, Scope scope) {
        Index known = scope.value(v);
        if (known != null) {
            return known;
        }
        if (scope.isLocal(v)) {
            return scope.fresh(v.name());
        }
        TExpr definition = definitions.get(v);
        if (definition != null && definition.type() == Type.Scalar.INT) {
            Index value = read(definition, scope.child());
            if (value.isLinear() && value.value().isUniform()) {
                return value;
            }
        }
        return Index.of(Linear.of(Atom.symbol(v.name() + "#" + v.id())));
    }

    private Index negate(TExpr.Unary u, Scope scope) {
        Linear value = linear(u.operand(), scope);
        return value == null ? scope.fresh("neg") : Index.of(value.times(-1));
    }

    private Index intrinsic(TExpr.IntrinsicCall c, Scope scope) {
        if (c.intrinsic() == Intrinsic.SIZE) {
            return Index.of(Linear.of(Atom.symbol("size()")));
        }
        if (c.intrinsic() == Intrinsic.LEN && c.arguments().get(0) instanceof TExpr.Read r && !scope.isLocal(r.variable())) {
            return Index.of(Linear.of(Atom.symbol("len(" + r.variable().name() + "#" + r.variable().id() + ")")));
        }
        return scope.fresh("value");
    }

    private Index binary(TExpr.Binary b, Scope scope) {
        Linear left = linear(b.left(), scope);
        Linear right = linear(b.right(), scope);
        if (left == null || right == null) {
            return scope.fresh("value");
        }
        return switch (b.op()) {
            case ADD -> Index.of(left.plus(right));
            case SUB -> Index.of(left.minus(right));
            case MUL -> product(left, right, scope);
            case FLOOR_DIV -> right.isConstant() && right.constant() > 0 ? quotient(left, right.constant(), scope, true) : scope.fresh("div");
            case MOD -> remainder(left, right, scope);
            case SHL -> right.isConstant() && right.constant() >= 0 && right.constant() < 62
                    ? Index.of(left.times(1L << right.constant()))
                    : scope.fresh("shift");
            case SHR -> right.isConstant() && right.constant() >= 0 && right.constant() < 62
                    ? quotient(left, 1L << right.constant(), scope, true)
                    : scope.fresh("shift");
            case BIT_AND -> right.isConstant() && Long.bitCount(right.constant() + 1) == 1 && right.constant() > 0
                    ? quotient(left, right.constant() + 1, scope, false)
                    : scope.fresh("and");
            case BIT_XOR -> xor(left, right, scope);
            case DIV, POW, USHR, BIT_OR, MIN, MAX -> scope.fresh("value");
        };
    }

    private static Index product(Linear left, Linear right, Scope scope) {
        Linear product = left.times(right);
        return product == null ? scope.fresh("product") : Index.of(product);
    }

    private static Index xor(Linear left, Linear right, Scope scope) {
        if (right.isUniform()) {
            return new Index(left, null, right.toString());
        }
        return left.isUniform() ? new Index(right, null, left.toString()) : scope.fresh("xor");
    }

    private static Index remainder(Linear left, Linear right, Scope scope) {
        if (right.isConstant()) {
            return right.constant() > 0 ? quotient(left, right.constant(), scope, false) : scope.fresh("mod");
        }
        return right.isUniform() ? new Index(left, right, null) : scope.fresh("mod");
    }

    /** Writes {@code x = c*q + r} with {@code 0 <= r < c} and gives q or r. */
    private static Index quotient(Linear x, long c, Scope scope, boolean wantQuotient) {
        String key = "(" + x + ")" + c;
        Atom q = x.isUniform() ? Atom.symbol("q" + key) : Atom.local("q" + key);
        Atom r = x.isUniform() ? Atom.symbol("r" + key) : Atom.local("r" + key);
        scope.fact(Constraint.zero(Linear.of(q).times(c).plus(Linear.of(r)).minus(x)));
        scope.fact(Constraint.nonNegative(Linear.of(r)));
        scope.fact(Constraint.ordered(Linear.of(r), Linear.of(c - 1)));
        return Index.of(Linear.of(wantQuotient ? q : r));
    }
}

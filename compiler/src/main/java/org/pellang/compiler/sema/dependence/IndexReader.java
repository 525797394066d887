package org.pellang.compiler.sema.dependence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Effects;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/** Turns integer expressions of a loop body into {@link Index}es; what cannot be followed becomes a fresh unknown. */
final class IndexReader {
    private static final int MAX_DEPTH = 4;

    private final Map<Var, TExpr> definitions;
    private final List<TFunction> functions;
    private final Map<Var, Known> known = new HashMap<>();
    private final Set<Var> contextual = new HashSet<>();
    private final Signs signs;
    /** Whether {@code size()} may be that of a team at one place, and not at another one. */
    private boolean teams;
    private int depth;

    /** @param definitions of the program's immutable names */
    IndexReader(TypedProgram program, Map<Var, TExpr> definitions) {
        this.definitions = definitions;
        this.functions = program.functions();
        this.signs = new Signs(program);
        TreeWalk.outermost(program, outer -> Effects.everyStatement(outer, s -> teams |= s instanceof TStmt.On));
    }

    /** The value as a linear expression, an unknown at least. */
    Linear linear(TExpr e, Scope scope) {
        return read(e, scope).value();
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
                case TExpr.Conditional c when c.type() == Type.Scalar.INT -> {
                    Index any = scope.fresh("if");
                    oneOf(any, List.of(linear(c.then(), scope), linear(c.otherwise(), scope)), scope);
                    yield any;
                }
                case TExpr.Call c when c.type() == Type.Scalar.INT && depth < MAX_DEPTH -> call(c, scope);
                default -> scope.fresh("value");
            };
        } catch (ArithmeticException overflow) {
            return scope.fresh("large");
        }
    }

    /** A name of outside the loop as an unknown. */
    static Atom symbol(Var v) {
        return Atom.symbol(v.name() + "#" + v.id());
    }

    private Index variable(Var v, Scope scope) {
        Index bound = scope.value(v);
        if (bound != null) {
            return bound;
        }
        if (scope.isLocal(v)) {
            Index any = scope.fresh(v.name());
            sign(v, any.value(), scope);
            return any;
        }
        Known definition = known(v, scope);
        definition.facts().forEach(scope::fact);
        sign(v, definition.value(), scope);
        return Index.of(definition.value());
    }

    private void sign(Var v, Linear value, Scope scope) {
        long least = signs.least(v);
        if (least >= 0 && !value.isConstant()) {
            scope.fact(Constraint.nonNegative(value.plus(-least)));
        }
    }

    /** A definition means the same everywhere, but the facts of a place may tell more about it: then it is read again there. */
    private Known known(Var v, Scope scope) {
        Known everywhere = known.get(v);
        if (everywhere == null) {
            Scope nothing = scope.detached();
            int before = nothing.unproved();
            everywhere = define(v, nothing);
            known.put(v, everywhere);
            if (nothing.unproved() != before) {
                contextual.add(v);
            }
        }
        return contextual.contains(v) && scope.hasFacts() ? scope.known(v, () -> define(v, scope.child())) : everywhere;
    }

    /** What a name of outside the loop stands for: its definition, if that is the same in all iterations, else itself. */
    private Known define(Var v, Scope probe) {
        Atom atom = symbol(v);
        Linear symbol = Linear.of(atom);
        TExpr definition = definitions.get(v);
        if (definition == null || definition.type() != Type.Scalar.INT) {
            return new Known(symbol, List.of());
        }
        if (definition instanceof TExpr.Conditional c) {
            List<Linear> branches = List.of(linear(c.then(), probe), linear(c.otherwise(), probe));
            if (branches.stream().allMatch(Linear::isUniform)) {
                probe.alternatives().add(atom, branches);
            }
            return new Known(symbol, List.of());
        }
        Linear value = linear(definition, probe);
        List<Constraint> facts = probe.ownFacts().stream().filter(c -> c.expression().isUniform()).toList();
        return new Known(value.isUniform() ? value : symbol, facts);
    }

    /** The value of a name, with what is known of the unknowns in it. */
    record Known(Linear value, List<Constraint> facts) {}

    /** The value of a function that only computes: {@code let}s, then {@code return}. */
    private Index call(TExpr.Call c, Scope scope) {
        TFunction function = functions.get(c.function());
        Scope inner = scope.child();
        depth++;
        try {
            for (int k = 0; k < function.params().size(); k++) {
                Var param = function.params().get(k);
                TExpr argument = c.arguments().get(k);
                inner.local(param);
                if (argument.type() == Type.Scalar.INT && param.kind() == Var.Kind.PARAM) {
                    inner.bind(param, read(argument, scope));
                }
            }
            Index result = null;
            for (TStmt statement : function.body().statements()) {
                if (statement instanceof TStmt.Declare d && d.variable().kind() == Var.Kind.LET) {
                    inner.local(d.variable());
                    if (d.value().type() == Type.Scalar.INT && d.variable().type() == Type.Scalar.INT) {
                        inner.bind(d.variable(), read(d.value(), inner));
                    }
                } else {
                    result = statement instanceof TStmt.Return r && r.value() != null ? read(r.value(), inner) : null;
                    break;
                }
            }
            inner.ownFacts().forEach(scope::fact);
            return result != null ? result : scope.fresh("call");
        } finally {
            depth--;
        }
    }

    private Index negate(TExpr.Unary u, Scope scope) {
        return Index.of(linear(u.operand(), scope).times(-1));
    }

    private Index intrinsic(TExpr.IntrinsicCall c, Scope scope) {
        return switch (c.intrinsic()) {
            case SIZE -> {
                Linear size = Linear.of(Atom.symbol(teams || !c.arguments().isEmpty() ? "size()@" + c.span().start() : "size()"));
                scope.fact(Constraint.nonNegative(size.plus(-1)));
                yield Index.of(size);
            }
            case LEN -> length(c, scope);
            case MIN -> extreme(c.arguments(), true, scope);
            case MAX -> extreme(c.arguments(), false, scope);
            case CLAMP -> clamp(c.arguments(), scope);
            case ABS -> absolute(linear(c.arguments().getFirst(), scope), scope);
            default -> scope.fresh("value");
        };
    }

    /** {@code max(0, extent)}. */
    private Index length(TExpr.IntrinsicCall c, Scope scope) {
        if (!(c.arguments().getFirst() instanceof TExpr.Read r) || scope.isLocal(r.variable())) {
            Index any = scope.fresh("len");
            scope.fact(Constraint.nonNegative(any.value()));
            return any;
        }
        Atom atom = Atom.symbol("len(" + r.variable() + ")");
        Linear length = Linear.of(atom);
        TExpr domain = definitions.get(r.variable());
        Bounds.Axis axis = domain == null || FromZero.isLength(domain, r.variable()) ? null : new Bounds(definitions).of(domain, e -> linear(e, scope)).getFirst();
        if (axis != null && axis.dense() && axis.extent().isUniform() && r.type() instanceof Type.Array) {
            if (scope.proves(axis.extent())) {
                return Index.of(axis.extent());
            }
            scope.alternatives().add(atom, List.of(Linear.ZERO, axis.extent()));
            scope.fact(Constraint.ordered(axis.extent(), length));
        }
        scope.fact(Constraint.nonNegative(length));
        return Index.of(length);
    }

    /** The smallest (largest) of several values: one of them, if the facts say which. */
    private Index extreme(List<TExpr> arguments, boolean smallest, Scope scope) {
        List<Linear> values = arguments.stream().filter(a -> a.type() == Type.Scalar.INT).map(a -> linear(a, scope)).toList();
        for (Linear one : values) {
            if (values.size() == arguments.size() && values.stream().allMatch(other -> scope.proves(smallest ? other.minus(one) : one.minus(other)))) {
                return Index.of(one);
            }
        }
        Index any = unknown(smallest ? "min" : "max", values, scope);
        values.forEach(v -> scope.fact(smallest ? Constraint.ordered(any.value(), v) : Constraint.ordered(v, any.value())));
        if (values.size() == arguments.size()) {
            oneOf(any, values, scope);
        }
        return any;
    }

    private Index clamp(List<TExpr> arguments, Scope scope) {
        if (arguments.size() != 3 || arguments.stream().anyMatch(a -> a.type() != Type.Scalar.INT)) {
            return scope.fresh("value");
        }
        Linear low = linear(arguments.get(1), scope);
        Linear high = linear(arguments.get(2), scope);
        Index any = unknown("clamp", List.of(linear(arguments.getFirst(), scope), low, high), scope);
        if (scope.proves(high.minus(low))) {
            scope.fact(Constraint.ordered(low, any.value()));
            scope.fact(Constraint.ordered(any.value(), high));
        }
        return any;
    }

    private static Index absolute(Linear value, Scope scope) {
        if (scope.proves(value)) {
            return Index.of(value);
        }
        if (scope.proves(value.times(-1))) {
            return Index.of(value.times(-1));
        }
        Index any = unknown("abs", List.of(value), scope);
        scope.fact(Constraint.ordered(value, any.value()));
        scope.fact(Constraint.ordered(value.times(-1), any.value()));
        oneOf(any, List.of(value, value.times(-1)), scope);
        return any;
    }

    /** The value of a function of these values: of the same ones the same. */
    private static Index unknown(String function, List<Linear> values, Scope scope) {
        boolean uniform = values.stream().allMatch(Linear::isUniform);
        String name = function + values;
        return Index.of(Linear.of(uniform ? Atom.symbol(name) : Atom.local(name)));
    }

    private static void oneOf(Index any, List<Linear> values, Scope scope) {
        any.value().terms().keySet().forEach(atom -> scope.alternatives().add(atom, values));
    }

    private Index binary(TExpr.Binary b, Scope scope) {
        Linear left = linear(b.left(), scope);
        Linear right = linear(b.right(), scope);
        return switch (b.op()) {
            case ADD -> Index.of(left.plus(right));
            case SUB -> Index.of(left.minus(right));
            case MUL -> product(left, right, scope);
            case FLOOR_DIV -> right.isConstant() && right.constant() > 0
                    ? quotient(left, right.constant(), scope, true)
                    : orFresh(BySymbol.quotient(left, right, scope), scope);
            case MOD -> remainder(left, right, scope);
            case SHL -> product(left, BySymbol.power(right, scope), scope);
            case SHR -> shiftedRight(left, right, scope);
            case BIT_AND -> and(left, right, scope);
            case BIT_OR -> or(left, right, scope);
            case BIT_XOR -> xor(left, right, scope);
            case MIN -> extreme(List.of(b.left(), b.right()), true, scope);
            case MAX -> extreme(List.of(b.left(), b.right()), false, scope);
            case DIV, POW, USHR -> scope.fresh("value");
        };
    }

    private static Index orFresh(@Nullable Linear value, Scope scope) {
        return value == null ? scope.fresh("value") : Index.of(value);
    }

    private static Index product(Linear left, Linear right, Scope scope) {
        return orFresh(left.times(right), scope);
    }

    private static Index shiftedRight(Linear left, Linear right, Scope scope) {
        if (right.isConstant() && right.constant() >= 0 && right.constant() < 62) {
            return quotient(left, 1L << right.constant(), scope, true);
        }
        return right.isUniform() ? orFresh(BySymbol.quotient(left, BySymbol.power(right, scope), scope), scope) : scope.fresh("shift");
    }

    private static Index and(Linear left, Linear right, Scope scope) {
        Linear mask = right.isUniform() ? right : left.isUniform() ? left : null;
        if (mask == null) {
            return scope.fresh("and");
        }
        Linear x = mask == right ? left : right;
        boolean low = mask.isConstant() && mask.constant() > 0 && Long.bitCount(mask.constant() + 1) == 1;
        if (low || !mask.isConstant() && BySymbol.isPower(mask.plus(1), scope)) {
            return remainder(x, mask.plus(1), scope);
        }
        return Index.of(MaskBits.and(x, mask, scope));
    }

    private static Index or(Linear left, Linear right, Scope scope) {
        if (MaskBits.apart(left, right, scope)) {
            return Index.of(left.plus(right));
        }
        if (right.isUniform()) {
            return Index.of(MaskBits.or(left, right, scope));
        }
        return left.isUniform() ? Index.of(MaskBits.or(right, left, scope)) : scope.fresh("or");
    }

    private static Index xor(Linear left, Linear right, Scope scope) {
        if (MaskBits.apart(left, right, scope)) {
            return Index.of(left.plus(right));
        }
        if (right.isUniform()) {
            return Index.of(MaskBits.xor(left, right, scope));
        }
        return left.isUniform() ? Index.of(MaskBits.xor(right, left, scope)) : scope.fresh("xor");
    }

    private static Index remainder(Linear left, Linear right, Scope scope) {
        if (right.isConstant()) {
            return right.constant() > 0 ? quotient(left, right.constant(), scope, false) : scope.fresh("mod");
        }
        Linear quotient = BySymbol.quotient(left, right, scope);
        Linear product = quotient == null ? null : quotient.times(right);
        return product == null ? scope.fresh("mod") : Index.of(left.minus(product));
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

package org.pellang.compiler.sema.dependence;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Symbolic bounds of index sets: {@code low..high} inclusive per axis, with a constant step if there is one. */
final class Bounds {
    private final Map<Var, TExpr> definitions;

    Bounds(Map<Var, TExpr> definitions) {
        this.definitions = definitions;
    }

    /**
     * One axis.
     *
     * @param stride how far apart the indices are, at least 1
     * @param from the index from which they are counted, {@code low} or {@code high}
     */
    record Axis(Linear low, Linear high, Linear stride, Linear from) {
        Axis(Linear low, Linear high) {
            this(low, high, Linear.of(1), low);
        }

        Linear extent() {
            return high.minus(low).plus(1);
        }

        /** Whether no index between the bounds is left out. */
        boolean dense() {
            return stride.equals(Linear.of(1));
        }

        /** Says that a value is one of the indices. */
        void contains(Linear index, Scope scope) {
            scope.fact(Constraint.ordered(low, index));
            scope.fact(Constraint.ordered(index, high));
            if (dense()) {
                return;
            }
            if (!stride.isConstant()) {
                scope.fact(Constraint.nonNegative(stride.plus(-1)));
            }
            Linear steps = scope.fresh("steps").value();
            Linear distance = steps.times(stride);
            if (distance != null) {
                scope.fact(Constraint.nonNegative(steps));
                scope.fact(Constraint.zero(from.plus(from.equals(low) ? distance : distance.times(-1)).minus(index)));
            }
        }
    }

    /** Reads integer expressions; supplied by the caller, who knows the scope. */
    interface Reader {
        @Nullable Linear linear(TExpr expression);
    }

    /** The axes of a domain expression; an axis that cannot be expressed has symbolic bounds of its own. */
    List<Axis> of(TExpr space, Reader reader) {
        return switch (space) {
            case TExpr.Read read -> ofVariable(read, reader);
            case TExpr.Range range -> List.of(ofRange(range, reader));
            case TExpr.DomainNew domain -> domain.axes().stream().map(a -> of(a, reader).get(0)).toList();
            case TExpr.IntrinsicCall call -> ofIntrinsic(call, reader);
            case TExpr.Slice slice -> ofSlice(slice, reader);
            default -> unknown(space, "at" + space.span().start());
        };
    }

    private List<Axis> ofVariable(TExpr.Read read, Reader reader) {
        TExpr definition = definitions.get(read.variable());
        return definition != null && read.type() instanceof Type.Domain ? of(definition, reader) : unknown(read, read.variable().toString());
    }

    private static Axis ofRange(TExpr.Range range, Reader reader) {
        Linear low = reader.linear(range.low());
        Linear high = reader.linear(range.high());
        String key = "range" + range.span().start();
        low = low == null ? Linear.of(Atom.symbol(key + ".low")) : low;
        high = high == null ? Linear.of(Atom.symbol(key + ".high")) : high;
        Linear stride = range.step() == null ? Linear.of(1) : orUnknown(reader.linear(range.step()), range, "step");
        if (stride.isConstant() && stride.constant() < 0) {
            return new Axis(range.open() ? high.plus(1) : high, low, stride.times(-1), low);
        }
        return new Axis(low, range.open() ? high.plus(-1) : high, stride.equals(Linear.ZERO) ? Linear.of(1) : stride, low);
    }

    private static @Nullable Long constant(TExpr e, Reader reader) {
        Linear value = reader.linear(e);
        return value != null && value.isConstant() ? Long.valueOf(value.constant()) : null;
    }

    private List<Axis> ofIntrinsic(TExpr.IntrinsicCall call, Reader reader) {
        List<TExpr> args = call.arguments();
        if (call.intrinsic() == Intrinsic.DOMAIN_OF && args.get(0) instanceof TExpr.Read array) {
            TExpr definition = definitions.get(array.variable());
            return definition != null ? of(definition, reader) : unknown(call, array.variable() + ".domain");
        }
        if (args.isEmpty() || !(args.get(0).type() instanceof Type.Domain)) {
            return unknown(call, "at" + call.span().start());
        }
        List<Axis> base = of(args.get(0), reader);
        return switch (call.intrinsic()) {
            case INNER -> {
                Linear k = orUnknown(reader.linear(args.get(1)), call, "inner");
                yield base.stream().map(a -> new Axis(a.low().plus(k), a.high().minus(k))).toList();
            }
            case FROM -> IntStream.range(0, base.size())
                    .mapToObj(d -> new Axis(orUnknown(reader.linear(args.get(d + 1)), call, "from" + d), base.get(d).high()))
                    .toList();
            case AXIS -> {
                Long d = constant(args.get(1), reader);
                yield d != null && d >= 0 && d < base.size() ? List.of(base.get(d.intValue())) : unknown(call, "axis" + call.span().start());
            }
            case STRIDE -> {
                Linear k = orUnknown(reader.linear(args.get(1)), call, "stride");
                yield base.stream().map(a -> strided(a, k)).toList();
            }
            default -> unknown(call, "at" + call.span().start());
        };
    }

    private static Axis strided(Axis axis, Linear k) {
        Linear stride = axis.stride().times(k);
        return stride == null || k.isConstant() && k.constant() <= 0
                ? new Axis(axis.low(), axis.high())
                : new Axis(axis.low(), axis.high(), stride, axis.from());
    }

    private List<Axis> ofSlice(TExpr.Slice slice, Reader reader) {
        if (!(slice.array().type() instanceof Type.Domain)) {
            return unknown(slice, "at" + slice.span().start());
        }
        List<Axis> base = of(slice.array(), reader);
        return IntStream.range(0, Math.min(base.size(), slice.subscripts().size()))
                .mapToObj(d -> {
                    TExpr.TSub sub = slice.subscripts().get(d);
                    if (sub.range() != null) {
                        return of(sub.range(), reader).get(0);
                    }
                    if (sub.index() != null) {
                        Linear at = orUnknown(reader.linear(sub.index()), slice, "slice" + d);
                        return new Axis(at, at);
                    }
                    return base.get(d);
                })
                .toList();
    }

    private static Linear orUnknown(@Nullable Linear value, TExpr at, String tag) {
        return value != null ? value : Linear.of(Atom.symbol(tag + "@" + at.span().start()));
    }

    private static List<Axis> unknown(TExpr space, String key) {
        int axes = space.type() instanceof Type.Domain d ? d.axes() : 1;
        return IntStream.range(0, axes).mapToObj(d -> unknownAxis(key, d)).toList();
    }

    /** An axis of which nothing is known but its name. */
    static Axis unknownAxis(String key, int d) {
        return new Axis(Linear.of(Atom.symbol(key + ".low" + d)), Linear.of(Atom.symbol(key + ".high" + d)));
    }
}

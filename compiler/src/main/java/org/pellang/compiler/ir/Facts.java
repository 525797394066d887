package org.pellang.compiler.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/** What the declarations of a program tell about variables that are bound once: constants, steps and origins of domains. */
public final class Facts {
    private final Map<Var, TExpr> bindings = new HashMap<>();
    private final Map<Var, TExpr> configs = new HashMap<>();
    private final Map<Var, Optional<Long>> constants = new HashMap<>();

    /** Reads every declaration of the program. */
    public Facts(TypedProgram program) {
        TreeWalk.outermost(program, this::declarations);
    }

    private void declarations(TStmt root) {
        Trees.walkStatements(root, s -> {
            if (s instanceof TStmt.Declare d && (bound(d.variable()) || d.variable().type() instanceof Type.Array)) {
                bindings.put(d.variable(), d.value());
            } else if (s instanceof TStmt.Declare d && d.variable().kind() == Var.Kind.CONFIG) {
                configs.put(d.variable(), d.value());
            } else if (s instanceof TStmt.DeclareTuple t && t.value() instanceof TExpr.IntrinsicCall call
                    && call.intrinsic() == Intrinsic.DOMAINS_OF) {
                for (int d = 0; d < t.variables().size(); d++) {
                    bindings.put(t.variables().get(d), new TExpr.Component(t.span(), t.variables().get(d).type(), call, d, ""));
                }
            }
        });
    }

    /** What a variable that is bound once, or an array, was declared with; null if unknown. */
    public @Nullable TExpr binding(Var v) {
        return bindings.get(v);
    }

    /** The declared value of a config, null if there is none. */
    public @Nullable TExpr declared(Var config) {
        return configs.get(config);
    }

    private static boolean bound(Var v) {
        return switch (v.kind()) {
            case GLOBAL_LET, DOMAIN, LET -> true;
            case GLOBAL_VAR, SHARED, CONFIG, CHANNEL, VAR, PARAM, MUT_PARAM, FORALL_INDEX, FOR_INDEX, COMPREHENSION_LET -> false;
        };
    }

    /** The value that a variable always has, if its declaration gives an int constant. */
    public @Nullable Long constant(Var v) {
        TExpr value = bindings.get(v);
        if (value == null || !bound(v)) {
            return null;
        }
        // Kept: where each of many lets reads the one before twice, asking again would take for ever.
        Optional<Long> known = constants.get(v);
        if (known == null) {
            known = Optional.ofNullable(constant(value));
            constants.put(v, known);
        }
        return known.orElse(null);
    }

    /** The value of an int expression that is constant. */
    public @Nullable Long constant(TExpr e) {
        return switch (e) {
            case TExpr.Constant c when c.value() instanceof Long l -> l;
            case TExpr.Read r -> constant(r.variable());
            case TExpr.Unary u when u.op() == TExpr.UnaryOp.NEGATE && u.type().isIntegral() -> {
                Long x = constant(u.operand());
                yield x == null ? null : -x;
            }
            case TExpr.Binary b when b.type().isIntegral() -> {
                Long x = constant(b.left());
                Long y = constant(b.right());
                yield x == null || y == null ? null : fold(b.op(), x, y);
            }
            default -> null;
        };
    }

    /** The value of an operation on ints; null if it traps or is not folded. */
    public static @Nullable Long fold(TExpr.BinaryOp op, long x, long y) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case FLOOR_DIV -> y == 0 ? null : Long.valueOf(Math.floorDiv(x, y));
            case MOD -> y == 0 ? null : Long.valueOf(Math.floorMod(x, y));
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case DIV, POW, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR -> null;
        };
    }

    /** Whether every step of a domain is known to be 1. */
    public boolean unitSteps(TExpr domain) {
        return switch (domain) {
            case TExpr.Range r -> r.step() == null;
            case TExpr.DomainNew d -> d.axes().stream().allMatch(this::unitSteps);
            case TExpr.Read r -> r.variable().kind() != Var.Kind.PARAM && bindings.containsKey(r.variable())
                    && unitSteps(bindings.get(r.variable()));
            case TExpr.Slice s -> unitSteps(s.array())
                    && s.subscripts().stream().allMatch(x -> x.range() == null || unitSteps(x.range()));
            case TExpr.Component c when c.value() instanceof TExpr.IntrinsicCall call && call.intrinsic() == Intrinsic.DOMAINS_OF ->
                arraySteps(call.arguments().getFirst());
            case TExpr.IntrinsicCall call -> switch (call.intrinsic()) {
                case INNER, FROM, AXIS -> unitSteps(call.arguments().getFirst());
                case DOMAIN_OF -> arraySteps(call.arguments().getFirst());
                default -> false;
            };
            default -> false;
        };
    }

    /** Arrays over strided sets come from comprehensions only. */
    private boolean arraySteps(TExpr array) {
        if (!(array instanceof TExpr.Read r)) {
            return false;
        }
        TExpr value = bindings.get(r.variable());
        return switch (value) {
            case null -> false;
            case TExpr.ArrayFill fill -> unitSteps(fill.domain());
            case TExpr.ArrayNew x -> true;
            case TExpr.ArrayComprehension c -> !c.iteration().overDomain() || unitSteps(c.iteration().space());
            case TExpr.IntrinsicCall call when call.intrinsic() == Intrinsic.LOAD -> true;
            case TExpr.IntrinsicCall call when call.intrinsic() == Intrinsic.COPY || call.intrinsic() == Intrinsic.REPLICATE ->
                arraySteps(call.arguments().getFirst());
            case TExpr.Read other -> arraySteps(other);
            default -> false;
        };
    }

    /** The constant extents of an array that is declared over a domain; null for each that is not known, an empty list if none is. */
    List<@Nullable Long> extents(Var array) {
        TExpr domain = bindings.get(array) instanceof TExpr.ArrayFill fill ? fill.domain() : null;
        if (domain instanceof TExpr.Read r) {
            domain = bindings.get(r.variable());
        }
        return switch (domain) {
            case TExpr.DomainNew d -> d.axes().stream().<@Nullable Long>map(this::extent).toList();
            case TExpr.Range r -> java.util.Collections.singletonList(extent(r));
            case null, default -> List.of();
        };
    }

    private @Nullable Long extent(TExpr axis) {
        if (!(axis instanceof TExpr.Range r) || r.step() != null) {
            return null;
        }
        Long low = constant(r.low());
        Long high = constant(r.high());
        return low == null || high == null ? null : Long.valueOf(Math.max(0, high - low + (r.open() ? 0 : 1)));
    }

    /** The variable whose declaration made the root of a domain, null if unknown. Equal origins mean equal distribution. */
    public @Nullable Var origin(TExpr domain) {
        return origin(domain, null);
    }

    private @Nullable Var origin(TExpr domain, @Nullable Var declared) {
        return switch (domain) {
            case TExpr.DomainNew d -> declared;
            case TExpr.Range r -> declared;
            case TExpr.Read r -> bindings.containsKey(r.variable()) ? origin(bindings.get(r.variable()), r.variable()) : null;
            case TExpr.Slice s -> origin(s.array(), declared);
            case TExpr.IntrinsicCall call -> switch (call.intrinsic()) {
                case INNER, FROM, STRIDE -> origin(call.arguments().getFirst(), declared);
                case DOMAIN_OF -> call.arguments().getFirst() instanceof TExpr.Read r ? origin(r.variable()) : null;
                default -> null;
            };
            default -> null;
        };
    }

    /** The variable whose declaration made the root of an array's domain, null if unknown. */
    public @Nullable Var origin(Var array) {
        TExpr value = bindings.get(array);
        return switch (value) {
            case null -> null;
            case TExpr.ArrayFill fill -> origin(fill.domain(), array);
            case TExpr.ArrayComprehension c -> origin(c.iteration().space(), array);
            case TExpr.Read r -> origin(r.variable());
            case TExpr.IntrinsicCall call when call.intrinsic() == Intrinsic.COPY
                    && call.arguments().getFirst() instanceof TExpr.Read r -> origin(r.variable());
            case TExpr.IntrinsicCall call when call.intrinsic() == Intrinsic.LOAD -> array;
            default -> null;
        };
    }

    /** The constants of a range with constant bounds, at most {@code limit} of them, else null. */
    public @Nullable List<Long> constants(TExpr space, int limit) {
        if (!(space instanceof TExpr.Range r) || r.step() != null) {
            return null;
        }
        Long low = constant(r.low());
        Long high = constant(r.high());
        if (low == null || high == null) {
            return null;
        }
        long end = r.open() ? high : high + 1;
        return end - low > limit ? null : java.util.stream.LongStream.range(low, end).boxed().toList();
    }
}

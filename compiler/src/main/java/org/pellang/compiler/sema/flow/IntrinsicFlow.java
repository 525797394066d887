package org.pellang.compiler.sema.flow;

import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;

/** Uniformity of the constructs that the compiler knows by name. */
final class IntrinsicFlow {
    private final Reporter reporter;
    private final Control control;
    private final ExpressionFlow expressions;

    IntrinsicFlow(Reporter reporter, Control control, ExpressionFlow expressions) {
        this.reporter = reporter;
        this.control = control;
        this.expressions = expressions;
    }

    Taint call(TExpr.IntrinsicCall c, FlowState state) {
        String name = "`" + c.intrinsic().name().toLowerCase(java.util.Locale.ROOT) + "`";
        Taint arguments = expressions.all(c.arguments(), state);
        return switch (c.intrinsic()) {
            case RANK -> Taint.varying(c.span(), "`rank()` differs from rank to rank");
            case HOST -> Taint.varying(c.span(), "`host()` may differ from rank to rank");
            case LOCAL_CLOCK -> Taint.varying(c.span(), "`local_clock()` differs from rank to rank");
            case SIZE -> size(c);
            case THREADS, WORLD, WAIT -> Taint.NONE;
            case SPLIT -> split(c, state);
            case CLOCK -> collective(c, name, state);
            case PRINT -> {
                reporter.collective(c.span(), name, control, state);
                reporter.uniform("PEL0407", "`print` of a value that differs from rank to rank", c.span(), arguments);
                yield Taint.NONE;
            }
            case PRINTALL -> collective(c, name, state);
            case SAVE -> {
                reporter.uniform("PEL0403", "file name depends on the rank", c.span(), expressions.value(c.arguments().get(0), state));
                yield collective(c, name, state);
            }
            case LOAD, LINES -> {
                reporter.uniform("PEL0403", "file name depends on the rank", c.span(), arguments);
                yield collective(c, name, state);
            }
            case PLOT_IMAGE, PLOT_LINE -> collective(c, name, state);
            case REPLICATE -> {
                if (ExpressionFlow.isDistributed(c.arguments().get(0).type())) {
                    yield collective(c, name, state);
                }
                yield arguments;
            }
            case REDISTRIBUTE -> {
                if (ExpressionFlow.isDistributed(c.arguments().get(0).type())) {
                    collective(c, "assignment of a distributed array", state);
                }
                yield arguments;
            }
            case COPY, FILL -> {
                if (ExpressionFlow.isDistributed(c.arguments().get(0).type())) {
                    yield collective(c, name + " of a distributed array", state);
                }
                yield changed(c, arguments, state);
            }
            case REMOVE -> {
                if (ExpressionFlow.isDistributed(c.arguments().get(0).type())) {
                    reporter.uniform("PEL0403", "key of a spread map depends on the rank", c.span(), arguments);
                    yield collective(c, name + " of a spread map", state);
                }
                yield changed(c, arguments, state);
            }
            case HAS, TOP, ENTRIES -> {
                if (ExpressionFlow.isDistributed(c.arguments().get(0).type())) {
                    reporter.uniform("PEL0403", "key of a spread map depends on the rank", c.span(), arguments);
                    yield collective(c, name + " of a spread map", state);
                }
                yield arguments;
            }
            case LEN -> {
                if (c.arguments().get(0).type() instanceof Type.MapOf m && m.distributed()) {
                    yield collective(c, "`len` of a spread map", state);
                }
                yield c.arguments().get(0).type() instanceof Type.Array ? expressions.shape(c.arguments().get(0), state) : arguments;
            }
            case SHOW, FORMAT -> {
                expressions.text(c.arguments().getFirst(), state);
                yield arguments;
            }
            case PUSH, POP, SORT -> changed(c, arguments, state);
            case DOMAIN_OF, DOMAINS_OF -> c.arguments().get(0).type() instanceof Type.Array
                    ? expressions.shape(c.arguments().get(0), state)
                    : arguments;
            default -> arguments;
        };
    }

    private Taint size(TExpr.IntrinsicCall c) {
        if (c.arguments().isEmpty() || (TeamFlow.isWorld(c.arguments().getFirst()) && !control.inTeam())) {
            return Taint.NONE;
        }
        var team = TeamFlow.name(c.arguments().getFirst());
        return team != null && control.isCurrent(team) ? Taint.NONE : Taint.varying(c.span(), "teams differ in size", team);
    }

    /** The team itself is a name that all ranks have, whoever is in it. */
    private Taint split(TExpr.IntrinsicCall c, FlowState state) {
        TExpr parent = c.arguments().getFirst();
        reporter.uniform("PEL0403", "which team is split depends on the rank", parent.span(), expressions.value(parent, state));
        var outer = control.lens;
        control.lens = TeamFlow.name(parent);
        reporter.collective(c.span(), "`split`", control, state);
        control.lens = outer;
        return Taint.NONE;
    }

    private Taint collective(TExpr.IntrinsicCall c, String name, FlowState state) {
        reporter.collective(c.span(), name, control, state);
        return Taint.NONE;
    }

    /** Calls that change their first argument make it as varying as the values and the control. */
    private Taint changed(TExpr.IntrinsicCall c, Taint arguments, FlowState state) {
        if (c.intrinsic() == org.pellang.compiler.sema.typed.Intrinsic.COPY) {
            return arguments;
        }
        TExpr root = c.arguments().get(0);
        while (!(root instanceof TExpr.Read)) {
            TExpr next = switch (root) {
                case TExpr.Element x -> x.array();
                case TExpr.Component x -> x.value();
                default -> null;
            };
            if (next == null) {
                return arguments;
            }
            root = next;
        }
        var v = ((TExpr.Read) root).variable();
        state.set(v, state.value(v).join(arguments).join(control.taint()).join(state.diverged).join(state.returned));
        return arguments;
    }
}

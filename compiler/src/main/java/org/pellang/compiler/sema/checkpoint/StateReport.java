package org.pellang.compiler.sema.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/** {@code --report=checkpoint}: what each checkpointed loop saves, with bytes at the default values of the options. */
public final class StateReport {
    private static final long UNKNOWN = -1;

    private final Map<Var, TExpr> values = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private StateReport(TypedProgram program) {
        TreeWalk.outermost(program, this::declarations);
    }

    /** The report; empty if no loop has a clause. */
    public static String print(TypedProgram program) {
        StateReport report = new StateReport(program);
        CheckpointStates.of(program).loops().forEach(report::loop);
        return report.out.toString();
    }

    private void declarations(TStmt statement) {
        if (statement instanceof TStmt.Declare d) {
            values.put(d.variable(), d.value());
        }
        TreeWalk.statements(statement).forEach(this::declarations);
    }

    private void loop(LoopState state) {
        TStmt.Checkpointed c = state.loop();
        out.append("%s:%d: checkpoint every %s%s\n".formatted(
                c.span().file().name(), c.span().line(), c.every().span().text(), state.inTest() ? " (a test: not written)" : ""));
        long sum = 0;
        boolean all = true;
        for (Var v : state.variables()) {
            long bytes = bytes(v);
            all &= bytes != UNKNOWN;
            sum += Math.max(0, bytes);
            out.append("  %-16s %-28s %s\n".formatted(v.name(), v.type(), size(v, bytes)));
        }
        out.append("  %-16s %-28s %s\n".formatted("position", state.nesting() ? "pass; one per loop around" : "pass", "8 B"));
        out.append("  %s%s per checkpoint\n".formatted(all ? "" : "at least ", human(sum + Long.BYTES)));
    }

    private static String size(Var v, long bytes) {
        if (bytes != UNKNOWN) {
            return human(bytes);
        }
        long element = v.type() instanceof Type.Array a ? scalar(a.element()) : UNKNOWN;
        return element == UNKNOWN ? "by contents" : element + " B per element";
    }

    /** {@code 12.3 MB}: powers of ten, as file sizes are shown. */
    static String human(long bytes) {
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = -1;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit < 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    private long bytes(Var v) {
        if (!(v.type() instanceof Type.Array a)) {
            return scalar(v.type());
        }
        long element = scalar(a.element());
        long count = values.get(v) instanceof TExpr e ? elements(e) : UNKNOWN;
        return element == UNKNOWN || count == UNKNOWN ? UNKNOWN : element * count;
    }

    private static long scalar(Type type) {
        return switch (type) {
            case Type.Scalar s ->
                switch (s) {
                    case INT, FLOAT -> Long.BYTES;
                    case BOOL, BYTE -> 1;
                    case INT32, FLOAT32 -> Integer.BYTES;
                    case INT16 -> Short.BYTES;
                    case COMPLEX, VEC2 -> 2 * Long.BYTES;
                    case VEC3 -> 3 * Long.BYTES;
                    case VEC4 -> 4 * Long.BYTES;
                    case STRING, VOID, ERROR -> UNKNOWN;
                };
            case Type.Tuple t -> sum(t.elements());
            case Type.Record r -> sum(r.fields().stream().map(Type.Field::type).toList());
            case Type.Array _, Type.ListOf _, Type.MapOf _, Type.Function _, Type.Domain _ -> UNKNOWN;
            case Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> UNKNOWN;
        };
    }

    private static long sum(List<Type> parts) {
        long sum = 0;
        for (Type t : parts) {
            long bytes = scalar(t);
            if (bytes == UNKNOWN) {
                return UNKNOWN;
            }
            sum += bytes;
        }
        return sum;
    }

    private long elements(TExpr array) {
        return switch (array) {
            case TExpr.ArrayFill f -> extent(f.domain());
            case TExpr.ArrayNew n when n.extents() == null -> n.elements().size();
            case TExpr.ArrayComprehension c when c.iteration().filter() == null -> extent(c.iteration().space());
            default -> UNKNOWN;
        };
    }

    private long extent(TExpr domain) {
        return switch (domain) {
            case TExpr.Range r -> {
                Long low = value(r.low());
                Long high = value(r.high());
                Long step = r.step() == null ? Long.valueOf(1) : value(r.step());
                if (low == null || high == null || step == null || step == 0) {
                    yield UNKNOWN;
                }
                long last = r.open() ? high - 1 : high;
                yield Math.max(0, Math.floorDiv(last - low, step) + 1);
            }
            case TExpr.DomainNew d -> {
                long product = 1;
                for (TExpr axis : d.axes()) {
                    long extent = extent(axis);
                    if (extent == UNKNOWN) {
                        yield UNKNOWN;
                    }
                    product *= extent;
                }
                yield product;
            }
            case TExpr.Read r -> values.get(r.variable()) instanceof TExpr e ? extent(e) : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private @Nullable Long value(TExpr e) {
        return switch (e) {
            case TExpr.Constant c -> c.value() instanceof Long l ? l : null;
            case TExpr.Read r -> r.variable().kind().assignable() || !(values.get(r.variable()) instanceof TExpr x) ? null : value(x);
            case TExpr.Binary b -> {
                Long x = value(b.left());
                Long y = value(b.right());
                if (x == null || y == null) {
                    yield null;
                }
                yield switch (b.op()) {
                    case ADD -> Long.valueOf(x + y);
                    case SUB -> Long.valueOf(x - y);
                    case MUL -> Long.valueOf(x * y);
                    case FLOOR_DIV -> y == 0 ? null : Long.valueOf(Math.floorDiv(x, y));
                    case SHL -> y < 0 || y > 62 ? null : Long.valueOf(x << y);
                    default -> null;
                };
            }
            default -> null;
        };
    }
}

package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/**
 * Puts functions in place of their calls in the body of a divided loop: small expressions (so that they can become vectors), and whatever
 * touches distributed arrays (so that the loop sees the subscripts). Sequential sums over a few constants are written out.
 *
 * <p>An argument that is used more than once becomes a {@code let} before the statement or in the comprehension; where a let
 * would be evaluated too early (under a condition) it must not be able to trap, else the call stays.
 */
final class Inliner extends Rewriter {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_TERMS = 16;

    private final Functions functions;
    private final Facts facts;
    private final IntSupplier ids;
    private final Map<Var, TExpr> replaced = new HashMap<>();
    private final Map<Var, Var> renamed = new HashMap<>();
    private @Nullable List<TStmt> hoisted;
    private boolean conditional;
    private boolean inComprehension;
    private int depth;

    Inliner(Functions functions, Facts facts, IntSupplier ids) {
        this.functions = functions;
        this.facts = facts;
        this.ids = ids;
    }

    @Override
    protected Var variable(Var v) {
        if (renamed.containsKey(v)) {
            return renamed.get(v);
        }
        return replaced.get(v) instanceof TExpr.Read r ? r.variable() : v;
    }

    @Override
    protected TStmt.TBlock block(TStmt.TBlock b) {
        List<TStmt> out = new ArrayList<>();
        for (TStmt s : b.statements()) {
            if (s instanceof TStmt.Do d && d.expression() instanceof TExpr.Call c && depth < MAX_DEPTH
                    && functions.isProcedure(c.function())) {
                out.addAll(procedure(c));
            } else {
                out.addAll(withHoists(s));
            }
        }
        return new TStmt.TBlock(b.span(), List.copyOf(out));
    }

    private List<TStmt> withHoists(TStmt s) {
        List<TStmt> saved = hoisted;
        boolean wasConditional = conditional;
        boolean wasInside = inComprehension;
        hoisted = s instanceof TStmt.While ? null : new ArrayList<>();
        conditional = false;
        inComprehension = false;
        List<TStmt> out = new ArrayList<>();
        TStmt copy = statement(s);
        if (hoisted != null) {
            out.addAll(hoisted);
        }
        out.add(copy);
        inComprehension = wasInside;
        hoisted = saved;
        conditional = wasConditional;
        return out;
    }

    private List<TStmt> procedure(TExpr.Call call) {
        TFunction f = functions.get(call.function());
        List<TStmt> out = new ArrayList<>();
        List<TStmt> back = new ArrayList<>();
        depth++;
        for (int k = 0; k < f.params().size(); k++) {
            Var param = f.params().get(k);
            TExpr argument = expr(call.arguments().get(k));
            if (argument instanceof TExpr.Read && (param.type() instanceof Type.Array || param.type() instanceof Type.MapOf || param.kind() == Var.Kind.MUT_PARAM)) {
                replaced.put(param, argument);
            } else if (param.kind() == Var.Kind.MUT_PARAM) {
                replaced.put(param, copyIn(param, argument, out, back));
            } else {
                Var let = fresh(param);
                out.add(new TStmt.Declare(argument.span(), let, argument));
                renamed.put(param, let);
            }
        }
        renameLocals(f);
        out.addAll(block(f.body()).statements());
        out.addAll(back);
        depth--;
        return out;
    }

    /** An element that a call changes: {@code var x = a[i]} before it, {@code a[i] = x} behind it. */
    private TExpr copyIn(Var param, TExpr argument, List<TStmt> before, List<TStmt> behind) {
        TExpr fixed = fixed(argument, before);
        Var copy = new Var(ids.getAsInt(), param.name(), Var.Kind.VAR, param.type(), param.span());
        before.add(new TStmt.Declare(argument.span(), copy, fixed));
        TExpr read = new TExpr.Read(argument.span(), param.type().asValue(), copy);
        // Two nodes for two accesses: uses are found again by the identity of their subscripts.
        behind.add(new TStmt.Assign(argument.span(), java.util.Objects.requireNonNull(Place.of(super.expr(fixed))), read));
        return read;
    }

    /** The place with its subscripts evaluated once. */
    private TExpr fixed(TExpr place, List<TStmt> before) {
        return switch (place) {
            case TExpr.Component c -> new TExpr.Component(c.span(), c.type(), fixed(c.value(), before), c.index(), c.name());
            case TExpr.Element e -> new TExpr.Element(e.span(), e.type(), fixed(e.array(), before),
                    e.subscripts().stream().map(s -> index(s, before)).toList());
            default -> place;
        };
    }

    private TExpr index(TExpr e, List<TStmt> before) {
        if (e instanceof TExpr.Constant || e instanceof TExpr.Read r && r.variable().kind() != Var.Kind.VAR) {
            return e;
        }
        Var let = new Var(ids.getAsInt(), "at", Var.Kind.LET, e.type(), e.span());
        before.add(new TStmt.Declare(e.span(), let, e));
        return new TExpr.Read(e.span(), e.type(), let);
    }

    /** Each call gets locals of its own. */
    private void renameLocals(TFunction f) {
        for (TStmt root : f.body().statements()) {
            Trees.walkStatements(root, s -> {
                switch (s) {
                    case TStmt.Declare d -> renamed.put(d.variable(), again(d.variable()));
                    case TStmt.DeclareTuple t -> t.variables().forEach(v -> renamed.put(v, again(v)));
                    case TStmt.For x -> x.iteration().indices().forEach(v -> renamed.put(v, again(v)));
                    default -> {}
                }
            });
            Trees.walk(root, e -> {
                Iteration it = switch (e) {
                    case TExpr.Reduce r -> r.iteration();
                    case TExpr.Scan r -> r.iteration();
                    case TExpr.ArrayComprehension r -> r.iteration();
                    default -> null;
                };
                if (it != null) {
                    it.indices().forEach(v -> renamed.put(v, again(v)));
                    it.lets().forEach(l -> l.variables().forEach(v -> renamed.put(v, again(v))));
                }
            });
        }
    }

    private Var again(Var v) {
        return new Var(ids.getAsInt(), v.name(), v.kind(), v.type(), v.span());
    }

    private Var fresh(Var param) {
        return new Var(ids.getAsInt(), param.name(), Var.Kind.LET, param.type(), param.span());
    }

    @Override
    protected TExpr expr(TExpr e) {
        return switch (e) {
            case TExpr.Read r when replaced.containsKey(r.variable()) -> replaced.get(r.variable());
            case TExpr.Call c -> call(c);
            case TExpr.Logical l -> {
                TExpr left = expr(l.left());
                yield new TExpr.Logical(l.span(), l.type(), l.conjunction(), left, branch(l.right()));
            }
            case TExpr.Conditional c -> {
                TExpr condition = expr(c.condition());
                yield new TExpr.Conditional(c.span(), c.type(), condition, branch(c.then()), branch(c.otherwise()));
            }
            case TExpr.Reduce r -> reduce(r);
            case TExpr.ArrayComprehension c when !c.iteration().parallel() -> {
                Comprehension x = comprehension(c.iteration(), c.element());
                yield new TExpr.ArrayComprehension(c.span(), c.type(), x.element, x.iteration);
            }
            default -> super.expr(e);
        };
    }

    private TExpr branch(TExpr e) {
        boolean saved = conditional;
        conditional = true;
        TExpr copy = expr(e);
        conditional = saved;
        return copy;
    }

    private record Comprehension(TExpr element, Iteration iteration) {}

    private Comprehension comprehension(Iteration it, TExpr element) {
        Iteration head = iteration(it);
        List<TStmt> saved = hoisted;
        boolean wasConditional = conditional;
        boolean wasInside = inComprehension;
        hoisted = new ArrayList<>();
        inComprehension = true;
        conditional = it.filter() != null;
        TExpr copy = expr(element);
        inComprehension = wasInside;
        List<Iteration.Let> lets = new ArrayList<>(head.lets());
        for (TStmt s : hoisted) {
            TStmt.Declare d = (TStmt.Declare) s;
            lets.add(new Iteration.Let(d.span(), List.of(d.variable()), d.value()));
        }
        hoisted = saved;
        conditional = wasConditional;
        return new Comprehension(copy, new Iteration(
                head.span(), head.parallel(), head.indices(), head.space(), List.copyOf(lets), head.filter(), head.work()));
    }

    @Override
    protected Iteration iteration(Iteration it) {
        List<TStmt> saved = hoisted;
        hoisted = null;
        Iteration copy = super.iteration(it);
        hoisted = saved;
        return copy;
    }

    private TExpr reduce(TExpr.Reduce r) {
        TExpr written = r.op() == org.pellang.compiler.sema.typed.ReduceOp.Builtin.SUM ? unrolled(r) : null;
        if (written != null) {
            return written;
        }
        Comprehension x = comprehension(r.iteration(), r.element());
        return new TExpr.Reduce(r.span(), r.type(), r.op(), x.element, x.iteration);
    }

    /** {@code sum(e(k) for k in -2..2)} becomes {@code 0 + e(-2) + .. + e(2)}, the same operations in the same order. */
    private @Nullable TExpr unrolled(TExpr.Reduce r) {
        Iteration it = r.iteration();
        if (it.parallel() || it.filter() != null || !it.lets().isEmpty() || it.indices().size() != 1
                || !(r.type() == Type.Scalar.FLOAT || r.type() == Type.Scalar.INT)) {
            return null;
        }
        List<Long> values = facts.constants(it.space(), MAX_TERMS);
        if (values == null) {
            return null;
        }
        TExpr sum = new TExpr.Constant(r.span(), r.type(), r.type() == Type.Scalar.FLOAT ? (Object) 0.0 : (Object) 0L);
        for (long k : values) {
            replaced.put(it.indices().getFirst(), new TExpr.Constant(it.span(), Type.Scalar.INT, k));
            sum = new TExpr.Binary(r.span(), r.type(), TExpr.BinaryOp.ADD, sum, expr(r.element()));
        }
        return sum;
    }

    private TExpr call(TExpr.Call c) {
        TExpr.Call copy = (TExpr.Call) super.expr(c);
        if (depth >= MAX_DEPTH || !functions.isExpression(c.function())) {
            return copy;
        }
        TFunction f = functions.get(c.function());
        List<TStmt> body = f.body().statements();
        List<TStmt> lets = new ArrayList<>();
        Map<Var, TExpr> direct = new HashMap<>();
        List<TStmt> back = new ArrayList<>();
        for (int k = 0; k < f.params().size(); k++) {
            TExpr argument = copy.arguments().get(k);
            Var param = f.params().get(k);
            if (param.kind() == Var.Kind.MUT_PARAM && !(argument instanceof TExpr.Read)) {
                if (hoisted == null || conditional || inComprehension) {
                    return copy;
                }
                direct.put(param, copyIn(param, argument, lets, back));
            } else if (simple(argument) || mentions(f, param) <= 1 && !inLoop(f)) {
                direct.put(param, argument);
            } else {
                Var let = fresh(param);
                lets.add(new TStmt.Declare(argument.span(), let, argument));
                direct.put(param, new TExpr.Read(argument.span(), param.type().asValue(), let));
            }
        }
        boolean trapFree = lets.stream().allMatch(s -> trapFree(((TStmt.Declare) s).value()));
        if (back.isEmpty() && !lets.isEmpty() || body.size() > 1) {
            boolean possible = hoisted != null && (!conditional || trapFree && body.size() == 1)
                    && (functions.isLets(c.function()) || !inComprehension);
            if (!possible && (!functions.touches(c.function()) || !functions.isLets(c.function()))) {
                return copy;
            }
            if (!possible) {
                return duplicated(copy, f);
            }
        }
        depth++;
        replaced.putAll(direct);
        renameLocals(f);
        if (hoisted != null) {
            hoisted.addAll(lets);
        }
        if (hoisted != null) {
            hoisted.addAll(block(new TStmt.TBlock(f.body().span(), body.subList(0, body.size() - 1))).statements());
        }
        TExpr value = expr(java.util.Objects.requireNonNull(((TStmt.Return) body.getLast()).value()));
        depth--;
        return back.isEmpty() ? value : behind(value, back);
    }

    /** A value that is kept before elements get what the call has made of them. */
    private TExpr behind(TExpr value, List<TStmt> back) {
        List<TStmt> list = java.util.Objects.requireNonNull(hoisted);
        Var result = new Var(ids.getAsInt(), "result", Var.Kind.LET, value.type(), value.span());
        list.add(new TStmt.Declare(value.span(), result, value));
        list.addAll(back);
        return new TExpr.Read(value.span(), value.type(), result);
    }

    /** Arguments and lets are pure: where no let can stand, they are written once per mention. */
    private TExpr duplicated(TExpr.Call call, TFunction f) {
        depth++;
        for (int k = 0; k < f.params().size(); k++) {
            replaced.put(f.params().get(k), call.arguments().get(k));
        }
        renameLocals(f);
        List<TStmt> body = f.body().statements();
        for (TStmt s : body.subList(0, body.size() - 1)) {
            TStmt.Declare d = (TStmt.Declare) s;
            renamed.remove(d.variable());
            replaced.put(d.variable(), expr(d.value()));
        }
        TExpr value = expr(java.util.Objects.requireNonNull(((TStmt.Return) body.getLast()).value()));
        depth--;
        return value;
    }

    @Override
    protected Place place(Place p) {
        if (p instanceof Place.Variable v && replaced.get(v.variable()) instanceof TExpr.Read r) {
            return new Place.Variable(v.span(), v.type(), r.variable());
        }
        return super.place(p);
    }

    private static boolean simple(TExpr e) {
        return e instanceof TExpr.Constant || e instanceof TExpr.Read || e instanceof TExpr.FunctionValue;
    }

    private static int mentions(TFunction f, Var param) {
        int[] count = {0};
        f.body().statements().forEach(s -> Trees.walk(s, e -> {
            if (e instanceof TExpr.Read r && r.variable().equals(param)) {
                count[0]++;
            }
        }));
        return count[0];
    }

    private static boolean inLoop(TFunction f) {
        boolean[] found = {false};
        f.body().statements().forEach(s -> Trees.walk(s, e -> found[0] |= e instanceof TExpr.Reduce
                || e instanceof TExpr.ArrayComprehension || e instanceof TExpr.Conditional || e instanceof TExpr.Logical));
        return found[0];
    }

    /** Whether evaluating an expression that is not needed does no harm. */
    static boolean trapFree(TExpr e) {
        boolean here = switch (e) {
            case TExpr.Constant x -> true;
            case TExpr.Read x -> true;
            case TExpr.Unary x -> true;
            case TExpr.Binary x -> switch (x.op()) {
                case ADD, SUB, MUL, DIV, BIT_AND, BIT_OR, BIT_XOR, MIN, MAX, SHL, SHR, USHR -> true;
                case FLOOR_DIV, MOD, POW -> !x.type().isIntegral();
            };
            case TExpr.Compare x -> true;
            case TExpr.Logical x -> true;
            case TExpr.Conditional x -> true;
            case TExpr.Component x -> true;
            case TExpr.TupleNew x -> true;
            case TExpr.RecordNew x -> true;
            case TExpr.Convert x -> x.target() == Type.Scalar.FLOAT || x.target() == Type.Scalar.FLOAT32;
            case TExpr.IntrinsicCall x -> switch (x.intrinsic()) {
                case MIN, MAX, ABS, SIGN, SPLAT -> true;
                default -> false;
            };
            default -> false;
        };
        boolean[] all = {here};
        Trees.children(e, c -> all[0] &= trapFree(c));
        return all[0];
    }
}

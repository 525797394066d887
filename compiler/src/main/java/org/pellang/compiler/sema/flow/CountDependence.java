package org.pellang.compiler.sema.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/**
 * Which variables may differ between runs on different numbers of ranks: what comes from {@code rank()}, {@code size()}, clocks, messages and collectives of the explicit level,
 * directly, by assignment, under conditions, through functions. All other values have the same bits on any number of ranks. Looks at the whole program without
 * the order of its statements; where that is not exact a variable counts as dependent.
 */
public final class CountDependence {
    private final TypedProgram program;
    private final Set<Var> dependent = new HashSet<>();
    private final Set<Integer> functions = new HashSet<>();
    /** Whether a function that depends is used as a value, so that any call of a value may be one of it. */
    private boolean values;

    private CountDependence(TypedProgram program) {
        this.program = program;
    }

    /** The variables that may differ. */
    public static Set<Var> variables(TypedProgram program) {
        CountDependence d = new CountDependence(program);
        int before;
        do {
            before = d.found();
            d.statements(program.body(), false);
            program.tests().forEach(t -> d.statements(t.body().statements(), false));
            program.functions().forEach(d::function);
        } while (d.found() > before);
        return d.dependent;
    }

    private int found() {
        return dependent.size() + functions.size() + (values ? 1 : 0);
    }

    private void function(TFunction f) {
        boolean[] found = {functions.contains(f.id())};
        f.body().statements().forEach(s -> TreeWalk.everyExpression(s, e -> found[0] |= source(e)
                || e instanceof TExpr.Read r && r.variable().kind().global() && dependent.contains(r.variable())));
        if (found[0]) {
            functions.add(f.id());
        }
        statements(f.body().statements(), found[0]);
        if (found[0] && !values) {
            TreeWalk.everyExpression(program, e -> values |= e instanceof TExpr.FunctionValue v && v.function() == f.id());
        }
    }

    /** Whether an expression itself, apart from its parts, gives other values on other numbers of ranks. */
    private boolean source(TExpr e) {
        return switch (e) {
            case TExpr.IntrinsicCall c -> switch (c.intrinsic()) {
                case RANK, SIZE, HOST, THREADS, CLOCK, LOCAL_CLOCK, SPLIT -> true;
                default -> false;
            };
            case TExpr.Collective c -> c.kind() != TExpr.CollectiveKind.BCAST && c.kind() != TExpr.CollectiveKind.AGREE;
            case TExpr.ChannelOp _, TExpr.RemoteRead _ -> true;
            case TExpr.Read r -> r.variable().kind() == Var.Kind.SHARED;
            case TExpr.ExternCall c -> c.function().java() != null && !c.function().pure();
            case TExpr.Call c -> functions.contains(c.function());
            case TExpr.CallValue _ -> values;
            default -> false;
        };
    }

    private boolean depends(TExpr e) {
        boolean[] found = {false};
        TreeWalk.everyExpression(e, x -> found[0] |= source(x) || x instanceof TExpr.Read r && dependent.contains(r.variable()));
        return found[0];
    }

    private void statements(List<TStmt> all, boolean control) {
        all.forEach(s -> statement(s, control));
    }

    private void statement(TStmt s, boolean control) {
        boolean here = control || TreeWalk.expressions(s).stream().anyMatch(this::depends);
        TreeWalk.expressions(s).forEach(e -> TreeWalk.everyExpression(e, x -> changes(x, here)));
        boolean inside = switch (s) {
            case TStmt.On _, TStmt.Epoch _ -> true;
            case TStmt.For _, TStmt.While _, TStmt.Checkpointed _ -> here || leaves(TreeWalk.statements(s));
            default -> here;
        };
        if (inside) {
            assigned(s);
        }
        statements(TreeWalk.statements(s), inside);
    }

    /** Whether a condition that depends decides about a jump. */
    private boolean leaves(List<TStmt> body) {
        return body.stream().anyMatch(s -> s instanceof TStmt.If i && depends(i.condition()) && jumps(TreeWalk.statements(i)) || leaves(TreeWalk.statements(s)));
    }

    private static boolean jumps(List<TStmt> body) {
        return body.stream().anyMatch(s -> s instanceof TStmt.Break || s instanceof TStmt.Continue || s instanceof TStmt.Return || jumps(TreeWalk.statements(s)));
    }

    private void assigned(TStmt s) {
        switch (s) {
            case TStmt.Declare d -> dependent.add(d.variable());
            case TStmt.DeclareTuple d -> dependent.addAll(d.variables());
            case TStmt.Forall f -> {
                dependent.addAll(f.iteration().indices());
                f.iteration().lets().forEach(l -> dependent.addAll(l.variables()));
            }
            case TStmt.For f -> dependent.addAll(f.iteration().indices());
            default -> Assigned.places(s).forEach(p -> dependent.add(p.root()));
        }
    }

    /** The top-level variables that statements read or change, directly or through functions. */
    public static Set<Var> mentioned(TypedProgram program, List<TStmt> statements) {
        Set<Var> found = new HashSet<>();
        mentioned(program, statements, found, new HashSet<>());
        found.removeIf(v -> !v.kind().global());
        return found;
    }

    private static void mentioned(TypedProgram program, List<TStmt> statements, Set<Var> found, Set<Integer> seen) {
        found.addAll(Assigned.in(statements));
        statements.forEach(s -> TreeWalk.everyExpression(s, e -> {
            int function = e instanceof TExpr.Call c ? c.function() : e instanceof TExpr.FunctionValue v ? v.function() : -1;
            if (e instanceof TExpr.Read r) {
                found.add(r.variable());
            } else if (function >= 0 && seen.add(function)) {
                mentioned(program, program.functions().get(function).body().statements(), found, seen);
            }
        }));
    }

    /** What a call changes: arguments for {@code mut} parameters, what built-in functions change. */
    private void changes(TExpr e, boolean depends) {
        if (!depends) {
            return;
        }
        switch (e) {
            case TExpr.Call c -> {
                List<Var> params = program.functions().get(c.function()).params();
                for (int k = 0; k < params.size(); k++) {
                    dependent.add(params.get(k));
                    if (params.get(k).kind() == Var.Kind.MUT_PARAM) {
                        root(c.arguments().get(k));
                    }
                }
                functions.add(c.function());
            }
            case TExpr.IntrinsicCall c -> {
                switch (c.intrinsic()) {
                    case PUSH, POP, SORT, FILL, REMOVE -> root(c.arguments().getFirst());
                    default -> {}
                }
            }
            case TExpr.ChannelOp c when c.kind() == TExpr.ChannelKind.IRECV && c.message() != null -> root(c.message());
            case TExpr.ExternCall c when c.function().java() != null -> c.arguments().forEach(this::root);
            default -> {}
        }
    }

    private void root(TExpr e) {
        Var root = Assigned.root(e);
        if (root != null) {
            dependent.add(root);
        }
    }
}

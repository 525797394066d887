package org.pellang.compiler.sema.typed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;

/** Which variables statements and expressions read and write, called functions included (by a fixed point over recursion). */
public final class Effects {
    /** Reads and writes that a call of a function has on top-level variables, and whether a checkpointed loop may run in it. */
    private static final class Summary {
        final Set<Var> reads = new HashSet<>();
        final Set<Var> writes = new HashSet<>();
        boolean checkpoints;

        int weight() {
            return reads.size() + writes.size() + (checkpoints ? 1 : 0);
        }
    }

    private final List<TFunction> functions;
    private final List<Summary> summaries = new ArrayList<>();
    /** Functions that are used as values: a call through a value may reach any of them. */
    private final Set<Integer> values = new HashSet<>();

    /** Looks through a program. */
    public Effects(TypedProgram program) {
        functions = program.functions();
        functions.forEach(f -> summaries.add(new Summary()));
        TreeWalk.everyExpression(program, e -> {
            if (e instanceof TExpr.FunctionValue f) {
                values.add(f.function());
            }
        });
        boolean changed = true;
        while (changed) {
            changed = false;
            for (TFunction f : functions) {
                Summary s = summaries.get(f.id());
                int before = s.weight();
                for (TStmt statement : f.body().statements()) {
                    globals(reads(statement), s.reads);
                    globals(writes(statement), s.writes);
                    s.checkpoints |= checkpoints(statement);
                }
                changed |= s.weight() != before;
            }
        }
    }

    private static void globals(Set<Var> from, Set<Var> to) {
        from.stream().filter(v -> v.kind().global()).forEach(to::add);
    }

    /** Variables that a statement, or what it contains, may read. */
    public Set<Var> reads(TStmt statement) {
        Set<Var> found = new HashSet<>();
        TreeWalk.everyExpression(statement, e -> read(e, found));
        everyStatement(statement, s -> {
            if (s instanceof TStmt.Update u) {
                found.add(u.place().root());
            } else if (s instanceof TStmt.Swap w) {
                found.add(w.left().root());
                found.add(w.right().root());
            } else if (s instanceof TStmt.Forall f) {
                f.reductions().forEach(r -> found.add(r.variable()));
            }
        });
        return found;
    }

    /** Variables that an expression may read. */
    public Set<Var> reads(TExpr expression) {
        Set<Var> found = new HashSet<>();
        TreeWalk.everyExpression(expression, e -> read(e, found));
        return found;
    }

    private void read(TExpr e, Set<Var> found) {
        if (e instanceof TExpr.Read r) {
            found.add(r.variable());
        }
        callees(e).forEach(f -> found.addAll(summaries.get(f).reads));
    }

    /** Variables that a statement, or what it contains, may change; declarations count. */
    public Set<Var> writes(TStmt statement) {
        Set<Var> found = new HashSet<>();
        TreeWalk.everyExpression(statement, e -> written(e, found));
        everyStatement(statement, s -> found.addAll(stored(s)));
        return found;
    }

    private static Set<Var> stored(TStmt s) {
        Set<Var> found = new HashSet<>();
        switch (s) {
            case TStmt.Declare d -> found.add(d.variable());
            case TStmt.DeclareTuple d -> found.addAll(d.variables());
            case TStmt.Assign a -> found.add(a.place().root());
            case TStmt.Update u -> found.add(u.place().root());
            case TStmt.MultiAssign m -> m.places().forEach(p -> found.add(p.root()));
            case TStmt.Swap w -> {
                found.add(w.left().root());
                found.add(w.right().root());
            }
            case TStmt.Forall f -> f.reductions().forEach(r -> found.add(r.variable()));
            case TStmt.RemoteStore r -> found.add(r.place().root());
            case TStmt.For f -> found.addAll(f.iteration().indices());
            default -> {}
        }
        return found;
    }

    private void written(TExpr e, Set<Var> found) {
        callees(e).forEach(f -> found.addAll(summaries.get(f).writes));
        switch (e) {
            case TExpr.Call c -> {
                List<Var> params = functions.get(c.function()).params();
                for (int k = 0; k < params.size(); k++) {
                    if (params.get(k).kind() == Var.Kind.MUT_PARAM) {
                        add(root(c.arguments().get(k)), found);
                    }
                }
            }
            case TExpr.RemoteRead r when r.add() != null -> add(root(r.element()), found);
            case TExpr.ChannelOp c when c.kind() == TExpr.ChannelKind.IRECV && c.message() != null -> add(root(c.message()), found);
            case TExpr.CallValue c -> c.arguments().forEach(a -> contents(a, found));
            case TExpr.ExternCall c when !c.function().pure() -> c.arguments().forEach(a -> contents(a, found));
            // Those that change something change their first argument, or give nothing but an effect.
            case TExpr.IntrinsicCall c when c.type() == Type.Scalar.VOID || c.intrinsic() == Intrinsic.POP ->
                c.arguments().forEach(a -> contents(a, found));
            default -> {}
        }
    }

    /** An argument whose contents the callee could change: a container, also one in a record, as in {@code push(log.steps, x)}. */
    private static void contents(TExpr argument, Set<Var> found) {
        Var root = root(argument);
        if (root != null && (container(root.type()) || container(argument.type()))) {
            found.add(root);
        }
    }

    private static boolean container(Type type) {
        return type instanceof Type.Array || type instanceof Type.ListOf || type instanceof Type.MapOf;
    }

    private static void add(@Nullable Var v, Set<Var> found) {
        if (v != null) {
            found.add(v);
        }
    }

    /** The variable that a place is, or is a part of; null: it is none. */
    public static @Nullable Var root(TExpr place) {
        return switch (place) {
            case TExpr.Read r -> r.variable();
            case TExpr.Element x -> root(x.array());
            case TExpr.Slice x -> root(x.array());
            case TExpr.Component x -> root(x.value());
            default -> null;
        };
    }

    private Set<Integer> callees(TExpr e) {
        return switch (e) {
            case TExpr.Call c -> Set.of(c.function());
            case TExpr.CallValue _ -> values;
            case TExpr.Reduce r when r.op() instanceof ReduceOp.User u -> Set.of(u.function());
            case TExpr.Scan r when r.op() instanceof ReduceOp.User u -> Set.of(u.function());
            case TExpr.Collective r when r.op() instanceof ReduceOp.User u -> Set.of(u.function());
            // A function handed to the library is called there.
            case TExpr.IntrinsicCall _, TExpr.ExternCall _ -> values;
            default -> Set.of();
        };
    }

    /** Whether a checkpointed loop may run in the statement. */
    public boolean checkpoints(TStmt statement) {
        boolean[] found = {false};
        everyStatement(statement, s -> found[0] |= s instanceof TStmt.Checkpointed);
        TreeWalk.everyExpression(statement, e -> callees(e).forEach(f -> found[0] |= summaries.get(f).checkpoints));
        return found[0];
    }

    /** The statement and all inside it. */
    public static void everyStatement(TStmt statement, java.util.function.Consumer<TStmt> visit) {
        visit.accept(statement);
        TreeWalk.statements(statement).forEach(s -> everyStatement(s, visit));
    }

    /** Whether assigning to the place replaces all of its variable. */
    public static boolean whole(Place place) {
        return place instanceof Place.Variable;
    }
}

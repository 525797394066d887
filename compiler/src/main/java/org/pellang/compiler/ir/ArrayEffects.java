package org.pellang.compiler.ir;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/**
 * What functions that cannot be put in place of their calls (they are recursive, or values) do to one array: a parameter of theirs or a top-level one, also
 * through the functions that they call.
 */
public final class ArrayEffects {
    private record Seen(int function, Var array) {}

    private final TypedProgram program;
    private final Set<Seen> seen = new HashSet<>();
    private final Set<String> operators = new LinkedHashSet<>();
    private boolean stored;
    private boolean read;

    /** Of nothing yet. */
    public ArrayEffects(TypedProgram program) {
        this.program = program;
    }

    /** Adds what a call of the function does to an array that it names {@code array}. */
    ArrayEffects call(int function, Var array) {
        if (seen.add(new Seen(function, array))) {
            program.functions().get(function).body().statements().forEach(s -> statement(s, array));
        }
        return this;
    }

    /** Adds what statements do to it. */
    public ArrayEffects body(TStmt.TBlock body, Var array) {
        body.statements().forEach(s -> statement(s, array));
        return this;
    }

    /** Whether it is changed. */
    public boolean changes() {
        return stored || !operators.isEmpty();
    }

    /**
     * The runtime's operator if the array is only updated, with one operator, and never read: then iterations may meet in one element. Else null: they
     * do not.
     */
    @Nullable String onlyOperator() {
        return stored || read || operators.size() != 1 || operators.contains("") ? null : operators.iterator().next();
    }

    /** Top-level arrays that a function, or one that it calls, mentions. */
    static Set<Var> globals(TypedProgram program, int function) {
        Set<Var> found = new LinkedHashSet<>();
        Set<Integer> open = new LinkedHashSet<>(List.of(function));
        for (List<Integer> next = List.copyOf(open); !next.isEmpty(); ) {
            Set<Integer> callees = new LinkedHashSet<>();
            for (int k : next) {
                TFunction f = program.functions().get(k);
                f.body().statements().forEach(root -> {
                    Trees.walkStatements(root, s -> places(s).forEach(p -> global(p.root(), found)));
                    Trees.walk(root, e -> {
                        switch (e) {
                            case TExpr.Read r -> global(r.variable(), found);
                            case TExpr.Call c -> callees.add(c.function());
                            case TExpr.FunctionValue v -> callees.add(v.function());
                            default -> {}
                        }
                    });
                });
            }
            callees.removeAll(open);
            open.addAll(callees);
            next = List.copyOf(callees);
        }
        return found;
    }

    private static void global(Var v, Set<Var> found) {
        if (v.kind().global() && v.type() instanceof Type.Array) {
            found.add(v);
        }
    }

    private static List<Place> places(TStmt s) {
        return switch (s) {
            case TStmt.Assign a -> List.of(a.place());
            case TStmt.Update u -> List.of(u.place());
            case TStmt.MultiAssign m -> m.places();
            case TStmt.Swap w -> List.of(w.left(), w.right());
            case TStmt.Declare _, TStmt.DeclareTuple _, TStmt.Do _, TStmt.Forall _, TStmt.For _, TStmt.While _, TStmt.If _, TStmt.Break _,
                    TStmt.Continue _, TStmt.Return _, TStmt.Assert _, TStmt.On _, TStmt.Epoch _, TStmt.Sync _, TStmt.RemoteStore _,
                    TStmt.Checkpointed _ -> List.of();
        };
    }

    private void statement(TStmt s, Var array) {
        if (s instanceof TStmt.Update u && u.place().root().equals(array)) {
            operators.add(name(u.op()));
        } else {
            stored |= places(s).stream().anyMatch(p -> p.root().equals(array));
        }
        Trees.expressions(s, e -> expression(e, array));
        Trees.statements(s, inner -> statement(inner, array));
    }

    private void expression(TExpr e, Var array) {
        switch (e) {
            case TExpr.Read r -> read |= r.variable().equals(array);
            case TExpr.Call c -> arguments(c, array);
            case TExpr.FunctionValue f -> {
                inside(f.function(), array);
                f.captured().forEach(x -> expression(x, array));
            }
            case TExpr.IntrinsicCall c when isShape(c.intrinsic()) && c.arguments().getFirst() instanceof TExpr.Read -> {}
            case TExpr.IntrinsicCall c when c.intrinsic().changes() -> {
                stored |= root(c.arguments().getFirst()) instanceof TExpr.Read r && r.variable().equals(array);
                Trees.children(e, x -> expression(x, array));
            }
            default -> Trees.children(e, x -> expression(x, array));
        }
    }

    private static boolean isShape(Intrinsic i) {
        return i == Intrinsic.LEN || i == Intrinsic.DOMAIN_OF || i == Intrinsic.DOMAINS_OF;
    }

    private void arguments(TExpr.Call c, Var array) {
        List<Var> params = program.functions().get(c.function()).params();
        for (int k = 0; k < params.size(); k++) {
            TExpr argument = c.arguments().get(k);
            if (argument instanceof TExpr.Read r && r.variable().equals(array)) {
                call(c.function(), params.get(k));
            } else {
                stored |= params.get(k).kind() == Var.Kind.MUT_PARAM && root(argument) instanceof TExpr.Read r && r.variable().equals(array);
                expression(argument, array);
            }
        }
        inside(c.function(), array);
    }

    private static TExpr root(TExpr e) {
        return switch (e) {
            case TExpr.Element x -> root(x.array());
            case TExpr.Component x -> root(x.value());
            default -> e;
        };
    }

    /** A top-level array has one name everywhere. */
    private void inside(int function, Var array) {
        if (array.kind().global()) {
            call(function, array);
        }
    }

    /** The runtime's operator; empty: none that commutes. */
    private static String name(TExpr.@Nullable BinaryOp op) {
        return op == null ? "" : switch (op) {
            case ADD, SUB -> "SUM";
            case MUL -> "PROD";
            case MIN -> "MIN";
            case MAX -> "MAX";
            case BIT_AND -> "BAND";
            case BIT_OR -> "BOR";
            case BIT_XOR -> "BXOR";
            case DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR -> "";
        };
    }
}

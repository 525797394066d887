package org.pellang.compiler.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/** Which functions touch distributed arrays, are recursive, or are simple enough to be put in place of a call. */
final class Functions {
    private static final int SMALL = 60;

    private final TypedProgram program;
    private final BitSet touching = new BitSet();
    private final BitSet recursive = new BitSet();
    private final BitSet writing = new BitSet();
    private final List<Set<Var>> globals = new ArrayList<>();
    private final List<TFunction> bodies = new ArrayList<>();

    /** @param ids numbers of new variables */
    Functions(TypedProgram program, IntSupplier ids) {
        this.program = program;
        for (TFunction f : program.functions()) {
            BitSet reached = reached(f);
            if (reached.get(f.id())) {
                recursive.set(f.id());
            }
            reached.set(f.id());
            boolean writes = reached.stream().anyMatch(k -> writesArrays(program.functions().get(k)));
            writing.set(f.id(), writes);
            if (writes || reached.stream().anyMatch(k -> mentionsDistributed(program.functions().get(k)))) {
                touching.set(f.id());
            }
            Set<Var> found = new LinkedHashSet<>();
            reached.stream().forEach(k -> distributedGlobals(program.functions().get(k), found));
            globals.add(found);
            bodies.add(withoutExtents(touching.get(f.id()) && !recursive.get(f.id()) && EarlyReturns.has(f) ? EarlyReturns.remove(f, ids) : f));
        }
    }

    /** A function as it is put in place of calls: what is known of its parameters' extents is checked where it is called as a function. */
    private static TFunction withoutExtents(TFunction f) {
        int first = 0;
        List<TStmt> all = f.body().statements();
        while (first < all.size() && all.get(first) instanceof TStmt.Assert a && a.span().end() <= f.body().span().start()) {
            first++;
        }
        return first == 0 ? f : new TFunction(f.id(), f.name(), f.declared(), f.params(), f.result(),
                new TStmt.TBlock(f.body().span(), all.subList(first, all.size())));
    }

    private BitSet reached(TFunction from) {
        BitSet seen = new BitSet();
        Deque<TFunction> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            TFunction f = open.pop();
            f.body().statements().forEach(s -> Trees.walk(s, e -> {
                int callee = e instanceof TExpr.Call c ? c.function() : e instanceof TExpr.FunctionValue v ? v.function() : -1;
                if (callee >= 0 && !seen.get(callee)) {
                    seen.set(callee);
                    open.push(program.functions().get(callee));
                }
            }));
        }
        return seen;
    }

    private static boolean mentionsDistributed(TFunction f) {
        boolean[] found = {false};
        for (TStmt root : f.body().statements()) {
            Trees.walk(root, e -> found[0] |= e instanceof TExpr.Read r && distributed(r.type()));
            Trees.walkStatements(root, s -> {
                switch (s) {
                    case TStmt.Assign a -> found[0] |= distributed(a.place());
                    case TStmt.Update u -> found[0] |= distributed(u.place());
                    default -> {}
                }
            });
        }
        return found[0];
    }

    private static void distributedGlobals(TFunction f, Set<Var> found) {
        f.body().statements().forEach(s -> Trees.walk(s, e -> {
            if (e instanceof TExpr.Read r && r.variable().kind().global() && distributed(r.type())) {
                found.add(r.variable());
            }
        }));
    }

    /** Whether a function changes elements of an array that is not its own. */
    private boolean writesArrays(TFunction f) {
        boolean[] found = {false};
        f.body().statements().forEach(root -> Trees.walk(root, e -> {
            switch (e) {
                case TExpr.IntrinsicCall c when c.intrinsic().changes() -> found[0] |= foreignElement(c.arguments().getFirst());
                case TExpr.Call c -> {
                    List<Var> params = program.functions().get(c.function()).params();
                    for (int k = 0; k < params.size(); k++) {
                        found[0] |= params.get(k).kind() == Var.Kind.MUT_PARAM && foreignElement(c.arguments().get(k));
                    }
                }
                default -> {}
            }
        }));
        f.body().statements().forEach(root -> Trees.walkStatements(root, s -> {
            switch (s) {
                case TStmt.Assign a -> found[0] |= foreign(a.place());
                case TStmt.Update u -> found[0] |= foreign(u.place());
                case TStmt.MultiAssign m -> m.places().forEach(p -> found[0] |= foreign(p));
                case TStmt.Swap w -> found[0] |= foreign(w.left()) || foreign(w.right());
                default -> {}
            }
        }));
        return found[0];
    }

    private static boolean foreignElement(TExpr argument) {
        return !(argument instanceof TExpr.Read) && Place.of(argument) instanceof Place p && foreign(p);
    }

    private static boolean foreign(Place place) {
        Var root = place.root();
        return (root.type() instanceof Type.Array || root.type() instanceof Type.MapOf) && (root.kind() == Var.Kind.MUT_PARAM || root.kind().global());
    }

    private static boolean distributed(Place place) {
        return distributed(place.root().type());
    }

    /** Whether values of a type are spread over the ranks. */
    static boolean distributed(Type type) {
        return type instanceof Type.Array a && !a.distribution().isLocal() || type instanceof Type.MapOf m && m.distributed();
    }

    /** Effects of functions on an array, none yet. */
    ArrayEffects effects() {
        return new ArrayEffects(program);
    }

    /** Top-level arrays that it, or a function that it calls, mentions. */
    Set<Var> arrays(int id) {
        return ArrayEffects.globals(program, id);
    }

    TFunction get(int id) {
        return bodies.get(id);
    }

    /** Whether a function, or one that it calls, uses a distributed array. */
    boolean touches(int id) {
        return touching.get(id);
    }

    /** Whether it, or a function that it calls, changes elements of arrays that are not its own. */
    boolean writes(int id) {
        return writing.get(id);
    }

    /** Distributed arrays at top level that it, or a function that it calls, reads. */
    Set<Var> globals(int id) {
        return globals.get(id);
    }

    /** Whether its calls can be replaced by its expression: {@code let}s and a {@code return}. */
    boolean isExpression(int id) {
        TFunction f = get(id);
        List<TStmt> body = f.body().statements();
        if (recursive.get(id) || body.isEmpty() || !(body.getLast() instanceof TStmt.Return r) || r.value() == null) {
            return false;
        }
        for (TStmt s : body.subList(0, body.size() - 1)) {
            boolean let = s instanceof TStmt.Declare d && d.variable().kind() == Var.Kind.LET;
            if (!let && (!touches(id) || hasReturn(s))) {
                return false;
            }
        }
        return touches(id) || size(f) <= SMALL;
    }

    /** Whether a call statement can be replaced by its statements: no result, no {@code return} inside. */
    boolean isProcedure(int id) {
        TFunction f = get(id);
        return !recursive.get(id) && f.result() == Type.Scalar.VOID && f.body().statements().stream().noneMatch(Functions::hasReturn)
                && touches(id);
    }

    private static boolean hasReturn(TStmt root) {
        boolean[] returns = {false};
        Trees.walkStatements(root, x -> returns[0] |= x instanceof TStmt.Return);
        return returns[0];
    }

    /** Whether all statements before the {@code return} are {@code let}s, so that they can stand wherever a let can. */
    boolean isLets(int id) {
        List<TStmt> body = get(id).body().statements();
        return body.subList(0, body.size() - 1).stream().allMatch(s -> s instanceof TStmt.Declare d && d.variable().kind() == Var.Kind.LET);
    }

    private static int size(TFunction f) {
        int[] count = {0};
        f.body().statements().forEach(s -> Trees.walk(s, e -> count[0]++));
        return count[0];
    }
}

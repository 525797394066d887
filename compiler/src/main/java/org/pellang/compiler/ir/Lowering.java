package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.sema.typed.Work;
import org.pellang.compiler.source.Span;

/**
 * Turns every divided construct of a program into an {@link OwnedLoop}. The communication is the plainest that is right: every
 * distributed array that is read is fetched, every one that is written is given back; the rules of {@code opt} improve it.
 */
public final class Lowering {
    private final TypedProgram program;
    private final Facts facts;
    private final Functions functions;
    private final Map<Object, OwnedLoop> loops = new IdentityHashMap<>();
    private int lastVar;

    private Lowering(TypedProgram program) {
        this.program = program;
        this.facts = new Facts(program);
        this.lastVar = Variables.highest(program);
        this.functions = new Functions(program, () -> ++lastVar);
    }

    /** Lowers a program without errors. */
    public static IrProgram lower(TypedProgram program) {
        Lowering lowering = new Lowering(program);
        program.body().forEach(lowering::statement);
        program.functions().forEach(f -> f.body().statements().forEach(lowering::statement));
        program.tests().forEach(t -> t.body().statements().forEach(lowering::statement));
        return new IrProgram(program, lowering.loops, Map.of());
    }

    private void statement(TStmt root) {
        Trees.walkStatements(root, s -> {
            Trees.expressions(s, e -> Trees.walk(e, this::expression));
            if (s instanceof TStmt.Forall f) {
                forall(f);
            }
        });
    }

    private void expression(TExpr e) {
        switch (e) {
            case TExpr.Reduce r when r.iteration().parallel() -> reduce(r);
            case TExpr.Scan s when s.iteration().parallel() ->
                array(s, s.type(), s.element(), s.iteration(), "scan " + name(s.op()), s.op());
            case TExpr.ArrayComprehension c when c.iteration().parallel() ->
                array(c, c.type(), c.element(), c.iteration(), "[.. forall ..]", null);
            default -> {}
        }
    }

    private static String name(ReduceOp op) {
        return op instanceof ReduceOp.Builtin b ? b.name().toLowerCase(java.util.Locale.ROOT) : "op";
    }

    private void forall(TStmt.Forall f) {
        List<LoopReduction> reductions = f.reductions().stream()
                .map(r -> new LoopReduction(r.span(), r.variable(), r.op(), r.variable().type().asValue(), true))
                .toList();
        add(f, f.span(), f.iteration().work().isWavefront() ? "wavefront" : "forall", f.iteration(), f.body().statements(), reductions, null, null, null);
    }

    private void reduce(TExpr.Reduce r) {
        List<LoopReduction> reductions = new ArrayList<>();
        List<TStmt> body = new ArrayList<>();
        if (r.type() instanceof Type.Tuple tuple && r.op() instanceof ReduceOp.Builtin b && b != ReduceOp.Builtin.ARGMIN
                && b != ReduceOp.Builtin.ARGMAX) {
            List<TExpr> parts = components(r.element(), body);
            for (int k = 0; k < tuple.elements().size(); k++) {
                contribution(r.span(), r.op(), parts.get(k), reductions, body);
            }
        } else {
            contribution(r.span(), r.op(), r.element(), reductions, body);
            if ((r.op() == ReduceOp.Builtin.MIN || r.op() == ReduceOp.Builtin.MAX) && r.type() == Type.Scalar.INT) {
                // Tells the extreme of nothing, which traps, from an extreme value.
                contribution(r.span(), ReduceOp.Builtin.COUNT, new TExpr.Constant(r.span(), Type.Scalar.BOOL, true), reductions, body);
            }
        }
        add(r, r.span(), name(r.op()), r.iteration(), body, reductions, null, null, null);
    }

    private List<TExpr> components(TExpr tuple, List<TStmt> body) {
        if (tuple instanceof TExpr.TupleNew t) {
            return t.elements();
        }
        Var whole = fresh("t", Var.Kind.LET, tuple.type(), tuple.span());
        body.add(new TStmt.Declare(tuple.span(), whole, tuple));
        List<Type> types = ((Type.Tuple) tuple.type()).elements();
        List<TExpr> out = new ArrayList<>();
        for (int k = 0; k < types.size(); k++) {
            TExpr read = new TExpr.Read(tuple.span(), tuple.type(), whole);
            out.add(new TExpr.Component(tuple.span(), types.get(k), read, k, Integer.toString(k)));
        }
        return out;
    }

    private void contribution(Span span, ReduceOp op, TExpr value, List<LoopReduction> reductions, List<TStmt> body) {
        if (op == ReduceOp.Builtin.MEAN) {
            contribution(span, ReduceOp.Builtin.SUM, value, reductions, body);
            TExpr yes = new TExpr.Constant(span, Type.Scalar.BOOL, true);
            contribution(span, ReduceOp.Builtin.COUNT, yes, reductions, body);
            return;
        }
        boolean count = op == ReduceOp.Builtin.COUNT;
        Type type = count ? Type.Scalar.INT : value.type();
        Var variable = fresh(name(op), Var.Kind.VAR, type, span);
        reductions.add(new LoopReduction(span, variable, op, type, false));
        Place place = new Place.Variable(span, type, variable);
        if (count) {
            TStmt one = new TStmt.Update(span, place, null, new TExpr.Constant(span, type, 1L));
            body.add(value instanceof TExpr.Constant c && c.value().equals(true)
                    ? one
                    : new TStmt.If(span, value, new TStmt.TBlock(span, List.of(one)), null));
        } else {
            body.add(new TStmt.Update(span, place, null, value));
        }
    }

    private void array(Object node, Type type, TExpr element, Iteration it, String construct, @Nullable ReduceOp scan) {
        Span span = element.span();
        Var result = fresh("result", Var.Kind.VAR, type, span);
        List<TExpr> own = new ArrayList<>();
        it.indices().forEach(v -> own.add(new TExpr.Read(v.span(), Type.Scalar.INT, v)));
        Type elementType = ((Type.Array) type).element();
        boolean compacted = it.filter() != null && scan == null;
        int axes = it.indices().size();
        // What is kept goes to every rank in the end; until then elements and flags lie where the iterations run.
        Distribution spread = it.space().type() instanceof Type.Domain d ? d.distribution() : Distribution.LOCAL;
        Type full = compacted ? new Type.Array(elementType, axes, spread) : type;
        if (!full.equals(type)) {
            result = fresh("result", Var.Kind.VAR, full, span);
        }
        List<TStmt> body = new ArrayList<>();
        Iteration head = it;
        TExpr value = element;
        if (scan != null && it.filter() != null) {
            // Excluded iterations contribute the identity.
            value = new TExpr.Conditional(span, element.type(), it.filter(), element, Identities.of(scan, element.type(), span));
            head = new Iteration(it.span(), it.parallel(), it.indices(), it.space(), it.lets(), null, it.work());
        }
        body.add(new TStmt.Assign(span, new Place.Element(
                span, elementType, new Place.Variable(span, full, result), List.copyOf(own)), value));
        Var mask = null;
        if (compacted) {
            Type flags = new Type.Array(Type.Scalar.BOOL, axes, ((Type.Array) full).distribution());
            mask = fresh("mask", Var.Kind.VAR, flags, span);
            body.add(new TStmt.Assign(span, new Place.Element(span, Type.Scalar.BOOL,
                    new Place.Variable(span, flags, mask), List.copyOf(own)), new TExpr.Constant(span, Type.Scalar.BOOL, true)));
        }
        add(node, span, construct, head, body, List.of(), result, mask, scan);
    }

    private void add(Object node, Span span, String construct, Iteration it, List<TStmt> statements,
            List<LoopReduction> reductions, @Nullable Var result, @Nullable Var mask, @Nullable ReduceOp scan) {
        List<TStmt> all = new ArrayList<>();
        for (Iteration.Let let : it.lets()) {
            all.add(let.variables().size() == 1
                    ? new TStmt.Declare(let.span(), asLet(let.variables().getFirst()), let.value())
                    : new TStmt.DeclareTuple(let.span(), let.variables(), let.value()));
        }
        TStmt.TBlock inside = new TStmt.TBlock(span, List.copyOf(statements));
        if (it.filter() == null) {
            all.addAll(statements);
        } else {
            all.add(new TStmt.If(it.span(), it.filter(), inside, null));
        }
        Inliner inliner = new Inliner(functions, facts, () -> ++lastVar);
        SliceStores stores = new SliceStores(() -> ++lastVar);
        TStmt.TBlock body = stores.rewrite(inliner.block(new TStmt.TBlock(span, List.copyOf(all))));
        put(node, span, construct, it, body, reductions, result, mask, scan);
    }

    private void put(Object node, Span span, String construct, Iteration it, TStmt.TBlock body,
            List<LoopReduction> reductions, @Nullable Var result, @Nullable Var mask, @Nullable ReduceOp scan) {
        UseCollector uses = new UseCollector(new Intervals(facts, it.indices()), functions);
        uses.block(body);
        // Changes of maps are recorded by a rank's own thread, in the order of its iterations.
        boolean maps = !MapChange.of(body, reductions).isEmpty();
        boolean migrates = scan == null && !maps && it.work().kind().migrates();
        Views views = new Views(facts, it.indices().size(), it.space(), reductions, scan == null ? null : result, migrates);
        views.collect(uses, body);
        List<CommOp> after = new ArrayList<>(views.after());
        MapChange.of(body, reductions).forEach(m -> after.add(new CommOp.MapChanges(m.map())));
        reductionOps(reductions, after);
        OwnedLoop loop = new OwnedLoop(loops.size(), span, construct, it.indices(), it.space(), facts.unitSteps(it.space()), body,
                reductions, views.views(), views.before(), List.copyOf(after), Form.SCALAR, "", result, mask, scan,
                uses.linears(), List.copyOf(uses.hidden()), scan == null ? schedule(it, views.views(), maps) : Schedule.BLOCK,
                it.work());
        loops.put(node, loop);
        if (it.work().kind() == Work.Kind.BLOCK) {
            inspect(node, loop, it);
        }
    }

    private static Schedule schedule(Iteration it, List<View> views, boolean maps) {
        return switch (it.work().kind()) {
            case BLOCK -> Schedule.BLOCK;
            case WAVEFRONT -> maps
                    ? new Schedule.Wave(List.of(), List.of(), "it changes a map")
                    : Waves.of(views, it.indices().size());
            case DYNAMIC, GUIDED, STEAL -> maps ? Schedule.BLOCK : new Schedule.Chunks(it.work().kind(), it.work().amount());
        };
    }

    /** Puts an inspector in front of a loop with reads at subscripts that no box bounds, if there can be one. */
    private void inspect(Object node, OwnedLoop loop, Iteration it) {
        List<View> opaque = loop.views().stream().filter(v -> opaque(v, loop)).toList();
        if (opaque.isEmpty()) {
            return;
        }
        java.util.IdentityHashMap<List<TExpr>, Integer> wanted = new java.util.IdentityHashMap<>();
        opaque.forEach(v -> v.uses().forEach(u -> wanted.put(u.key(), v.id())));
        List<TStmt> body = InspectorBody.of(loop.body(), wanted, loop.reductions());
        if (body == null) {
            return;
        }
        Set<Var> read = new java.util.LinkedHashSet<>();
        Set<Var> own = new java.util.HashSet<>(loop.indices());
        for (TStmt s : body) {
            Trees.walkStatements(s, inner -> declared(inner, own));
            Trees.walk(s, e -> {
                if (e instanceof TExpr.Read r) {
                    read.add(r.variable());
                }
            });
        }
        read.removeAll(own);
        Inspection inspection = new Inspection(loop.id(), opaque.stream().map(View::id).toList(),
                read.stream().filter(v -> v.type() instanceof Type.Array).toList(), read.stream().allMatch(Lowering::showsChanges));
        List<CommOp> before = loop.before().stream()
                .map(op -> op instanceof CommOp.Fetch f && inspection.views().contains(f.view()) ? new CommOp.Gather(f.view(), inspection) : op)
                .toList();
        loops.put(node, loop.withComm(before, loop.after()));
        // What is listed goes into one object: one thread lists it.
        Work one = new Work(Work.Kind.BLOCK, null, Work.Unit.THREADS, new TExpr.Constant(it.span(), Type.Scalar.INT, 1L));
        Iteration plain = new Iteration(it.span(), true, it.indices(), it.space(), List.of(), null).with(one);
        put(inspection, loop.span(), "inspector", plain, new TStmt.TBlock(loop.span(), List.copyOf(body)), List.of(), null, null, null);
    }

    private static void declared(TStmt s, Set<Var> own) {
        switch (s) {
            case TStmt.Declare d -> own.add(d.variable());
            case TStmt.DeclareTuple d -> own.addAll(d.variables());
            case TStmt.For f -> own.addAll(f.iteration().indices());
            default -> {}
        }
    }

    /** Whether reads go through this view at subscripts that may be any of an axis, so that the box of what they need would hold much that they do not. */
    private static boolean opaque(View v, OwnedLoop loop) {
        Type.Array type = (Type.Array) v.array().type();
        return v.mode() == View.Mode.FETCHED
                && !v.bare()
                && !v.written()
                && !type.distribution().periodic()
                && loop.views().stream().noneMatch(w -> w.array().equals(v.array()) && w.id() != v.id() && (w.written() || w.bare()))
                && v.uses().stream().anyMatch(u -> u.isScattered(type));
    }

    /** Whether a value cannot change, or shows the same version on all ranks when it does. */
    private static boolean showsChanges(Var v) {
        return v.type() instanceof Type.Array a && !a.distribution().isLocal()
                || v.kind() == Var.Kind.GLOBAL_LET || v.kind() == Var.Kind.CONFIG || v.kind() == Var.Kind.DOMAIN;
    }

    /** A comprehension's let is an ordinary let of the body. */
    private static Var asLet(Var v) {
        return new Var(v.id(), v.name(), Var.Kind.LET, v.type(), v.span());
    }

    private static void reductionOps(List<LoopReduction> reductions, List<CommOp> after) {
        List<Integer> tree = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (int k = 0; k < reductions.size(); k++) {
            (reductions.get(k).exact() ? free : tree).add(k);
        }
        if (!tree.isEmpty()) {
            after.add(new CommOp.TreeReduce(List.copyOf(tree)));
        }
        if (!free.isEmpty()) {
            after.add(new CommOp.FreeReduce(List.copyOf(free)));
        }
    }

    private Var fresh(String name, Var.Kind kind, Type type, Span span) {
        return new Var(++lastVar, name, kind, type, span);
    }
}

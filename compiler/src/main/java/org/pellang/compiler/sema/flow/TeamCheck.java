package org.pellang.compiler.sema.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Inside {@code on t} only t, and teams split from it, may be used, and only distributed arrays, domains and shared variables that were made
 * in it (0406): the ranks outside of t take no part. Teams that come through parameters are checked at run time.
 */
final class TeamCheck {
    private final TypedProgram program;
    private final Diagnostics diagnostics;
    /** Of a team's variable the team that was split; empty for the one of all ranks. */
    private final Map<Var, Optional<Var>> parents = new HashMap<>();
    private final Map<Integer, Map<Var, Span>> outside = new HashMap<>();
    private final Deque<Optional<Var>> current = new ArrayDeque<>();
    private final Deque<Set<Var>> own = new ArrayDeque<>();

    private TeamCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
    }

    static void check(TypedProgram program, Diagnostics diagnostics) {
        TeamCheck check = new TeamCheck(program, diagnostics);
        boolean[] teams = {false};
        List<List<TStmt>> bodies = new java.util.ArrayList<>();
        bodies.add(program.body());
        program.functions().forEach(f -> bodies.add(f.body().statements()));
        program.tests().forEach(t -> bodies.add(t.body().statements()));
        bodies.forEach(b -> b.forEach(s -> teams[0] |= check.parents(s)));
        if (teams[0]) {
            bodies.forEach(b -> b.forEach(check::statement));
        }
    }

    /** Notes whose part each team is; whether there is an {@code on}. */
    private boolean parents(TStmt s) {
        if (s instanceof TStmt.Declare d && d.value() instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.SPLIT) {
            TExpr parent = c.arguments().getFirst();
            Var name = TeamFlow.name(parent);
            if (name != null || TeamFlow.isWorld(parent)) {
                parents.put(d.variable(), Optional.ofNullable(name));
            }
        }
        boolean found = s instanceof TStmt.On;
        for (TStmt t : TreeWalk.statements(s)) {
            found |= parents(t);
        }
        return found;
    }

    private void statement(TStmt s) {
        if (!current.isEmpty()) {
            inside(s);
        }
        if (s instanceof TStmt.On o) {
            TreeWalk.everyExpression(o.team(), this::expression);
            teamIn(o.team());
            if (current.isEmpty() && TeamFlow.isWorld(o.team())) {
                o.body().statements().forEach(this::statement);
                return;
            }
            current.push(Optional.ofNullable(TeamFlow.name(o.team())));
            own.push(new HashSet<>());
            o.body().statements().forEach(this::statement);
            own.pop();
            current.pop();
            return;
        }
        if (!current.isEmpty()) {
            TreeWalk.expressions(s).forEach(e -> TreeWalk.everyExpression(e, this::expression));
        }
        TreeWalk.statements(s).forEach(this::statement);
    }

    private void inside(TStmt s) {
        switch (s) {
            case TStmt.Declare d -> own.peek().add(d.variable());
            case TStmt.DeclareTuple d -> own.peek().addAll(d.variables());
            case TStmt.RemoteStore r -> reach(r.span(), r.place().root());
            default -> Assigned.places(s).forEach(p -> use(p.span(), p.root(), null));
        }
    }

    private void expression(TExpr e) {
        if (current.isEmpty()) {
            return;
        }
        switch (e) {
            case TExpr.Read r -> use(r.span(), r.variable(), null);
            case TExpr.RemoteRead r -> {
                Var shared = Assigned.root(r.element());
                if (shared != null) {
                    reach(r.span(), shared);
                }
            }
            case TExpr.Collective c when c.team() != null -> teamIn(c.team());
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.SPLIT -> teamIn(c.arguments().getFirst());
            case TExpr.IntrinsicCall c when (c.intrinsic() == Intrinsic.RANK || c.intrinsic() == Intrinsic.SIZE) && !c.arguments().isEmpty() ->
                teamIn(c.arguments().getFirst());
            case TExpr.Call c -> outside(c.function()).forEach((v, at) -> use(c.span(), v, at));
            default -> {}
        }
    }

    /** A team that is named here must be the current one or a part of it. */
    private void teamIn(TExpr team) {
        if (current.isEmpty()) {
            return;
        }
        Optional<Var> here = current.peek();
        if (TeamFlow.isWorld(team)) {
            wrong(team.span(), "the team of all ranks is used inside `on`", null);
            return;
        }
        Var name = TeamFlow.name(team);
        if (name == null || here.isEmpty()) {
            return;
        }
        Var t = name;
        while (!t.equals(here.get())) {
            Optional<Var> parent = parents.get(t);
            if (parent == null) {
                return;
            }
            if (parent.isEmpty()) {
                wrong(team.span(), "the team `" + name.name() + "` is used inside `on " + here.get().name() + "`", name.span());
                return;
            }
            t = parent.get();
        }
    }

    /** What belongs to the ranks around may not be used by the team alone. */
    private void use(Span at, Var v, @Nullable Span within) {
        boolean bound = switch (v.type()) {
            case Type.Array a -> !a.distribution().isLocal();
            case Type.Domain d -> !d.distribution().isLocal();
            case Type.MapOf m -> m.distributed();
            case Type.Scalar _, Type.Tuple _, Type.Record _, Type.ListOf _, Type.Function _, Type.Channel _ -> false;
            case Type.Future _, Type.Request _, Type.Team _ -> false;
        };
        boolean parameter = v.kind() == Var.Kind.PARAM || v.kind() == Var.Kind.MUT_PARAM;
        if (bound && !own.peek().contains(v) && (!parameter || within == null)) {
            wrong(at, "`" + v.name() + "` belongs to the ranks around this `on`", within == null ? v.span() : within);
        }
    }

    /** A shared variable of all ranks, on another rank; this rank's own part is free. */
    private void reach(Span at, Var shared) {
        wrong(at, "`" + shared.name() + "` belongs to the ranks around this `on`", shared.span());
    }

    private void wrong(Span at, String message, @Nullable Span label) {
        Diagnostic d = Diagnostic.error("PEL0406", at, message).under("only the ranks of the team come here")
                .note("inside `on t` only t, teams split from it, and what was made there may be used; the others would have to take part");
        diagnostics.add(label == null ? d : d.label(label, "made here"));
    }

    /** The top-level variables of all ranks that a function uses, itself or through others, with a place. */
    private Map<Var, Span> outside(int function) {
        Map<Var, Span> known = outside.get(function);
        if (known != null) {
            return known;
        }
        Map<Var, Span> found = new HashMap<>();
        outside.put(function, found);
        program.functions().get(function).body().statements().forEach(s -> outside(s, found));
        return found;
    }

    private void outside(TStmt s, Map<Var, Span> found) {
        Assigned.places(s).stream().filter(p -> p.root().kind().global()).forEach(p -> found.putIfAbsent(p.root(), p.span()));
        TreeWalk.expressions(s).forEach(e -> TreeWalk.everyExpression(e, x -> {
            switch (x) {
                case TExpr.Read r when r.variable().kind().global() -> found.putIfAbsent(r.variable(), r.span());
                case TExpr.Call c -> Map.copyOf(outside(c.function())).forEach(found::putIfAbsent);
                case TExpr.FunctionValue v -> Map.copyOf(outside(v.function())).forEach(found::putIfAbsent);
                default -> {}
            }
        }));
        TreeWalk.statements(s).forEach(t -> outside(t, found));
    }
}

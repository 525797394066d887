package org.pellang.compiler.sema.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Accesses of one epoch to one shared variable must not depend on their order (0420): all ranks read it; or all update it with one
 * operator; or all store to it (no element twice from different ranks: that is found when the epoch ends). The rank's own part counts as what it is used for.
 */
final class WindowCheck {
    /** What is done to a shared variable; accesses of one kind may meet, with one operator. */
    private enum Use {
        GET("read from another rank"), PUT("stored to on another rank"), UPDATE("updated on another rank"), READ("read here"), WRITE("changed here");

        final String words;

        Use(String words) {
            this.words = words;
        }
    }

    /** @param part the element, if it is known to be one */
    private record Access(Span span, Use use, String operator, @Nullable TExpr part) {}

    private final TypedProgram program;
    private final Diagnostics diagnostics;

    private WindowCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
    }

    static void check(TypedProgram program, Diagnostics diagnostics) {
        WindowCheck check = new WindowCheck(program, diagnostics);
        TreeWalk.outermost(program, check::statement);
    }

    private void statement(TStmt s) {
        if (s instanceof TStmt.Epoch e) {
            epoch(e);
        }
        TreeWalk.statements(s).forEach(this::statement);
    }

    private void epoch(TStmt.Epoch e) {
        Map<Var, List<Access>> accesses = new HashMap<>();
        e.body().statements().forEach(s -> collect(s, accesses, new HashSet<>(), null));
        accesses.values().forEach(this::conflicts);
    }

    private void collect(TStmt s, Map<Var, List<Access>> accesses, Set<Integer> reached, @Nullable Span call) {
        if (s instanceof TStmt.RemoteStore r) {
            TExpr.BinaryOp op = r.op();
            boolean put = op == null;
            String operator = op == null ? "" : op == TExpr.BinaryOp.SUB ? "ADD" : op.name();
            add(accesses, r.place().root(), new Access(r.span(), put ? Use.PUT : Use.UPDATE, operator, element(r.place())));
        }
        Assigned.places(s).stream().filter(p -> p.root().kind() == Var.Kind.SHARED)
                .forEach(p -> add(accesses, p.root(), new Access(call == null ? p.span() : call, Use.WRITE, "", call == null ? element(p) : null)));
        TreeWalk.expressions(s).forEach(e -> expression(e, accesses, reached, call));
        TreeWalk.statements(s).forEach(t -> collect(t, accesses, reached, call));
    }

    private void expression(TExpr e, Map<Var, List<Access>> accesses, Set<Integer> reached, @Nullable Span call) {
        switch (e) {
            case TExpr.RemoteRead r -> {
                Var v = Assigned.root(r.element());
                if (v != null) {
                    add(accesses, v, new Access(r.span(), r.add() == null ? Use.GET : Use.UPDATE, "ADD", element(r.element())));
                }
                subscripts(r.element(), accesses, reached, call);
                expression(r.rank(), accesses, reached, call);
                if (r.add() != null) {
                    expression(r.add(), accesses, reached, call);
                }
                return;
            }
            case TExpr.Read r when r.variable().kind() == Var.Kind.SHARED ->
                add(accesses, r.variable(), new Access(call == null ? r.span() : call, Use.READ, "", null));
            case TExpr.Element x when x.array() instanceof TExpr.Read r && r.variable().kind() == Var.Kind.SHARED -> {
                add(accesses, r.variable(), new Access(call == null ? x.span() : call, Use.READ, "", call == null ? x : null));
                x.subscripts().forEach(i -> expression(i, accesses, reached, call));
                return;
            }
            case TExpr.Call c when reached.add(c.function()) -> {
                TFunction f = program.functions().get(c.function());
                f.body().statements().forEach(s -> collect(s, accesses, reached, call == null ? c.span() : call));
                for (int k = 0; k < f.params().size(); k++) {
                    Var root = Assigned.root(c.arguments().get(k));
                    if (root != null && root.kind() == Var.Kind.SHARED && f.params().get(k).kind() == Var.Kind.MUT_PARAM) {
                        add(accesses, root, new Access(c.span(), Use.WRITE, "", null));
                    }
                }
            }
            default -> {}
        }
        TreeWalk.children(e).forEach(c -> expression(c, accesses, reached, call));
    }

    private void subscripts(TExpr element, Map<Var, List<Access>> accesses, Set<Integer> reached, @Nullable Span call) {
        switch (element) {
            case TExpr.Component c -> subscripts(c.value(), accesses, reached, call);
            case TExpr.Element x -> x.subscripts().forEach(s -> expression(s, accesses, reached, call));
            default -> {}
        }
    }

    private static @Nullable TExpr element(Place place) {
        return switch (place) {
            case Place.Component c -> element(c.value());
            case Place.Element e -> new TExpr.Element(e.span(), e.type(), new TExpr.Read(e.span(), e.array().type(), e.root()), e.subscripts());
            case Place.Variable _, Place.Slice _ -> null;
        };
    }

    private static TExpr element(TExpr e) {
        return e instanceof TExpr.Component c ? element(c.value()) : e;
    }

    private static void add(Map<Var, List<Access>> accesses, Var v, Access access) {
        accesses.computeIfAbsent(v, k -> new ArrayList<>()).add(access);
    }

    private void conflicts(List<Access> accesses) {
        for (int k = 1; k < accesses.size(); k++) {
            for (Access before : accesses.subList(0, k)) {
                Access now = accesses.get(k);
                if (conflict(before, now) && !Parts.apart(before.part, now.part)) {
                    diagnostics.add(Diagnostic.error("PEL0420", now.span, "conflicting accesses to a shared variable in one epoch")
                            .under(now.use.words )
                            .label(before.span, before.use.words + ", in the same epoch")
                            .note("in an epoch the accesses of the ranks have no order: put these into two epochs, one after the other"));
                    return;
                }
            }
        }
    }

    private static boolean conflict(Access a, Access b) {
        boolean reads = (a.use == Use.GET || a.use == Use.READ) && (b.use == Use.GET || b.use == Use.READ);
        boolean local = (a.use == Use.READ || a.use == Use.WRITE) && (b.use == Use.READ || b.use == Use.WRITE);
        boolean same = a.use == b.use && a.operator.equals(b.operator);
        return !reads && !local && !same;
    }
}

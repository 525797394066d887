package org.pellang.compiler.sema.flow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.flow.RequestState.Start;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Every request is waited for on every path (0410), and until then its buffer is left alone (0411). A forward analysis of what may be
 * open; functions are summarised to a fixed point.
 */
final class RequestCheck {
    private static final int MAX_ROUNDS = 20;

    private final TypedProgram program;
    private final Diagnostics diagnostics;
    private final RequestSummary[] summaries;
    private final Set<Span> reported = new HashSet<>();

    private RequestCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
        this.summaries = new RequestSummary[program.functions().size()];
        Arrays.fill(summaries, RequestSummary.NONE);
    }

    static void check(TypedProgram program, Diagnostics diagnostics) {
        boolean[] starts = {false};
        TreeWalk.everyExpression(program, e -> starts[0] |= e instanceof TExpr.ChannelOp c
                && (c.kind() == TExpr.ChannelKind.ISEND || c.kind() == TExpr.ChannelKind.IRECV));
        if (!starts[0]) {
            return;
        }
        RequestCheck check = new RequestCheck(program, diagnostics);
        check.fixedPoint();
        program.functions().forEach(f -> check.function(f, true));
        check.body(program.body());
        program.tests().forEach(t -> check.body(t.body().statements()));
    }

    RequestSummary summary(int function) {
        return summaries[function];
    }

    TFunction function(int id) {
        return program.functions().get(id);
    }

    private void fixedPoint() {
        boolean changed = true;
        for (int round = 0; changed && round < MAX_ROUNDS; round++) {
            changed = false;
            for (TFunction f : program.functions()) {
                RequestSummary next = function(f, false);
                changed |= !next.equals(summaries[f.id()]);
                summaries[f.id()] = next;
            }
        }
    }

    private void body(List<TStmt> statements) {
        RequestFlow flow = new RequestFlow(this, true);
        RequestState end = flow.block(statements, new RequestState());
        if (!end.dead) {
            end.all().forEach(s -> open(s, null));
        }
    }

    private RequestSummary function(TFunction f, boolean report) {
        RequestState entry = new RequestState();
        Set<Var> outside = new HashSet<>(f.params());
        Set<Var> reads = new HashSet<>();
        Set<Var> writes = new HashSet<>();
        touches(f, reads, writes);
        reads.forEach(outside::add);
        writes.forEach(outside::add);
        outside.stream().filter(v -> v.type().isHandle()).forEach(v -> entry.add(v, Set.of(Start.given(v))));
        RequestFlow flow = new RequestFlow(this, report);
        RequestState end = flow.block(f.body().statements(), entry).join(flow.returned());
        Set<Var> kept = new HashSet<>();
        Map<Var, Set<Start>> added = new HashMap<>();
        end.held.forEach((v, starts) -> starts.forEach(s -> {
            boolean visible = v.kind().global() || v.kind() == Var.Kind.MUT_PARAM;
            if (s.given() != null) {
                kept.add(s.given());
            } else if (visible) {
                added.computeIfAbsent(v, k -> new HashSet<>()).add(s);
            } else if (report) {
                open(s, null);
            }
        }));
        return new RequestSummary(kept, added, Set.copyOf(flow.result()), reads, writes);
    }

    /** The top-level variables that a function touches, itself or through others. */
    private void touches(TFunction f, Set<Var> reads, Set<Var> writes) {
        Assigned.in(f.body().statements()).stream().filter(v -> v.kind().global()).forEach(writes::add);
        f.body().statements().forEach(s -> TreeWalk.everyExpression(s, e -> {
            switch (e) {
                case TExpr.Read r when r.variable().kind() == Var.Kind.GLOBAL_VAR || r.variable().type().isHandle() && r.variable().kind().global() ->
                    reads.add(r.variable());
                case TExpr.Call c -> {
                    reads.addAll(summaries[c.function()].reads());
                    writes.addAll(summaries[c.function()].writes());
                    for (int k = 0; k < c.arguments().size(); k++) {
                        Var root = Assigned.root(c.arguments().get(k));
                        if (function(c.function()).params().get(k).kind() == Var.Kind.MUT_PARAM && root != null && root.kind().global()) {
                            writes.add(root);
                        }
                    }
                }
                default -> {}
            }
        }));
    }

    /** Reports a request that is still open. @param end where the path ends, if not at the end of the body */
    void open(Start start, @Nullable Span end) {
        Span span = start.span();
        if (span == null || !reported.add(span)) {
            return;
        }
        Diagnostic d = Diagnostic.error("PEL0410", span, "this request is not waited for on every path")
                .under("started here")
                .note("call `wait(q)` on every path, or collect requests in a `list request` and call `wait_all(list)`");
        diagnostics.add(end == null ? d : d.label(end, "a path that leaves it open"));
    }

    /** Reports a touch of a buffer in flight. */
    void touched(Span at, Var buffer, Start start, boolean write) {
        if (!reported.add(at)) {
            return;
        }
        Diagnostic d = Diagnostic.error("PEL0411", at, "`" + buffer.name() + "` is " + (write ? "changed" : "read") + " while a request "
                        + (start.receive() ? "fills" : "sends") + " it")
                .under("before the request is complete")
                .note("wait for the request first: `wait(q)`");
        diagnostics.add(start.span() == null ? d : d.label(start.span(), "the request starts here"));
    }

    static boolean holdsRequests(Type type) {
        return switch (type) {
            case Type.Request _ -> true;
            case Type.ListOf l -> holdsRequests(l.element());
            case Type.Tuple t -> t.elements().stream().anyMatch(RequestCheck::holdsRequests);
            case Type.Scalar _, Type.Record _, Type.Array _, Type.MapOf _, Type.Function _, Type.Domain _ -> false;
            case Type.Channel _, Type.Future _, Type.Team _ -> false;
        };
    }
}

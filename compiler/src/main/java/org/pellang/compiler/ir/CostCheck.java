package org.pellang.compiler.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.sema.typed.Work;
import org.pellang.compiler.source.Span;

/**
 * Warnings about what is right, but costs more, or repeats less, than it looks: 0501 an array that is replicated for a loop, 0502 single elements in a
 * sequential loop, 0503 data that moves because loop and array are spread differently, 0504 chunks too small to be worth handing out, 0505 what is
 * not deterministic. Looks at the plainest communication, before any rule of {@code opt} improves it; says nothing where it does not know.
 */
public final class CostCheck {
    /** Loops with fewer passes may read single elements. */
    private static final long FEW_PASSES = 32;
    /** Handing out a chunk costs about as much as some hundred operations; programs with larger chunks may know why. */
    private static final long SMALL_CHUNK = 4;

    private final Facts facts;
    private final Diagnostics diagnostics;
    private final Set<Span> said = new HashSet<>();

    private CostCheck(Facts facts, Diagnostics diagnostics) {
        this.facts = facts;
        this.diagnostics = diagnostics;
    }

    /** Reports what a program without errors may want to change. */
    public static void check(IrProgram ir, Diagnostics diagnostics) {
        TypedProgram program = ir.program();
        CostCheck check = new CostCheck(new Facts(program), diagnostics);
        ir.inOrder().stream().filter(l -> !l.construct().equals("inspector")).forEach(check::loop);
        program.body().forEach(check::sequential);
        program.tests().forEach(t -> t.body().statements().forEach(check::sequential));
        TreeWalk.everyExpression(program, check::wildcard);
    }

    private void report(Diagnostic d) {
        if (said.add(d.primary())) {
            diagnostics.add(d);
        }
    }

    private void loop(OwnedLoop loop) {
        loop.before().forEach(op -> {
            if (op instanceof CommOp.Fetch f) {
                replicated(loop, loop.views().get(f.view()));
            }
        });
        loop.views().forEach(v -> elsewhere(loop, v));
        chunks(loop);
    }

    private void replicated(OwnedLoop loop, View v) {
        if (v.bare() || v.written() || loop.work().isWavefront()) {
            return;
        }
        v.uses().stream().filter(u -> u.isScattered((Type.Array) v.array().type())).findFirst().ifPresent(u ->
                report(Diagnostic.warning("PEL0501", u.span(), "`" + v.array().name() + "` is copied to every rank for this loop")
                        .under("which elements are read cannot be listed beforehand")
                        .label(v.array().span(), "spread over the ranks" + size(v.array()))
                        .note("the subscript depends on what the iteration computes, so each rank gets all of it, every time the loop runs")
                        .note("if the array does not change in between, copy it once: `let all = replicate(" + v.array().name() + ")`")));
    }

    private String size(Var array) {
        long n = 1;
        List<@Nullable Long> extents = facts.extents(array);
        for (Long extent : extents) {
            n *= extent == null ? 0 : extent;
        }
        return extents.isEmpty() || n == 0 ? "" : ", " + n + " elements";
    }

    private void elsewhere(OwnedLoop loop, View v) {
        if (v.bare() || loop.work().kind().migrates() || !(v.array().type() instanceof Type.Array a) || !(loop.space().type() instanceof Type.Domain d)) {
            return;
        }
        Distribution own = d.distribution();
        Distribution other = a.distribution();
        if (own.isLocal() || other.isLocal() || own.axes().equals(other.axes()) || v.uses().stream().noneMatch(u -> u.isOwn(loop.axes()))) {
            return;
        }
        Use use = v.uses().stream().filter(u -> u.isOwn(loop.axes())).findFirst().orElseThrow();
        report(Diagnostic.warning("PEL0503", use.span(), "`" + v.array().name() + "` is spread in another way than the loop")
                .under("these elements are on other ranks")
                .label(loop.space().span(), "the iterations run where this is: " + own)
                .label(v.array().span(), other.toString())
                .note("nearly every element moves each time the loop runs; declare both over one domain, or copy once before the loop (`a = b` of arrays)"));
    }

    private void chunks(OwnedLoop loop) {
        Work work = loop.work();
        Long amount = work.amount() == null ? null : facts.constant(work.amount());
        if (!work.kind().migrates() || amount == null || amount < 1 || amount >= SMALL_CHUNK || !cheap(loop.body())) {
            return;
        }
        report(Diagnostic.warning("PEL0504", Objects.requireNonNull(work.amount()).span(), "chunks of " + amount + (amount == 1 ? " iteration" : " iterations")
                        + " cost more to hand out than to run")
                .under("the body is a few operations")
                .note("handing out a chunk takes a message; use `" + work.word() + "` without a number, or the default `block` where all iterations cost the same"));
    }

    /** Whether an iteration is a few operations: no loop, no call. */
    private static boolean cheap(TStmt.TBlock body) {
        boolean[] cheap = {true};
        for (TStmt s : body.statements()) {
            Trees.walkStatements(s, inner -> cheap[0] &= !(inner instanceof TStmt.For || inner instanceof TStmt.While));
            Trees.walk(s, e -> cheap[0] &= switch (e) {
                case TExpr.Call x -> false;
                case TExpr.CallValue x -> false;
                case TExpr.ExternCall x -> false;
                case TExpr.Reduce x -> false;
                case TExpr.Scan x -> false;
                case TExpr.ArrayComprehension x -> false;
                default -> true;
            });
        }
        return cheap[0];
    }

    private void sequential(TStmt s) {
        if (s instanceof TStmt.Forall) {
            return;
        }
        if (s instanceof TStmt.For f && !together(f.body()) && !few(f.iteration().space())) {
            elements(f.body(), new HashSet<>(f.iteration().indices()));
        }
        Trees.statements(s, this::sequential);
    }

    /** Whether the ranks work together in a loop's body anyway: then single elements do not matter. */
    private static boolean together(TStmt.TBlock body) {
        boolean[] found = {false};
        for (TStmt s : body.statements()) {
            Trees.walkStatements(s, inner -> found[0] |= inner instanceof TStmt.Forall || inner instanceof TStmt.On || inner instanceof TStmt.Epoch);
            Trees.walk(s, e -> found[0] |= switch (e) {
                case TExpr.Reduce r -> r.iteration().parallel();
                case TExpr.Scan x -> true;
                case TExpr.ArrayComprehension c -> c.iteration().parallel();
                case TExpr.Collective x -> true;
                case TExpr.Call x -> true;
                case TExpr.CallValue x -> true;
                default -> false;
            });
        }
        return found[0];
    }

    private boolean few(TExpr space) {
        if (!(space instanceof TExpr.Range r)) {
            return !(space.type() instanceof Type.Domain);
        }
        Long low = facts.constant(r.low());
        Long high = facts.constant(r.high());
        return low != null && high != null && Math.abs(high - low) < FEW_PASSES;
    }

    private void elements(TStmt.TBlock body, Set<Var> indices) {
        for (TStmt s : body.statements()) {
            Trees.walk(s, e -> {
                if (e instanceof TExpr.Element x && x.array() instanceof TExpr.Read r && r.type() instanceof Type.Array a && !a.distribution().isLocal()
                        && x.subscripts().stream().anyMatch(k -> reads(k, indices))) {
                    String name = r.variable().name();
                    report(Diagnostic.warning("PEL0502", x.span(), "single elements of `" + name + "` are read in a sequential loop")
                            .under("one message to all ranks in each pass")
                            .label(r.variable().span(), "spread over the ranks")
                            .note("copy it to every rank once, before the loop: `let all = replicate(" + name + ")`; or divide the work: `forall`"));
                }
            });
        }
    }

    private static boolean reads(TExpr subscript, Set<Var> indices) {
        boolean[] found = {false};
        Trees.walk(subscript, e -> found[0] |= e instanceof TExpr.Read r && indices.contains(r.variable()));
        return found[0];
    }

    private void wildcard(TExpr e) {
        if (e instanceof TExpr.ChannelOp c && c.kind() == TExpr.ChannelKind.RECV_ANY) {
            report(Diagnostic.warning("PEL0505", c.span(), "which message `recv_any` takes is not deterministic")
                    .under("whichever is there first")
                    .note("results that depend on it may differ from run to run; `recv(from: r)` takes the messages of one rank in order"));
        }
    }
}

package org.pellang.compiler.sema.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * What can be proved of messages: a channel with one side only (0412), all ranks receiving before any sends (0413), a rank outside
 * {@code 0..<size()} (0414). The rest is found at run time, exactly.
 */
public final class ChannelCheck {
    private final TypedProgram program;
    private final Diagnostics diagnostics;
    private final Map<Var, Span> sends = new HashMap<>();
    private final Map<Var, Span> receives = new HashMap<>();
    private boolean sent;

    private ChannelCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
    }

    /** Checks the whole program. */
    public static void check(TypedProgram program, Diagnostics diagnostics) {
        ChannelCheck check = new ChannelCheck(program, diagnostics);
        TreeWalk.everyExpression(program, check::operation);
        check.oneSided();
        check.receiveFirst(program.body());
        program.tests().forEach(t -> {
            check.sent = false;
            check.receiveFirst(t.body().statements());
        });
    }

    private void operation(TExpr e) {
        if (e instanceof TExpr.Collective c && c.root() != null) {
            outside(c.root());
        }
        if (!(e instanceof TExpr.ChannelOp op)) {
            return;
        }
        if (op.peer() != null) {
            outside(op.peer());
        }
        Var channel = channel(op);
        if (channel != null) {
            (op.kind() == TExpr.ChannelKind.SEND ? sends : receives).putIfAbsent(channel, op.span());
        }
    }

    private static @Nullable Var channel(TExpr.ChannelOp op) {
        return op.channel() instanceof TExpr.Read r && r.variable().kind() == Var.Kind.CHANNEL ? r.variable() : null;
    }

    private void oneSided() {
        Set<Var> escaped = new HashSet<>();
        TreeWalk.everyExpression(program, e -> {
            if (e instanceof TExpr.Call c) {
                c.arguments().forEach(a -> {
                    if (a instanceof TExpr.Read r && r.variable().kind() == Var.Kind.CHANNEL) {
                        escaped.add(r.variable());
                    }
                });
            }
        });
        sends.forEach((channel, span) -> {
            if (!receives.containsKey(channel) && !escaped.contains(channel)) {
                diagnostics.add(Diagnostic.error("PEL0412", span, "nobody ever receives from channel `" + channel.name() + "`")
                        .label(channel.span(), "declared here")
                        .note("add the receiving side: `let x = " + channel.name() + ".recv(from: r)`"));
            }
        });
        receives.forEach((channel, span) -> {
            if (!sends.containsKey(channel) && !escaped.contains(channel)) {
                diagnostics.add(Diagnostic.error("PEL0412", span, "nobody ever sends on channel `" + channel.name() + "`")
                        .label(channel.span(), "declared here")
                        .note("the receive would wait forever; add the sending side: `" + channel.name() + ".send(x, to: r)`"));
            }
        });
    }

    /** On the path that all ranks take, a receive before the first send of any rank waits forever. */
    private void receiveFirst(List<TStmt> statements) {
        for (TStmt s : statements) {
            if (sent) {
                return;
            }
            switch (s) {
                case TStmt.If i -> {
                    first(i.condition());
                    mayBranch(s);
                }
                case TStmt.While w -> {
                    first(w.condition());
                    mayBranch(s);
                }
                case TStmt.For f -> {
                    first(f.iteration().space());
                    if (certain(f)) {
                        receiveFirst(f.body().statements());
                    } else {
                        mayBranch(s);
                    }
                }
                case TStmt.Checkpointed c -> receiveFirst(List.of(c.loop()));
                case TStmt.Forall _ -> mayBranch(s);
                default -> TreeWalk.expressions(s).forEach(this::first);
            }
        }
    }

    /** A loop over a constant, non-empty range runs on every rank. */
    private static boolean certain(TStmt.For f) {
        return f.iteration().space() instanceof TExpr.Range r
                && r.low() instanceof TExpr.Constant low
                && r.high() instanceof TExpr.Constant high
                && low.value() instanceof Long a
                && high.value() instanceof Long b
                && (r.open() ? a < b : a <= b);
    }

    /** Some ranks may take this branch: a send in it, or a function that may send, ends what can be said. */
    private void mayBranch(TStmt statement) {
        TreeWalk.everyExpression(statement, e -> {
            if ((e instanceof TExpr.ChannelOp op && op.kind() == TExpr.ChannelKind.SEND) || e instanceof TExpr.Call || e instanceof TExpr.CallValue) {
                sent = true;
            }
        });
    }

    private void first(TExpr e) {
        TreeWalk.children(e).forEach(this::first);
        if (sent) {
            return;
        }
        switch (e) {
            case TExpr.ChannelOp op when op.kind() == TExpr.ChannelKind.SEND -> sent = true;
            case TExpr.ChannelOp op -> {
                sent = true;
                diagnostics.add(Diagnostic.error("PEL0413", op.span(), "every rank receives here before any rank has sent")
                        .under("all ranks wait here for each other")
                        .note("a send never blocks: send first, then receive"));
            }
            case TExpr.Call _, TExpr.CallValue _ -> sent = true;
            default -> {}
        }
    }

    private void outside(TExpr rank) {
        String why = switch (rank) {
            case TExpr.Constant c when c.value() instanceof Long v && v < 0 -> "rank " + v + " does not exist";
            case TExpr.Unary u when u.op() == TExpr.UnaryOp.NEGATE && u.operand() instanceof TExpr.Constant c && c.value() instanceof Long v && v > 0 ->
                "rank -" + v + " does not exist";
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.SIZE -> "the highest rank is `size() - 1`";
            case TExpr.Binary b when b.op() == TExpr.BinaryOp.ADD && isSize(b.left()) && b.right() instanceof TExpr.Constant c
                    && c.value() instanceof Long v && v >= 0 -> "the highest rank is `size() - 1`";
            default -> null;
        };
        if (why != null) {
            diagnostics.add(Diagnostic.error("PEL0414", rank.span(), "rank outside 0..<size()").under(why)
                    .note("to wrap around write `(rank() + c) % size()`"));
        }
    }

    private static boolean isSize(TExpr e) {
        return e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.SIZE;
    }
}

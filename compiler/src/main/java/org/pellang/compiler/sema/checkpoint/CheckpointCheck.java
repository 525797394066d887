package org.pellang.compiler.sema.checkpoint;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Reports state that cannot be saved: PEL0701 values without a text or bytes of their own, PEL0702 messages on their way. */
public final class CheckpointCheck {
    private final CheckpointStates states;
    private final Diagnostics diagnostics;

    private CheckpointCheck(CheckpointStates states, Diagnostics diagnostics) {
        this.states = states;
        this.diagnostics = diagnostics;
    }

    /** Checks all checkpointed loops. */
    public static void check(TypedProgram program, Diagnostics diagnostics) {
        CheckpointCheck check = new CheckpointCheck(CheckpointStates.of(program), diagnostics);
        check.states.loops().forEach(check::loop);
    }

    private void loop(LoopState state) {
        Span clause = state.loop().every().span();
        for (Var v : state.variables()) {
            Type part = unsaved(v.type());
            if (part != null) {
                report(clause, v, part);
            }
        }
        for (Var v : states.liveAt(state.loop())) {
            boolean pending = v.type() instanceof Type.Request || v.type() instanceof Type.Future;
            if (pending && !state.variables().contains(v)) {
                report(clause, v, v.type());
            }
        }
        messages(state, clause);
    }

    private void report(Span clause, Var v, Type part) {
        String of = part.equals(v.type()) ? "" : ", in a " + v.type();
        diagnostics.add(Diagnostic.error("PEL0701", clause, "`" + v.name() + "` cannot be saved in a checkpoint: it is a " + part + of)
                .under("this checkpoint needs its value")
                .label(v.span(), "declared here, used at the loop's header and in the passes that follow")
                .note(advice(part)));
    }

    private static String advice(Type part) {
        return switch (part) {
            case Type.Function _ -> "choose the function by an int or a string that can be saved, and make the function value inside the loop";
            case Type.Request _ -> "wait for the request before the pass ends, so that none is under way at the loop's header";
            case Type.Future _ -> "take the future's value before the pass ends";
            default -> "declare it inside the loop, so that each pass makes its own";
        };
    }

    /** The part of a type that has no bytes, or null. */
    private static @Nullable Type unsaved(Type type) {
        return switch (type) {
            case Type.Scalar _ -> null;
            case Type.Tuple t -> first(t.elements());
            case Type.Record r -> first(r.fields().stream().map(Type.Field::type).toList());
            case Type.Array a -> unsaved(a.element());
            case Type.ListOf l -> unsaved(l.element());
            case Type.MapOf m -> unsaved(m.value());
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> type;
        };
    }

    private static @Nullable Type first(java.util.List<Type> types) {
        for (Type t : types) {
            Type part = unsaved(t);
            if (part != null) {
                return part;
            }
        }
        return null;
    }

    /** A channel that the loop only sends on, or only receives from, holds messages at the header. */
    private void messages(LoopState state, Span clause) {
        Map<Var, Span> sends = new HashMap<>();
        Map<Var, Span> receives = new HashMap<>();
        boolean[] calls = {false};
        TreeWalk.everyExpression(state.loop().loop(), e -> {
            if (e instanceof TExpr.ChannelOp op && op.channel() instanceof TExpr.Read r) {
                (op.kind() == TExpr.ChannelKind.SEND || op.kind() == TExpr.ChannelKind.ISEND ? sends : receives).putIfAbsent(r.variable(), op.span());
            }
            calls[0] |= e instanceof TExpr.Call || e instanceof TExpr.CallValue;
        });
        if (calls[0]) {
            // The other side may stand in a function; the runtime looks before it saves.
            return;
        }
        sends.forEach((c, span) -> {
            if (!receives.containsKey(c)) {
                crossing(clause, c, span, "sent here and not received in the loop");
            }
        });
        receives.forEach((c, span) -> {
            if (!sends.containsKey(c)) {
                crossing(clause, c, span, "received here and not sent in the loop");
            }
        });
    }

    private void crossing(Span clause, Var channel, Span operation, String what) {
        diagnostics.add(Diagnostic.error("PEL0702", clause, "channel `" + channel.name() + "` holds messages at this checkpoint")
                .under("messages on their way cannot be saved")
                .label(operation, what)
                .note("receive in the same pass what is sent in it"));
    }
}

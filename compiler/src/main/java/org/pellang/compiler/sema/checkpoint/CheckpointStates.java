package org.pellang.compiler.sema.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.typed.Effects;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/** The states of all checkpointed loops of a program. */
public final class CheckpointStates {
    private final Effects effects;
    private final List<LoopState> loops = new ArrayList<>();
    private final Map<TStmt.Checkpointed, LoopState> byLoop = new IdentityHashMap<>();
    private final Map<TStmt.Checkpointed, Set<Var>> live = new IdentityHashMap<>();

    private CheckpointStates(TypedProgram program) {
        this.effects = new Effects(program);
        body(program.body(), Set.of(), false);
        Set<Var> globals = new HashSet<>();
        program.body().forEach(s -> effects.writes(s).stream().filter(v -> v.kind() == Var.Kind.GLOBAL_VAR).forEach(globals::add));
        for (TypedProgram.TFunction f : program.functions()) {
            Set<Var> visible = new HashSet<>(globals);
            f.params().stream().filter(p -> p.kind() == Var.Kind.MUT_PARAM).forEach(visible::add);
            body(f.body().statements(), visible, false);
        }
        program.tests().forEach(t -> body(t.body().statements(), Set.of(), true));
    }

    /** Finds them. */
    public static CheckpointStates of(TypedProgram program) {
        return new CheckpointStates(program);
    }

    private void body(List<TStmt> statements, Set<Var> atExit, boolean test) {
        List<TStmt.Checkpointed> found = new ArrayList<>();
        statements.forEach(s -> Effects.everyStatement(s, inner -> {
            if (inner instanceof TStmt.Checkpointed c) {
                found.add(c);
            }
        }));
        if (found.isEmpty()) {
            return;
        }
        live.putAll(Liveness.of(statements, effects, atExit));
        for (TStmt.Checkpointed c : found) {
            LoopState state = new LoopState(loops.size(), c, variables(c), effects.checkpoints(c.loop()), test);
            loops.add(state);
            byLoop.put(c, state);
        }
    }

    private List<Var> variables(TStmt.Checkpointed c) {
        Set<Var> state = new HashSet<>(effects.writes(c.loop()));
        state.retainAll(liveAt(c));
        state.removeAll(declaredIn(c.loop()));
        return state.stream().sorted(Comparator.comparingInt(Var::id)).toList();
    }

    private static Set<Var> declaredIn(TStmt loop) {
        Set<Var> declared = new HashSet<>();
        Effects.everyStatement(loop, s -> {
            switch (s) {
                case TStmt.Declare d -> declared.add(d.variable());
                case TStmt.DeclareTuple d -> declared.addAll(d.variables());
                case TStmt.For f -> declared.addAll(f.iteration().indices());
                case TStmt.Forall f -> declared.addAll(f.iteration().indices());
                default -> {}
            }
        });
        return declared;
    }

    /** All variables that are live at the header of a loop. */
    Set<Var> liveAt(TStmt.Checkpointed c) {
        return live.getOrDefault(c, Set.of());
    }

    /** In the order of the text: the main part, then functions, then tests. */
    public List<LoopState> loops() {
        return loops;
    }

    /** The state of a loop of the program. */
    public LoopState of(TStmt.Checkpointed loop) {
        @Nullable LoopState state = byLoop.get(loop);
        if (state == null) {
            throw new CompilerBug("a checkpointed loop that nobody analysed: " + loop.span());
        }
        return state;
    }
}

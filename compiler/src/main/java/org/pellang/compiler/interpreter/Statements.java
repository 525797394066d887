package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/** Runs statements on one rank. */
final class Statements {
    private enum Flow {
        NEXT, BREAK, CONTINUE, RETURN
    }

    private static final Object NOTHING = new Object();

    private final Machine machine;
    private final Places places;
    private Object returned = NOTHING;

    Statements(Machine machine) {
        this.machine = machine;
        this.places = new Places(machine);
    }

    Places places() {
        return places;
    }

    /** Runs a function's body and gives its result. */
    Object function(TFunction f) {
        Object before = returned;
        returned = NOTHING;
        block(f.body().statements());
        Object result = returned;
        returned = before;
        return result;
    }

    /** Runs statements at top level or in the body of a divided loop. */
    void all(List<TStmt> statements) {
        block(statements);
    }

    private Flow block(List<TStmt> statements) {
        for (TStmt s : statements) {
            Flow flow;
            try {
                flow = run(s);
            } catch (Trap trap) {
                throw trap.at(s.span());
            }
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow run(TStmt statement) {
        switch (statement) {
            case TStmt.Declare s -> declare(s);
            case TStmt.DeclareTuple s -> {
                StructValue tuple = (StructValue) machine.eval(s.value());
                for (int k = 0; k < s.variables().size(); k++) {
                    machine.declare(s.variables().get(k), stored(tuple.parts()[k]));
                }
            }
            case TStmt.Assign s -> places.assign(s.place(), machine.eval(s.value()), s.span());
            case TStmt.Update s -> update(s);
            case TStmt.MultiAssign s -> {
                List<Object> values = new ArrayList<>();
                s.values().forEach(v -> values.add(stored(machine.eval(v))));
                List<Places.Ref> refs = s.places().stream().map(places::ref).toList();
                for (int k = 0; k < refs.size(); k++) {
                    places.assign(refs.get(k), s.places().get(k).type(), values.get(k), s.span());
                }
            }
            case TStmt.Swap s -> places.swap(s);
            case TStmt.Do s -> machine.eval(s.expression());
            case TStmt.Forall s -> new DividedLoop(machine.team, machine.job.ranks).run(machine, s);
            case TStmt.For s -> {
                return sequential(s);
            }
            case TStmt.While s -> {
                return repeat(s);
            }
            case TStmt.Checkpointed s -> {
                Intervals.check(s, machine.eval(s.every()));
                return run(s.loop());
            }
            case TStmt.If s -> {
                if ((Boolean) machine.eval(s.condition())) {
                    return block(s.then().statements());
                }
                return s.otherwise() == null ? Flow.NEXT : block(s.otherwise().statements());
            }
            case TStmt.On s -> on(s);
            case TStmt.Epoch s -> Epoch.run(machine, s);
            case TStmt.Sync s -> block(s.body().statements());
            case TStmt.RemoteStore s -> epoch(s).store(s);
            case TStmt.Break _ -> {
                return Flow.BREAK;
            }
            case TStmt.Continue _ -> {
                return Flow.CONTINUE;
            }
            case TStmt.Return s -> {
                returned = s.value() == null ? NOTHING : machine.eval(s.value());
                return Flow.RETURN;
            }
            case TStmt.Assert s -> check(s);
        }
        return Flow.NEXT;
    }

    private Epoch epoch(TStmt s) {
        if (machine.epoch == null) {
            throw new InterpreterFault(InterpreterFault.Kind.TREE, s.span(), "a one-sided access outside of an epoch");
        }
        return machine.epoch;
    }

    /** What the teams have printed comes out at the end, the team with the lowest rank first. */
    private void on(TStmt.On s) {
        Team outer = machine.team;
        TeamValue value = (TeamValue) machine.eval(s.team());
        value.usable(outer, s.team().span());
        Team team = value.team();
        if (team == outer) {
            block(s.body().statements());
            return;
        }
        if (team != null) {
            machine.team = team;
            try {
                block(s.body().statements());
            } catch (RuntimeException failure) {
                team.lines.forEach(machine.job.output::print);
                team.lines.clear();
                throw failure;
            } finally {
                machine.team = outer;
            }
        }
        machine.job.meet(machine, s.span(), "on", value, all -> {
            java.util.Arrays.stream(all).map(v -> ((TeamValue) v).team()).filter(java.util.Objects::nonNull).distinct()
                    .sorted(java.util.Comparator.comparingInt(Team::lowestRank))
                    .forEach(t -> {
                        t.lines.forEach(outer::print);
                        t.lines.clear();
                    });
            return all;
        });
    }

    private void declare(TStmt.Declare s) {
        Var v = s.variable();
        String option = v.kind() == Var.Kind.CONFIG ? machine.job.options.get(v.name()) : null;
        if (option != null) {
            machine.declare(v, Options.value(option, v.type()));
            return;
        }
        Object value = machine.eval(s.value());
        if (value instanceof MapValue m && m.shared && !Expressions.fresh(s.value())) {
            machine.declare(v, Shared.once(machine, s.span(), "copy", () -> Values.copy(m)));
            return;
        }
        boolean sharedCopy = value instanceof ArrayValue a && a.shared() && !Expressions.fresh(s.value());
        if (sharedCopy) {
            machine.declare(v, Shared.copy(machine, (ArrayValue) value, s.span()));
        } else {
            machine.declare(v, Expressions.fresh(s.value()) ? value : Values.copy(value));
        }
    }

    private Object stored(Object value) {
        return value instanceof ArrayValue a && a.shared() || value instanceof MapValue m && m.shared ? value : Values.copy(value);
    }

    private void update(TStmt.Update s) {
        Places.Ref ref = places.ref(s.place());
        Object value = machine.eval(s.value());
        places.update(ref, s, value);
    }

    private void check(TStmt.Assert s) {
        if (!(Boolean) machine.eval(s.condition())) {
            TExpr message = s.message();
            String text = message == null ? "assertion failed: " + s.condition().span().text() : Show.show(machine.job.library, machine.eval(message));
            throw new Trap(s.span(), text);
        }
    }

    private Flow repeat(TStmt.While s) {
        while ((Boolean) machine.eval(s.condition())) {
            Flow flow = block(s.body().statements());
            if (flow == Flow.BREAK) {
                break;
            } else if (flow == Flow.RETURN) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient Flow flow;

        Stop(Flow flow) {
            super(null, null, false, false);
            this.flow = flow;
        }
    }

    private Flow sequential(TStmt.For s) {
        Iteration iteration = s.iteration();
        try {
            Sequences.each(machine, iteration, (n, index) -> {
                Flow flow = block(s.body().statements());
                if (flow == Flow.BREAK || flow == Flow.RETURN) {
                    throw new Stop(flow);
                }
            });
        } catch (Stop stop) {
            return stop.flow == Flow.RETURN ? Flow.RETURN : Flow.NEXT;
        }
        return Flow.NEXT;
    }

    static boolean isArray(Place place) {
        return place.type() instanceof Type.Array;
    }

    static @Nullable Var variable(Place place) {
        return place instanceof Place.Variable v ? v.variable() : null;
    }
}

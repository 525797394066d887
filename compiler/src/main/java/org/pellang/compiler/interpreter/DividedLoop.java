package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * A divided loop: all ranks meet, then the iterations run in order of their indices, each on the rank that owns it. Every access to an
 * array from outside is logged, so that a race shows (in a {@code wavefront} there is none, since this is its order). Writes to
 * replicated arrays go to the copies of all ranks at once.
 */
final class DividedLoop {
    /** Body of a divided loop or comprehension. */
    interface Body {
        void run(Machine machine, int number, long[] index);
    }

    private final Team team;
    private final Map<ArrayValue, AccessLog> logs = new IdentityHashMap<>();
    private final Map<MapValue, MapLog> mapLogs = new IdentityHashMap<>();
    private final Map<Var, TStmt.Reduction> reductions = new HashMap<>();
    private final Machine.Frame[] frames;
    private boolean ordered;

    DividedLoop(Team team, int ranks) {
        this.team = team;
        this.frames = new Machine.Frame[ranks];
    }

    Machine.Frame frameOf(int rank) {
        return frames[rank];
    }

    boolean reduces(Var v) {
        return reductions.containsKey(v);
    }

    ReduceOp operator(Var v, Span at) {
        TStmt.Reduction reduction = reductions.get(v);
        if (reduction == null) {
            throw new InterpreterFault(InterpreterFault.Kind.TREE, at, "reduce= on a variable without reduce clause");
        }
        return reduction.op();
    }

    /** The statement {@code forall}. */
    void run(Machine caller, TStmt.Forall loop) {
        IndexSet space = caller.domain(loop.iteration().space());
        checkWork(caller, loop.iteration());
        caller.job.meet(caller, loop.span(), loop.iteration().work().isWavefront() ? "wavefront" : "forall", space, operands -> {
            all(operands, loop);
            java.util.Arrays.fill(operands, Boolean.TRUE);
            return operands;
        });
    }

    /** The schedule does not show in the result, but its numbers must make sense. */
    static void checkWork(Machine machine, Iteration iteration) {
        TExpr amount = iteration.work().amount();
        if (amount != null && machine.integer(amount) < 1) {
            throw new Trap(amount.span(), "a chunk has at least one iteration, not " + machine.integer(amount));
        }
    }

    private void all(Object[] spaces, TStmt.Forall loop) {
        ordered = loop.iteration().work().isWavefront();
        IndexSet space = sameSpace(spaces, loop.span());
        List<Accumulation> accumulations = new ArrayList<>();
        for (TStmt.Reduction r : loop.reductions()) {
            reductions.put(r.variable(), r);
            accumulations.add(new Accumulation(team, r, Math.toIntExact(space.size())));
        }
        each(space, loop.iteration(), loop.span(), accumulations, (machine, number, index) -> {
            accumulations.forEach(a -> a.begin(machine));
            machine.statements().all(loop.body().statements());
            accumulations.forEach(a -> a.end(machine, number));
        });
        accumulations.forEach(a -> a.finish(space));
    }

    static IndexSet sameSpace(Object[] spaces, Span at) {
        IndexSet first = (IndexSet) spaces[0];
        for (Object other : spaces) {
            if (!first.sameSet((IndexSet) other)) {
                throw new InterpreterFault(InterpreterFault.Kind.MISMATCH, at, "ranks divide different spaces: " + first + " and " + other);
            }
        }
        return first;
    }

    /** Runs all iterations that pass the filter. */
    void each(IndexSet space, Iteration iteration, Span at, List<Accumulation> accumulations, Body body) {
        begin(at, accumulations);
        try {
            Ownership ownership = Ownership.of(space, team.size());
            int[] number = {0};
            space.forEach(index -> {
                Machine machine = team.machines.get(ownership.owner(index));
                machine.own.clear();
                machine.iteration = number[0]++;
                if (machine.bind(iteration, index)) {
                    body.run(machine, machine.iteration, index);
                }
            });
        } finally {
            team.machines.forEach(m -> m.loop = null);
        }
    }

    private void begin(Span at, List<Accumulation> accumulations) {
        KnownArrays known = new KnownArrays();
        for (Machine machine : team.machines) {
            if (machine.loop != null) {
                throw new InterpreterFault(InterpreterFault.Kind.COLLECTIVE_IN_LOOP, at, "a divided loop inside one");
            }
            frames[machine.rank] = machine.frame;
            known.collect(machine);
        }
        for (ArrayValue[] copies : known.copies(team.size())) {
            AccessLog log = new AccessLog(ordered, copies);
            for (ArrayValue copy : copies) {
                logs.put(copy, log);
            }
        }
        for (List<MapValue> copies : known.maps(team.size())) {
            MapLog log = new MapLog(copies);
            copies.forEach(copy -> mapLogs.put(copy, log));
        }
        team.machines.forEach(m -> m.loop = this);
    }

    /** Whether the map is not the iteration's own. */
    boolean knownMap(MapValue map) {
        return mapLogs.containsKey(map);
    }

    /** {@code key} null: all of the map. */
    void mapRead(Machine machine, MapValue map, @Nullable Object key, Span at) {
        MapLog log = mapLogs.get(map);
        if (log != null) {
            log.read(key, machine.iteration, at);
        }
    }

    void mapWrite(Machine machine, Places.MapRef ref, String path, Object value) {
        MapLog log = mapLogs.get(ref.map());
        if (log == null) {
            ref.put(ref.map(), path, value);
            return;
        }
        log.write(ref.key(), machine.iteration, ref.place().span(), ref.unique());
        log.copies().forEach(copy -> ref.put(copy, path, value));
    }

    private boolean mapUpdate(Machine machine, Places.MapRef ref, String path, TStmt.Update s, Object value, String operator) {
        MapLog log = mapLogs.get(ref.map());
        if (log == null) {
            return false;
        }
        log.update(ref.key(), machine.iteration, operator, ref.place().span());
        Object old = ref.map().entries.get(ref.key());
        Object before = Paths.get(old == null ? Values.zero(ref.place().type()) : old, path);
        Object after = machine.statements().places().combined(s, before, value);
        log.copies().forEach(copy -> ref.put(copy, path, after));
        return true;
    }

    /** What an iteration has contributed to a key of a reduced map so far. */
    Object contribution(Machine machine, Places.MapRef ref, TStmt.Update s) {
        Object before = ref.map().entries.get(ref.key());
        return before == null ? Operators.identity(machine, operator(s.place().root(), s.span()), ref.place().type().asValue(), Boolean.TRUE) : before;
    }

    /** Whether the array is not the iteration's own. */
    boolean known(Machine machine, ArrayValue array) {
        return array.shared() || logs.containsKey(array);
    }

    private @Nullable AccessLog log(ArrayValue array) {
        AccessLog log = logs.get(array);
        if (log == null && array.shared()) {
            log = new AccessLog(ordered, array);
            logs.put(array, log);
        }
        return log;
    }

    Object read(Machine machine, ArrayValue array, int at, String path, Span span) {
        AccessLog log = log(array);
        if (log != null) {
            log.read(at, path, machine.iteration, span);
        }
        return Paths.get(array.data[at], path);
    }

    void write(Machine machine, Places.ElementRef ref, String path, Object value) {
        AccessLog log = log(ref.array());
        if (log == null) {
            ref.put(ref.array(), path, value);
            return;
        }
        log.write(ref.at(), path, machine.iteration, ref.span(), ref.unique());
        for (ArrayValue copy : log.copies()) {
            ref.put(copy, path, value);
        }
    }

    /**
     * {@code a[g(i)] op= x} on an array from outside: iterations may meet in one element as long as all of them update it with one
     * operator. They run in order, so the update can be carried out at once, on every rank's copy. False: an ordinary update.
     */
    boolean deferred(Machine machine, Places.Ref ref, TStmt.Update s, Object value) {
        Places.Ref base = ref;
        Place place = s.place();
        String path = "";
        while (base instanceof Places.ComponentRef(Places.Ref whole, int index, boolean _) && place instanceof Place.Component c) {
            path = Paths.join(index, path);
            base = whole;
            place = c.value();
        }
        String operator = s.op() == null ? "reduce=" : s.op() == TExpr.BinaryOp.SUB ? TExpr.BinaryOp.ADD.name() : s.op().name();
        if (base instanceof Places.MapRef entry && !reductions.containsKey(s.place().root())) {
            return mapUpdate(machine, entry, path, s, value, operator);
        }
        if (!(place instanceof Place.Element) || !(base instanceof Places.ElementRef element)) {
            return false;
        }
        AccessLog log = log(element.array());
        if (log == null || reductions.containsKey(s.place().root())) {
            return false;
        }
        log.update(element.at(), path, machine.iteration, operator, element.span());
        Object before = Paths.get(element.array().data[element.at()], path);
        Object after = machine.statements().places().combined(s, before, value);
        for (ArrayValue copy : log.copies()) {
            element.put(copy, path, after);
        }
        return true;
    }
}

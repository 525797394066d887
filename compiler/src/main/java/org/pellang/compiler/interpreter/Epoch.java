package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** One-sided accesses of one rank. Stores and updates are done at the end of the epoch: by rank, then in the order of the program. */
final class Epoch {
    /** A store, or an update, of an element or a component of one; {@code path} as in {@link Paths}. */
    private record Store(Span span, Var variable, int target, int at, String path, TExpr.@Nullable BinaryOp op, Type type, Object value) {}

    private final Machine machine;
    private final List<Store> stores = new ArrayList<>();

    private Epoch(Machine machine) {
        this.machine = machine;
    }

    static void run(Machine machine, TStmt.Epoch e) {
        Span site = e.span();
        machine.team.meet(machine, site, "epoch", Boolean.TRUE, all -> all);
        Epoch epoch = new Epoch(machine);
        machine.epoch = epoch;
        machine.statements().all(e.body().statements());
        machine.epoch = null;
        Team team = machine.team;
        team.meet(machine, site, "end of epoch", epoch, all -> {
            finish(team, site, all);
            return all;
        });
    }

    private static void finish(Team team, Span site, Object[] epochs) {
        Map<List<Object>, Integer> owners = new HashMap<>();
        for (int r = 0; r < epochs.length; r++) {
            for (Store s : ((Epoch) epochs[r]).stores) {
                ArrayValue array = array(team, s.target, s.variable);
                if (s.op == null) {
                    Integer other = owners.putIfAbsent(List.of(s.variable.id(), s.target, s.at, s.path), r);
                    if (other != null && other != r) {
                        throw new Trap(site, "ranks " + other + " and " + r + " put the same element of `" + s.variable.name() + "` on rank " + s.target);
                    }
                }
                Object before = Paths.get(array.data[s.at], s.path);
                Object after = s.op == null ? s.value : Arithmetic.binary(s.op, before, s.value);
                array.data[s.at] = Paths.with(array.data[s.at], s.path, Arithmetic.stored(after, s.type));
            }
        }
    }

    private static ArrayValue array(Team team, int rank, Var variable) {
        return (ArrayValue) team.machines.get(rank).get(variable, variable.span());
    }

    void store(TStmt.RemoteStore s) {
        Place place = s.place();
        String path = "";
        while (place instanceof Place.Component c) {
            path = Paths.join(c.index(), path);
            place = c.value();
        }
        Place.Element element = (Place.Element) place;
        Var variable = element.root();
        int at = position(variable, element.subscripts());
        int target = rank(s.rank());
        Object value = Values.copy(machine.eval(s.value()));
        Object given = s.op() == null ? Arithmetic.stored(value, s.place().type()) : value;
        stores.add(new Store(s.span(), variable, target, at, path, s.op(), s.place().type(), given));
    }

    Object read(TExpr.RemoteRead r) {
        TExpr element = r.element();
        String path = "";
        while (element instanceof TExpr.Component c) {
            path = Paths.join(c.index(), path);
            element = c.value();
        }
        TExpr.Element x = (TExpr.Element) element;
        Var variable = ((TExpr.Read) x.array()).variable();
        int at = position(variable, x.subscripts());
        ArrayValue array = array(machine.team, rank(r.rank()), variable);
        Object before = Values.copy(Paths.get(array.data[at], path));
        if (r.add() != null) {
            Object sum = Arithmetic.binary(TExpr.BinaryOp.ADD, before, machine.eval(r.add()));
            array.data[at] = Paths.with(array.data[at], path, sum);
        }
        return before;
    }

    private int position(Var variable, List<TExpr> subscripts) {
        long[] index = subscripts.stream().mapToLong(machine::integer).toArray();
        return ((ArrayValue) machine.get(variable, variable.span())).position(index);
    }

    private int rank(TExpr e) {
        long rank = machine.integer(e);
        if (rank < 0 || rank >= machine.team.size()) {
            throw new Trap(e.span(), "rank " + rank + " does not exist: there are ranks 0.." + (machine.team.size() - 1));
        }
        return (int) rank;
    }
}

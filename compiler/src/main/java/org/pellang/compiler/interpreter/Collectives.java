package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;

/** Collectives and channels of the explicit level. */
final class Collectives {
    private final Machine machine;

    Collectives(Machine machine) {
        this.machine = machine;
    }

    Object call(TExpr.Collective e) {
        Team team = e.team() == null ? machine.team : ((TeamValue) machine.eval(e.team())).member(machine.team, e.span());
        Object operand = e.value() == null ? Boolean.TRUE : Values.copy(machine.eval(e.value()));
        long root = e.root() == null ? 0 : machine.integer(e.root());
        if (root < 0 || root >= team.size()) {
            throw new Trap(e.span(), "root " + root + " does not exist: there are ranks 0.." + (team.size() - 1));
        }
        BinaryOperator<Object> op = e.op() == null ? (a, b) -> a : Operators.combine(machine, e.op());
        String kind = e.kind().name().toLowerCase(java.util.Locale.ROOT) + (e.root() == null ? "" : " with root " + root);
        Object result = machine.job.meet(team, machine, e.span(), kind, operand, all -> results(e, all, (int) root, op));
        return Values.copy(result);
    }

    private Object[] results(TExpr.Collective e, Object[] all, int root, BinaryOperator<Object> op) {
        int ranks = all.length;
        Object[] results = new Object[ranks];
        switch (e.kind()) {
            case BARRIER -> Arrays.fill(results, Boolean.TRUE);
            case ALLREDUCE -> Arrays.fill(results, ReductionTree.overRanks(all, op));
            case REDUCE -> {
                Arrays.fill(results, Values.zero(e.type()));
                results[root] = ReductionTree.overRanks(all, op);
            }
            case SCAN -> prefixes(all, op, results);
            case EXSCAN -> {
                Object[] inclusive = new Object[ranks];
                prefixes(all, op, inclusive);
                results[0] = identity(e.op(), e.type(), all[0]);
                System.arraycopy(inclusive, 0, results, 1, ranks - 1);
            }
            case BCAST -> Arrays.fill(results, all[root]);
            case GATHER -> {
                Type element = ((Type.Array) e.type()).element();
                Arrays.fill(results, ArrayValue.line(element, List.of()));
                results[root] = gathered(element, e, all);
            }
            case ALLGATHER -> Arrays.fill(results, gathered(((Type.Array) e.type()).element(), e, all));
            case SCATTER -> scatter(all[root], results);
            case ALLTOALL -> alltoall(all, results);
            case AGREE -> agree(e, all, results);
        }
        return results;
    }

    private Object identity(@Nullable ReduceOp op, Type type, Object like) {
        return op == null ? Values.zero(type) : Operators.identity(machine, op, type, like);
    }

    /** Hillis and Steele's order: step by step the value of the rank 1, 2, 4, ... before. */
    private static void prefixes(Object[] all, BinaryOperator<Object> op, Object[] results) {
        Object[] sums = all.clone();
        for (int step = 1; step < sums.length; step *= 2) {
            Object[] next = sums.clone();
            for (int r = step; r < sums.length; r++) {
                next[r] = op.apply(sums[r - step], sums[r]);
            }
            sums = next;
        }
        System.arraycopy(sums, 0, results, 0, sums.length);
    }

    private static ArrayValue gathered(Type element, TExpr.Collective e, Object[] all) {
        List<Object> items = new ArrayList<>();
        boolean lines = e.value() != null && e.value().type() instanceof Type.Array;
        for (Object value : all) {
            if (lines && value instanceof ArrayValue a) {
                items.addAll(List.of(a.data));
            } else {
                items.add(value);
            }
        }
        return ArrayValue.line(element, items);
    }

    private static void scatter(Object value, Object[] results) {
        int ranks = results.length;
        if (value instanceof ListValue list) {
            requireRanks(list, ranks, "scatter");
            Arrays.setAll(results, r -> list.items.get(r));
            return;
        }
        ArrayValue array = (ArrayValue) value;
        long n = array.data.length;
        Arrays.setAll(results, r -> part(array, r * n / ranks, (r + 1) * n / ranks));
    }

    private static ArrayValue part(ArrayValue array, long from, long to) {
        return ArrayValue.line(array.element, List.of(array.data).subList((int) from, (int) to));
    }

    private static void requireRanks(ListValue list, int ranks, String what) {
        if (list.items.size() != ranks) {
            throw new Trap(null, what + " of a list with " + list.items.size() + " elements on " + ranks + " ranks");
        }
    }

    private static void alltoall(Object[] all, Object[] results) {
        int ranks = all.length;
        for (int to = 0; to < ranks; to++) {
            ListValue list = new ListValue();
            List<Object> items = new ArrayList<>();
            for (Object from : all) {
                if (from instanceof ListValue l) {
                    requireRanks(l, ranks, "alltoall");
                    list.items.add(l.items.get(to));
                } else {
                    ArrayValue a = (ArrayValue) from;
                    if (a.data.length % ranks != 0) {
                        throw new Trap(null, "alltoall of " + a.data.length + " elements on " + ranks + " ranks: the length must be a multiple");
                    }
                    int block = a.data.length / ranks;
                    items.addAll(List.of(a.data).subList(to * block, (to + 1) * block));
                }
            }
            results[to] = all[0] instanceof ArrayValue first ? ArrayValue.line(first.element, items) : list;
        }
    }

    private void agree(TExpr.Collective e, Object[] all, Object[] results) {
        for (int r = 1; r < all.length; r++) {
            if (!Values.identical(all[0], all[r])) {
                throw new Trap(e.span(), "agree: rank " + r + " has " + Show.show(machine.job.library, all[r]) + " where rank 0 has "
                        + Show.show(machine.job.library, all[0]));
            }
        }
        System.arraycopy(all, 0, results, 0, all.length);
    }

    Object channel(TExpr.ChannelOp e) {
        ChannelValue channel = (ChannelValue) machine.eval(e.channel());
        return switch (e.kind()) {
            case SEND, ISEND -> {
                Object message = e.message() == null ? Boolean.TRUE : Values.copy(machine.eval(e.message()));
                channel.check(message, e.span());
                machine.job.send(machine.team, channel.declaration(), machine.team.number(machine), peer(e), message);
                yield e.kind() == TExpr.ChannelKind.SEND ? Boolean.TRUE : new RequestValue();
            }
            case RECV -> {
                int source = peer(e);
                RequestValue request = post(channel, source, new RequestValue(null, null));
                machine.job.await(machine, request, "recv from rank " + source + " at " + e.span());
                yield request.take() instanceof Object message ? message : Boolean.TRUE;
            }
            case IRECV -> {
                Place place = java.util.Objects.requireNonNull(Place.of(e.message() == null ? e.channel() : e.message()));
                yield post(channel, peer(e), new RequestValue(machine.statements().places().ref(place), place.type()));
            }
            case RECV_ANY -> new StructValue(e.type(), machine.job.receiveAny(machine, e.span(), channel.declaration()));
        };
    }

    private RequestValue post(ChannelValue channel, int source, RequestValue request) {
        machine.job.post(machine.team, channel.declaration(), source, machine.team.number(machine), request);
        return request;
    }

    private int peer(TExpr.ChannelOp e) {
        long peer = e.peer() == null ? -1 : machine.integer(e.peer());
        if (peer < 0 || peer >= machine.team.size()) {
            throw new Trap(e.span(), "rank " + peer + " does not exist: there are ranks 0.." + (machine.team.size() - 1));
        }
        return (int) peer;
    }
}

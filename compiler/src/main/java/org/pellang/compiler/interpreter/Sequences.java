package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;

/** Sequential iteration over a domain, or over the elements of an array, list or string. */
final class Sequences {
    private Sequences() {}

    /** Body of a sequential loop: number of the iteration among all (filtered ones included), and its index. */
    interface Body {
        void run(int number, long[] index);
    }

    static void each(Machine machine, Iteration iteration, Body body) {
        if (iteration.space() instanceof TExpr.Range r && descends(iteration)) {
            descending(machine, iteration, r, body);
            return;
        }
        Object space = machine.eval(iteration.space());
        int[] number = {0};
        if (space instanceof IndexSet set) {
            set.forEach(index -> {
                int n = number[0]++;
                if (machine.bind(iteration, index)) {
                    body.run(n, index);
                }
            });
            return;
        }
        for (Object element : elements(machine, space, iteration)) {
            int n = number[0]++;
            if (machine.bind(iteration, element)) {
                body.run(n, new long[] {n});
            }
        }
    }

    /** Whether the loop counts down: {@code a..b by -k}. */
    static boolean descends(Iteration iteration) {
        return iteration.space() instanceof TExpr.Range r && step(r) < 0;
    }

    /** The index of an iteration of a loop that counts down. */
    static long index(Machine machine, Iteration iteration, long number) {
        TExpr.Range r = (TExpr.Range) iteration.space();
        return machine.integer(r.low()) + number * step(r);
    }

    private static long step(TExpr.Range r) {
        return r.step() instanceof TExpr.Constant c && c.value() instanceof Long step ? step : 1;
    }

    /** {@code a..b by -k} counts down. */
    private static void descending(Machine machine, Iteration iteration, TExpr.Range r, Body body) {
        long from = machine.integer(r.low());
        long high = machine.integer(r.high());
        long last = r.open() ? high + 1 : high;
        int number = 0;
        for (long i = from; i >= last; i += step(r)) {
            long[] index = {i};
            int n = number++;
            if (machine.bind(iteration, index)) {
                body.run(n, index);
            }
        }
    }

    /** The elements in order, as they are when the loop starts. */
    private static List<Object> elements(Machine machine, Object space, Iteration iteration) {
        return switch (space) {
            case ArrayValue a -> machine.expressions().wholeArray(a, iteration.span());
            case ListValue l -> new ArrayList<>(l.items);
            case MapValue m -> {
                org.pellang.compiler.sema.type.Type pair = ((org.pellang.compiler.sema.type.Type.MapOf) iteration.space().type()).pair();
                List<Object> pairs = new ArrayList<>();
                new MapFunctions(machine).entries(m, iteration.span()).forEach(e -> pairs.add(new StructValue(pair, e.getKey(), e.getValue())));
                yield pairs;
            }
            case String s -> s.codePoints().mapToObj(c -> (Object) Character.toString(c)).toList();
            default -> throw new InterpreterFault(InterpreterFault.Kind.TREE, iteration.span(), "no sequence: " + space);
        };
    }
}

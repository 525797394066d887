package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;

/** Polymorphic functions of lists and of local arrays with one axis; arrays among their results run over 0..n-1. */
final class LineFunctions {
    private final Machine machine;

    LineFunctions(Machine machine) {
        this.machine = machine;
    }

    Object call(TExpr.IntrinsicCall e) {
        List<Object> args = new ArrayList<>();
        Runnable done = () -> {};
        for (TExpr argument : e.arguments()) {
            if (e.intrinsic() == Intrinsic.SORT && args.isEmpty()) {
                Places.Changing place = machine.statements().places().changing(argument);
                done = place.done();
                args.add(place.value());
            } else {
                args.add(machine.eval(argument));
            }
        }
        return switch (e.intrinsic()) {
            case MERGE -> merge(e, (ListValue) args.getFirst());
            case SEARCH -> (long) search(items(args.getFirst()), args.get(1));
            case SPLIT_AT -> split((ArrayValue) args.getFirst(), items(args.get(1)));
            case ZIP -> zip(e, items(args.getFirst()), items(args.get(1)));
            case ENUMERATE -> enumerate(e, items(args.getFirst()));
            case ARGSORT -> ArrayValue.line(Type.Scalar.INT, order(args).map(k -> (Object) (long) k).toList());
            case SORT -> {
                List<Object> after = order(args).mapToObj(items(args.getFirst()));
                if (args.getFirst() instanceof ListValue list) {
                    list.items.clear();
                    list.items.addAll(after);
                } else {
                    after.toArray(((ArrayValue) args.getFirst()).data);
                }
                done.run();
                yield Boolean.TRUE;
            }
            default -> {
                List<Object> items = items(args.getFirst());
                List<Object> result = switch (e.intrinsic()) {
                    case REVERSED -> items.reversed();
                    case DISTINCT -> distinct(items);
                    default -> order(args).mapToObj(items);
                };
                List<Object> copies = result.stream().map(Values::copy).toList();
                yield args.getFirst() instanceof ArrayValue a ? ArrayValue.line(a.element, copies) : ListValue.of(copies);
            }
        };
    }

    private static List<Object> items(Object line) {
        return line instanceof ListValue list ? List.copyOf(list.items) : List.of(((ArrayValue) line).data);
    }

    private record Order(List<Integer> positions) {
        List<Object> mapToObj(List<Object> items) {
            return positions.stream().map(items::get).toList();
        }

        java.util.stream.Stream<Object> map(java.util.function.IntFunction<Object> f) {
            return positions.stream().map(f::apply);
        }
    }

    /** Positions in ascending order of the elements, or of what the second argument makes of them; stable. */
    private Order order(List<Object> args) {
        List<Object> items = items(args.getFirst());
        List<Object> keys = new ArrayList<>(items);
        if (args.size() > 1) {
            FunctionValue by = (FunctionValue) args.get(1);
            keys.replaceAll(item -> {
                List<Object> arguments = new ArrayList<>(List.of(by.captured()));
                arguments.add(item);
                return machine.call(by.function(), arguments.toArray());
            });
        }
        return new Order(IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparing(keys::get, Values::compare))
                .toList());
    }

    private static List<Object> distinct(List<Object> items) {
        List<Object> found = new ArrayList<>();
        for (Object item : items) {
            if (found.stream().noneMatch(f -> Values.identical(f, item))) {
                found.add(item);
            }
        }
        return found;
    }

    private static Object merge(TExpr.IntrinsicCall e, ListValue parts) {
        if (parts.items.isEmpty()) {
            throw new Trap(e.span(), "merge of no arrays");
        }
        List<Object> all = new ArrayList<>();
        parts.items.forEach(p -> all.addAll(items(p)));
        all.sort(Values::compare);
        return ArrayValue.line(((ArrayValue) parts.items.getFirst()).element, all);
    }

    private static int search(List<Object> items, Object x) {
        int at = 0;
        while (at < items.size() && Values.compare(items.get(at), x) < 0) {
            at++;
        }
        return at;
    }

    private static ListValue split(ArrayValue array, List<Object> pivots) {
        ListValue parts = new ListValue();
        List<Object> items = items(array);
        int from = 0;
        for (Object pivot : pivots) {
            int to = search(items, pivot);
            if (to < from) {
                throw new Trap(null, "split_at: the pivots do not ascend");
            }
            parts.items.add(ArrayValue.line(array.element, items.subList(from, to)));
            from = to;
        }
        parts.items.add(ArrayValue.line(array.element, items.subList(from, items.size())));
        return parts;
    }

    private static Object zip(TExpr.IntrinsicCall e, List<Object> a, List<Object> b) {
        if (a.size() != b.size()) {
            throw new Trap(e.span(), "zip of arrays with " + a.size() + " and " + b.size() + " elements");
        }
        Type element = ((Type.Array) e.type()).element();
        return ArrayValue.line(
                element, IntStream.range(0, a.size()).mapToObj(k -> new StructValue(element, a.get(k), b.get(k))).toList());
    }

    private static Object enumerate(TExpr.IntrinsicCall e, List<Object> a) {
        Type element = ((Type.Array) e.type()).element();
        return ArrayValue.line(
                element, IntStream.range(0, a.size()).mapToObj(k -> new StructValue(element, (long) k, a.get(k))).toList());
    }
}

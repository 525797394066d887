package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;

/** Maps: making, reading, {@code has remove len top}. */
final class MapFunctions {
    private final Machine machine;

    MapFunctions(Machine machine) {
        this.machine = machine;
    }

    /** In uniform code all ranks together look at a spread map. */
    private Object together(MapValue map, Span at, String what, Supplier<Object> action) {
        return map.shared && machine.loop == null ? Shared.once(machine, at, what, action) : action.get();
    }

    MapValue make(TExpr.MapNew e) {
        boolean shared = ((Type.MapOf) e.type()).distributed();
        Object from = e.entries() == null ? null : machine.eval(e.entries());
        Supplier<Object> make = () -> filled(from, shared);
        if (shared) {
            return (MapValue) Shared.once(machine, e.span(), "map", make);
        }
        if (from instanceof MapValue m && m.shared && machine.loop == null) {
            return (MapValue) machine.job.meet(machine, e.span(), "map", Boolean.TRUE, operands -> {
                Object[] own = new Object[operands.length];
                java.util.Arrays.setAll(own, r -> filled(from, false));
                return own;
            });
        }
        return filled(from, false);
    }

    private static MapValue filled(@Nullable Object from, boolean shared) {
        MapValue map = new MapValue(shared);
        switch (from) {
            case null -> {}
            case MapValue m -> m.entries.forEach((key, value) -> map.entries.put(key, Values.copy(value)));
            case ListValue l -> l.items.forEach(pair -> put(map, pair));
            default -> List.of(((ArrayValue) from).data).forEach(pair -> put(map, pair));
        }
        return map;
    }

    private static void put(MapValue map, Object pair) {
        Object[] parts = ((StructValue) pair).parts();
        map.entries.put(parts[0], Values.copy(parts[1]));
    }

    /** The value of a key, or the zero of {@code type}. */
    Object get(MapValue map, Object key, Type type, Span at) {
        DividedLoop loop = machine.loop;
        if (loop != null) {
            loop.mapRead(machine, map, key, at);
        }
        return together(map, at, "entry", () -> {
            Object value = map.entries.get(key);
            return value == null ? Values.zero(type) : value;
        });
    }

    Object call(TExpr.IntrinsicCall e) {
        List<TExpr> args = e.arguments();
        Places.Changing place = e.intrinsic() == org.pellang.compiler.sema.typed.Intrinsic.REMOVE
                ? machine.statements().places().changing(args.getFirst())
                : new Places.Changing(machine.eval(args.getFirst()), () -> {});
        MapValue map = (MapValue) place.value();
        return switch (e.intrinsic()) {
            case HAS -> {
                Object key = machine.eval(args.get(1));
                whole(map, e.span());
                yield together(map, e.span(), "has", () -> map.entries.containsKey(key));
            }
            case REMOVE -> {
                Object key = machine.eval(args.get(1));
                if (machine.loop != null && machine.loop.knownMap(map)) {
                    throw new InterpreterFault(InterpreterFault.Kind.OUTER_CHANGE, e.span(), "an iteration removes from a map that is not its own");
                }
                Object removed = together(map, e.span(), "remove", () -> {
                    map.entries.remove(key);
                    return Boolean.TRUE;
                });
                place.done().run();
                yield removed;
            }
            case TOP -> {
                long count = machine.integer(args.get(1));
                if (count < 0) {
                    throw new Trap(e.span(), "top of " + count + " entries");
                }
                whole(map, e.span());
                yield array(e, together(map, e.span(), "top", () -> best(map, count)));
            }
            case ENTRIES -> array(e, entries(map, e.span()));
            default -> throw new IllegalStateException("no function of maps: " + e.intrinsic());
        };
    }

    /** All entries as a list of key and value, in ascending order of the keys. */
    List<Map.Entry<Object, Object>> entries(MapValue map, Span at) {
        whole(map, at);
        @SuppressWarnings("unchecked")
        List<Map.Entry<Object, Object>> all = (List<Map.Entry<Object, Object>>) together(map, at, "entries", () -> snapshot(map));
        return all;
    }

    private static List<Map.Entry<Object, Object>> snapshot(MapValue map) {
        List<Map.Entry<Object, Object>> all = new ArrayList<>();
        map.entries.forEach((key, value) -> all.add(Map.entry(key, value)));
        return all;
    }

    private static List<Map.Entry<Object, Object>> best(MapValue map, long count) {
        List<Map.Entry<Object, Object>> all = snapshot(map);
        Comparator<Map.Entry<Object, Object>> order = (a, b) -> Values.compare(b.getValue(), a.getValue());
        all.sort(order); // stable: equal values stay in ascending order of the keys
        return all.subList(0, (int) Math.min(count, all.size()));
    }

    private static ArrayValue array(TExpr.IntrinsicCall e, Object entries) {
        Type pair = ((Type.Array) e.type()).element();
        List<Object> pairs = new ArrayList<>();
        for (Object entry : (List<?>) entries) {
            Map.Entry<?, ?> x = (Map.Entry<?, ?>) entry;
            pairs.add(new StructValue(pair, x.getKey(), Values.copy(x.getValue())));
        }
        return ArrayValue.line(pair, pairs);
    }

    /** Reading all of a map counts as reading every key. */
    void whole(MapValue map, Span at) {
        if (machine.loop != null) {
            machine.loop.mapRead(machine, map, null, at);
        }
    }

    Long size(MapValue map, Span at) {
        whole(map, at);
        return (Long) together(map, at, "len", () -> (long) map.entries.size());
    }
}

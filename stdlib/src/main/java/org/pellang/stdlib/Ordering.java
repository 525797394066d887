package org.pellang.stdlib;

import java.lang.reflect.RecordComponent;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.value.PelList;

/**
 * The order in which the library sorts: ints and floats by size (-0.0 before 0.0, NaN last), strings by code points, false before
 * true, tuples and records field by field, lists element by element.
 */
final class Ordering {
    private Ordering() {}

    static int compare(Object a, Object b) {
        return switch (a) {
            case Long x -> b instanceof Double y ? Double.compare(x, y) : Long.compare(x, (Long) b);
            case Double x -> Double.compare(x, ((Number) b).doubleValue());
            case Float x -> Float.compare(x, ((Number) b).floatValue());
            case Boolean x -> Boolean.compare(x, (Boolean) b);
            case String x -> Text.compare(x, (String) b);
            case Record x -> rows(x, (Record) b);
            case PelList<?> x -> lists(x, (PelList<?>) b);
            default -> throw new PelTrap("values of this type have no order: " + Format.show(a));
        };
    }

    private static int rows(Record a, Record b) {
        for (RecordComponent component : a.getClass().getRecordComponents()) {
            int order = compare(Show.component(a, component), Show.component(b, component));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int lists(PelList<?> a, PelList<?> b) {
        long common = Math.min(a.size(), b.size());
        for (long i = 0; i < common; i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Long.compare(a.size(), b.size());
    }
}

package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** The replicated arrays that exist when a divided loop begins; copies of one array are found under one name on each rank. */
final class KnownArrays {
    private final Map<String, List<ArrayValue>> byName = new HashMap<>();
    private final Map<String, List<MapValue>> mapsByName = new HashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    void collect(Machine machine) {
        seen.clear();
        slots("g", machine.globals.values());
        if (machine.frame != machine.globals) {
            slots("f", machine.frame.values());
        }
    }

    private void slots(String prefix, @Nullable Object[] slots) {
        for (int v = 0; v < slots.length; v++) {
            value(prefix + v, slots[v]);
        }
    }

    private void value(String name, @Nullable Object value) {
        switch (value) {
            case ArrayValue a -> {
                if (!a.shared() && seen.add(a)) {
                    byName.computeIfAbsent(name, n -> new ArrayList<>()).add(a);
                }
            }
            case MapValue m -> {
                if (seen.add(m)) {
                    mapsByName.computeIfAbsent(name, n -> new ArrayList<>()).add(m);
                }
            }
            case StructValue s -> {
                for (int k = 0; k < s.parts().length; k++) {
                    value(name + "." + k, s.parts()[k]);
                }
            }
            case ListValue l -> {
                for (int k = 0; seen.add(l) && k < l.items.size(); k++) {
                    value(name + "#" + k, l.items.get(k));
                }
            }
            case null, default -> {
                // holds no array
            }
        }
    }

    /** The same for maps. */
    List<List<MapValue>> maps(int ranks) {
        List<List<MapValue>> all = new ArrayList<>();
        for (List<MapValue> copies : mapsByName.values()) {
            if (copies.size() == ranks && !copies.getFirst().shared) {
                all.add(copies);
            } else {
                copies.forEach(c -> all.add(List.of(c)));
            }
        }
        return all;
    }

    /** For each array its copies on all ranks; an array that only some ranks have stands alone. */
    List<ArrayValue[]> copies(int ranks) {
        List<ArrayValue[]> all = new ArrayList<>();
        for (List<ArrayValue> copies : byName.values()) {
            boolean everywhere = copies.size() == ranks;
            for (ArrayValue copy : copies) {
                everywhere &= copy.domain.sameExtents(copies.getFirst().domain);
            }
            if (everywhere) {
                all.add(copies.toArray(ArrayValue[]::new));
            } else {
                copies.forEach(c -> all.add(new ArrayValue[] {c}));
            }
        }
        return all;
    }
}

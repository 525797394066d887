package org.pellang.compiler.interpreter;

import java.util.Map;
import java.util.TreeMap;

/** A map in ascending order of its keys. {@code shared}: {@code dist hash}, the one object that all ranks see. */
final class MapValue {
    final TreeMap<Object, Object> entries = new TreeMap<>(Values::compare);
    final boolean shared;

    MapValue(boolean shared) {
        this.shared = shared;
    }

    /** A map with copies of these entries. */
    static MapValue of(boolean shared, Map<Object, Object> entries) {
        MapValue map = new MapValue(shared);
        entries.forEach((key, value) -> map.entries.put(key, Values.copy(value)));
        return map;
    }
}

package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.List;

/** A growable list. */
final class ListValue {
    final ArrayList<Object> items = new ArrayList<>();

    static ListValue of(List<Object> items) {
        ListValue list = new ListValue();
        list.items.addAll(items);
        return list;
    }

    int index(long i) {
        if (i < 0 || i >= items.size()) {
            throw new Trap(null, "index " + i + " outside 0..<" + items.size() + " of a list");
        }
        return (int) i;
    }
}

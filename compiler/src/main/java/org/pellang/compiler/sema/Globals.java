package org.pellang.compiler.sema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** The top-level names of a program: functions, operators and records everywhere, variables from their declaration on. */
final class Globals {
    private final Map<String, Symbol> names = new LinkedHashMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Span> later = new HashMap<>();
    private int declared;

    @Nullable Symbol get(String name) {
        return names.get(name);
    }

    /** Where a name stands that is declared further down, or null. */
    @Nullable Span later(String name) {
        return names.containsKey(name) ? null : later.get(name);
    }

    void put(String name, Symbol symbol) {
        names.put(name, symbol);
    }

    void announce(String name, Span span) {
        later.putIfAbsent(name, span);
    }

    void declare(Var var) {
        names.put(var.name(), new Symbol.Variable(var));
        order.put(var.name(), declared++);
    }

    /** How many variables are declared so far. */
    int declared() {
        return declared;
    }

    /** The place of a variable in the order of declarations. */
    int order(String name) {
        return order.getOrDefault(name, 0);
    }

    Iterable<String> all() {
        return names.keySet();
    }
}

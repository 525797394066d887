package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/**
 * The top-level names of all files: functions, operators and records everywhere, variables from their declaration on. Each file has names of its own; it sees
 * those, then the names of the modules that it uses.
 */
final class Globals {
    private final Modules modules;
    private final Map<String, Map<SourceFile, Symbol>> names = new LinkedHashMap<>();
    private final Map<Var, Integer> order = new HashMap<>();
    private final Map<String, Map<SourceFile, Span>> later = new HashMap<>();
    private SourceFile current;
    private int declared;

    Globals(Modules modules) {
        this.modules = modules;
        this.current = modules.files().getLast().file();
    }

    /** From now on names are those that {@code file} sees. */
    void enter(SourceFile file) {
        current = file;
    }

    /** What {@code work} gives where names are those that {@code file} sees. */
    <T> T in(SourceFile file, Supplier<T> work) {
        SourceFile outer = current;
        current = file;
        try {
            return work.get();
        } finally {
            current = outer;
        }
    }

    /** What the name means in this file; of several modules that declare it the first. */
    @Nullable Symbol get(String name) {
        Symbol own = own(name);
        List<Symbol> used = own == null ? used(name) : List.of();
        return own != null ? own : used.isEmpty() ? null : used.getFirst();
    }

    /** What this file itself declares, or null. */
    @Nullable Symbol own(String name) {
        return names.getOrDefault(name, Map.of()).get(current);
    }

    /** What the modules declare that this file uses, if it declares nothing of that name itself. */
    List<Symbol> used(String name) {
        List<Symbol> found = new ArrayList<>();
        names.getOrDefault(name, Map.of()).forEach((file, symbol) -> {
            if (file != current && modules.sees(current, file)) {
                found.add(symbol);
            }
        });
        return found;
    }

    /** What a file declares that this one does not see, or null. */
    @Nullable Symbol elsewhere(String name) {
        return names.getOrDefault(name, Map.of()).values().stream().findFirst().orElse(null);
    }

    /** What a module that this file uses declares, or null. */
    @Nullable Symbol of(String module, String name) {
        for (Map.Entry<SourceFile, Symbol> e : names.getOrDefault(name, Map.of()).entrySet()) {
            if (modules.declares(module, e.getKey()) && modules.sees(current, e.getKey())) {
                return e.getValue();
            }
        }
        return null;
    }

    /** Where a name stands that this file declares further down, or null. */
    @Nullable Span later(String name) {
        return own(name) != null ? null : later.getOrDefault(name, Map.of()).get(current);
    }

    void put(String name, Symbol symbol) {
        names.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(current, symbol);
    }

    void announce(String name, Span span) {
        later.computeIfAbsent(name, n -> new HashMap<>()).putIfAbsent(current, span);
    }

    void declare(Var var) {
        put(var.name(), new Symbol.Variable(var));
        order.put(var, declared++);
    }

    /** How many variables are declared so far. */
    int declared() {
        return declared;
    }

    /** The place of a variable in the order of declarations. */
    int order(Var var) {
        return order.getOrDefault(var, 0);
    }

    /** The names that this file sees. */
    List<String> all() {
        return names.keySet().stream().filter(n -> get(n) != null).toList();
    }
}

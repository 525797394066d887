package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ExternFunction;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Parser;
import org.pellang.compiler.syntax.Program;
import org.pellang.compiler.syntax.TypeSyntax;

/** What the standard library declares: {@code extern java} functions by name, with overloads. */
final class Library {
    private static final List<String> KNOWN_TO_CHECKER =
            List.of("math", "random", "text", "stats", "sorting", "arrays", "io", "plot", "time");

    private final Map<String, Symbol.Library> byName = new LinkedHashMap<>();
    private final Set<String> modules = new LinkedHashSet<>(KNOWN_TO_CHECKER);

    private Library() {}

    /** Reads the declarations of all modules. */
    static Library load(ModuleSource source) {
        Library library = new Library();
        for (String module : source.standardModules()) {
            library.modules.add(module);
            SourceFile file = source.find(module);
            if (file != null) {
                library.add(module, Parser.parse(file, new Diagnostics()));
            }
        }
        return library;
    }

    private void add(String module, Program program) {
        for (Item item : program.items()) {
            if (item instanceof Item.Extern e) {
                e.functions().forEach(f -> add(module, e.className(), f));
            }
        }
    }

    private void add(String module, String className, Item.ExternFunction f) {
        String name = f.name().name();
        List<Type> params = new ArrayList<>();
        f.params().forEach(p -> params.add(type(p.type())));
        ExternFunction function = new ExternFunction(
                name, className, camel(name), params, type(f.result()), !f.pure(), f.pure());
        List<String> names = f.params().stream().map(p -> p.name().name()).toList();
        byName.computeIfAbsent(name, n -> new Symbol.Library(n, new ArrayList<>()))
                .overloads()
                .add(new LibraryFunction(function, names, module));
    }

    /** {@code starts_with} is Java's {@code startsWith}. */
    static String camel(String name) {
        StringBuilder text = new StringBuilder();
        boolean up = false;
        for (char c : name.toCharArray()) {
            if (c != '_') {
                text.append(up ? Character.toUpperCase(c) : c);
            }
            up = c == '_';
        }
        return text.toString();
    }

    private static Type type(@Nullable TypeSyntax syntax) {
        return switch (syntax) {
            case null -> Type.Scalar.VOID;
            case TypeSyntax.Named n -> {
                Type scalar = Types.scalar(n.name());
                yield scalar == null ? Type.Scalar.ERROR : scalar;
            }
            case TypeSyntax.Array a -> new Type.Array(type(a.element()), a.extents().size(), Distribution.LOCAL);
            case TypeSyntax.Tuple t -> new Type.Tuple(t.elements().stream().map(Library::type).toList());
            case TypeSyntax.ListOf l -> new Type.ListOf(type(l.element()));
            case TypeSyntax.Function f -> new Type.Function(f.params().stream().map(Library::type).toList(), type(f.result()));
            case TypeSyntax.MapOf m -> Type.Scalar.ERROR;
            case TypeSyntax.Future f -> Type.Scalar.ERROR;
            case TypeSyntax.Channel c -> Type.Scalar.ERROR;
            case TypeSyntax.Missing m -> Type.Scalar.ERROR;
        };
    }

    Symbol.@Nullable Library find(String name) {
        return byName.get(name);
    }

    /** The functions of that name that one module declares, or null. */
    @Nullable Symbol inModule(String module, String name) {
        Symbol.Library all = byName.get(name);
        if (all == null) {
            return null;
        }
        List<LibraryFunction> own = all.overloads().stream().filter(f -> f.module().equals(module)).toList();
        return own.isEmpty() ? null : new Symbol.Library(name, own);
    }

    Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    Set<String> modules() {
        return Collections.unmodifiableSet(modules);
    }
}

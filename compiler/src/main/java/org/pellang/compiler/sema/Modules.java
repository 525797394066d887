package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Parser;
import org.pellang.compiler.syntax.Program;

/**
 * The files of a program: the main one and the modules that it uses, each once, what is used before what uses it. A file sees its own names, those of the modules
 * that it uses, and those of the standard library.
 */
final class Modules {
    private final ModuleSource source;
    private final Set<String> standard;
    private final Diagnostics diagnostics;
    private final Map<String, Program> loaded = new LinkedHashMap<>();
    /** Of the files so far. */
    private int lines;
    private final List<Program> order = new ArrayList<>();
    private final Map<SourceFile, Set<SourceFile>> uses = new HashMap<>();
    private final Map<String, Set<SourceFile>> byName = new HashMap<>();
    /** Files whose modules are being loaded, with the word that asked for the next one. */
    private final Map<String, Span> open = new LinkedHashMap<>();

    private Modules(ModuleSource source, Set<String> standard, Diagnostics diagnostics) {
        this.source = source;
        this.standard = standard;
        this.diagnostics = diagnostics;
    }

    /** Loads what {@code main} uses. */
    static Modules load(Program main, ModuleSource source, Set<String> standard, Diagnostics diagnostics) {
        Modules modules = new Modules(source, standard, diagnostics);
        modules.lines = main.file().lines();
        modules.file(main);
        return modules;
    }

    /** The files in the order in which their statements run; the main file is the last. */
    List<Program> files() {
        return order;
    }

    /** Whether some file uses a module of this name (its last part). */
    boolean isModule(String name) {
        return byName.containsKey(name);
    }

    /** Whether a module declares what stands in {@code file}. */
    boolean declares(String module, SourceFile file) {
        return byName.getOrDefault(module, Set.of()).contains(file);
    }

    /** The name of the module that a file is, or null if it is the main one. */
    @Nullable String nameOf(SourceFile file) {
        return byName.entrySet().stream().filter(e -> e.getValue().contains(file)).map(Map.Entry::getKey).findFirst().orElse(null);
    }

    /** Whether names that are declared in one file are visible in another. */
    boolean sees(SourceFile from, SourceFile declared) {
        return from == declared || uses.getOrDefault(from, Set.of()).contains(declared) || !uses.containsKey(declared) || !uses.containsKey(from);
    }

    private void file(Program program) {
        uses.put(program.file(), new LinkedHashSet<>());
        for (Item item : program.items()) {
            if (item instanceof Item.Use use) {
                for (Expr.Ident module : use.modules()) {
                    if (!standard.contains(module.name())) {
                        open.put(program.file().name(), module.span());
                        use(module, program.file());
                        open.remove(program.file().name());
                    }
                }
            }
        }
        order.add(program);
    }

    private void use(Expr.Ident module, SourceFile from) {
        ModuleSource.UserModule found = source.user(module.name(), from);
        if (found.files().isEmpty()) {
            diagnostics.add(unknown(module, from, found.problem()));
            return;
        }
        String name = module.name().substring(module.name().lastIndexOf('.') + 1);
        for (SourceFile file : found.files()) {
            if (open.containsKey(file.name())) {
                diagnostics.add(cycle(module, file));
                continue;
            }
            Program known = loaded.get(file.name());
            if (known == null) {
                known = Parser.parse(file.after(lines), diagnostics);
                lines += file.lines();
                loaded.put(file.name(), known);
                header(known, module, found.files().size() > 1);
                file(known);
            }
            uses.computeIfAbsent(from, f -> new LinkedHashSet<>()).add(known.file());
            byName.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(known.file());
        }
    }

    private void header(Program program, Expr.Ident module, boolean folder) {
        String header = program.module();
        String file = program.file().name().replaceFirst("\\.pel$", "").replace('\\', '/').replace('/', '.');
        if (header == null || ("." + file).endsWith("." + header)) {
            return;
        }
        int at = Math.max(0, program.file().text().indexOf(header));
        diagnostics.add(Diagnostic.error("PEL0903", new Span(program.file(), at, at + header.length()), "this file is not the module `" + header + "`")
                .under("its name is `" + file.substring(file.lastIndexOf('.') + 1) + "`")
                .label(module.span(), folder ? "a file of this folder" : "used here")
                .note("the name after `module` is the name of the file, with those of its folders in front if you like"));
    }

    private Diagnostic cycle(Expr.Ident module, SourceFile file) {
        Diagnostic d = Diagnostic.error("PEL0904", module.span(), "the modules use each other in a circle")
                .under("`" + file.name() + "` is being loaded");
        boolean inside = false;
        for (Map.Entry<String, Span> e : open.entrySet()) {
            inside |= e.getKey().equals(file.name());
            if (inside && !e.getValue().equals(module.span())) {
                d = d.label(e.getValue(), "used here");
            }
        }
        return d.note("the statements of a module run before those of the files that use it; move what both need into a third module");
    }

    private Diagnostic unknown(Expr.Ident module, SourceFile from, String problem) {
        List<String> all = new ArrayList<>(standard);
        all.addAll(source.userModules(from));
        String near = Suggest.nearest(module.name(), all);
        Diagnostic d = Diagnostic.error("PEL0901", module.span(), "unknown module `" + module.name() + "`");
        return near == null
                ? d.under(problem.isEmpty() ? "not a module of the standard library" : problem)
                : d.under("did you mean `" + near + "`?").fix("replace it by `" + near + "`", module.span(), near);
    }

    /** The message for a name that stands in a module which the file does not use. */
    static Diagnostic unseen(String what, String name, Span at, Span declared) {
        return Diagnostic.error("PEL0101", at, "unknown " + what + " `" + name + "`")
                .under("not visible in this file")
                .label(declared, "declared in a module that this file does not use")
                .note("`use` the module in `" + declared.file().name() + "`, too");
    }
}

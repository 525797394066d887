package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Program;
import org.pellang.compiler.syntax.Stmt;

/**
 * Resolves names, types expressions and specialises functions: the syntax tree becomes the typed tree. User's errors go to the
 * diagnostics; after an error the tree holds {@link org.pellang.compiler.sema.typed.TExpr.Bad} and must not be run.
 */
public final class Checker {
    private final Session s;
    private final Program program;
    private final Frame top = new Frame(Frame.Kind.TOP, null, null, Integer.MAX_VALUE);
    private final Scope scope = Scope.of(top);
    private final List<Symbol.Function> functions = new ArrayList<>();

    private final boolean exporting;

    private Checker(Program program, Session session, boolean exporting) {
        this.program = program;
        this.s = session;
        this.exporting = exporting;
    }

    /** Checks a program; never throws for a user's error. */
    public static TypedProgram check(Program program, ModuleSource modules, Diagnostics diagnostics) {
        return check(program, modules, diagnostics, false);
    }

    /** The same; {@code exporting}: with the functions that Java may call. */
    public static TypedProgram check(Program program, ModuleSource modules, Diagnostics diagnostics, boolean exporting) {
        return check(program, Library.load(modules), modules, diagnostics, exporting);
    }

    /** The same, with a standard library that has been read. */
    public static TypedProgram check(Program program, KnownLibrary library, ModuleSource modules, Diagnostics diagnostics, boolean exporting) {
        return check(program, library.get(), modules, diagnostics, exporting);
    }

    private static TypedProgram check(Program program, Library library, ModuleSource modules, Diagnostics diagnostics, boolean exporting) {
        Modules files = Modules.load(program, modules, library.modules(), diagnostics);
        Checker checker = new Checker(program, new Session(library, files, modules, diagnostics), exporting);
        return DeepStack.run(checker::run);
    }

    private TypedProgram run() {
        TopLevel names = new TopLevel(s, functions);
        for (Program file : s.modules.files()) {
            s.globals.enter(file.file());
            names.declare(file.items(), scope);
        }
        List<TStmt> body = new ArrayList<>();
        for (Program file : s.modules.files()) {
            s.globals.enter(file.file());
            for (Item item : file.items()) {
                if (item instanceof Stmt statement) {
                    s.statements.check(statement, scope, body);
                }
            }
        }
        List<TypedProgram.TTest> tests = new ArrayList<>();
        TestBlocks blocks = new TestBlocks(s);
        Map<String, Item.Test> seen = new LinkedHashMap<>();
        for (Item item : program.items()) {
            if (item instanceof Item.Test test) {
                blocks.check(test, seen, tests);
            }
        }
        s.instances.finish();
        List<Symbol.Function> unused = functions.stream().filter(f -> !f.used).toList();
        unused.forEach(f -> s.instances.unused(f, top));
        if (!exporting) {
            unused.stream().filter(this::isMain).forEach(f -> s.report(neverCalled(f)));
        }
        List<TypedProgram.TExport> exports = exporting ? exports() : List.of();
        return new TypedProgram(
                program.file(),
                s.modules.files().stream().map(Program::file).filter(f -> f != program.file()).toList(),
                program.doc(),
                List.copyOf(s.configs),
                List.copyOf(s.records),
                s.functions.stream().filter(Objects::nonNull).toList(),
                List.copyOf(body),
                List.copyOf(tests),
                exports);
    }

    private boolean isMain(Symbol.Function f) {
        return f.name.name().equals("main") && f.params.isEmpty() && f.name.span().file() == program.file();
    }

    private static Diagnostic neverCalled(Symbol.Function main) {
        Span end = new Span(main.name.span().file(), main.name.span().file().text().length(), main.name.span().file().text().length());
        return Diagnostic.warning("PEL0017", main.name.span(), "`main` is never called")
                .under("a function like others")
                .note("a program runs its statements from top to bottom; there is no function that it starts with")
                .fix("call it", end, (main.name.span().file().text().endsWith("\n") ? "" : "\n") + "main()\n");
    }

    /** The functions of the main file whose name does not begin with {@code _}. */
    private List<TypedProgram.TExport> exports() {
        List<TypedProgram.TExport> exports = new ArrayList<>();
        for (Item item : program.items()) {
            if (item instanceof Item.Function f && !f.name().name().startsWith("_")
                    && s.globals.get(f.name().name()) instanceof Symbol.Function symbol && symbol.name.span().equals(f.name().span())) {
                Functions.Instance instance = s.instances.written(symbol, top);
                exports.add(new TypedProgram.TExport(f.name().name(), instance == null ? OptionalInt.empty() : OptionalInt.of(instance.id), f.doc()));
            }
        }
        s.instances.finish();
        return List.copyOf(exports);
    }
}

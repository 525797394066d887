package org.pellang.cli;

import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pellang.cli.run.SearchPath;
import org.pellang.cli.run.StandardLibrary;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.diagnostic.Catalog;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.interpreter.Interpreter;
import org.pellang.compiler.interpreter.Output;
import org.pellang.compiler.interpreter.Session;
import org.pellang.compiler.sema.Checker;
import org.pellang.compiler.sema.FolderModules;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;

/** The front end of this build: {@link PelCompiler} with the standard library. */
final class CompilerFrontEnd implements FrontEnd {
    private final StandardLibrary library = new StandardLibrary();
    private final PelCompiler compiler;
    private final List<Path> runtimePath;
    private final SearchPath path;

    /** For generated Java that is compiled against these jars. */
    CompilerFrontEnd(List<Path> runtimePath) {
        this(runtimePath, SearchPath.EMPTY);
    }

    private CompilerFrontEnd(List<Path> runtimePath, SearchPath path) {
        this.runtimePath = List.copyOf(runtimePath);
        this.path = path.absolute();
        this.compiler = new PelCompiler(library, runtimePath, this.path.classes(), Version.number());
    }

    @Override
    public FrontEnd withPath(SearchPath other) {
        return other.isEmpty() ? this : new CompilerFrontEnd(runtimePath, other);
    }

    private FolderModules modules(Path folder) {
        return new FolderModules(library, folder, path.classes()).alsoIn(path.modules());
    }

    /** Classes of the interpreter and, behind them, those of the user. */
    private ClassLoader loader() {
        ClassLoader own = CompilerFrontEnd.class.getClassLoader();
        if (path.classes().isEmpty()) {
            return own;
        }
        URL[] urls = path.classes().stream().map(CompilerFrontEnd::url).toArray(URL[]::new);
        return new URLClassLoader(urls, own);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path + " cannot stand in a class path", e);
        }
    }

    @Override
    public Compilation compile(SourceFile source, Path folder, Goal goal) {
        FolderModules known = modules(folder);
        FolderModules modules = goal instanceof Goal.Facade ? known.trustingJava() : known;
        PelCompiler.Result result = compiler.compile(source, wanted(goal), modules);
        return new Compilation(
                result.diagnostics(),
                Optional.ofNullable(result.product()),
                modules.files(),
                result.tests().stream().map(t -> new TestCase(t.name(), t.ranks())).toList(),
                result.timings().stream().map(t -> new Timing(t.pass(), t.time())).toList());
    }

    private static PelCompiler.Goal wanted(Goal goal) {
        return switch (goal) {
            case Goal.Check() -> new PelCompiler.Goal.Check();
            case Goal.Jar() -> new PelCompiler.Goal.Jar();
            case Goal.TestJar(String test) -> new PelCompiler.Goal.TestJar(test);
            case Goal.Facade(String javaPackage) -> new PelCompiler.Goal.Facade(javaPackage);
            case Goal.Exports(String javaPackage) -> new PelCompiler.Goal.Exports(javaPackage);
            case Goal.CommReport(int ranks, Map<String, Long> configs) -> new PelCompiler.Goal.CommReport(ranks, configs);
            case Goal.Emit(Stage stage) -> new PelCompiler.Goal.Emit(wanted(stage));
        };
    }

    private static PelCompiler.Stage wanted(Stage stage) {
        return switch (stage) {
            case TOKENS -> PelCompiler.Stage.TOKENS;
            case AST -> PelCompiler.Stage.AST;
            case TYPED -> PelCompiler.Stage.TYPED;
            case IR -> PelCompiler.Stage.IR;
            case IR_OPT -> PelCompiler.Stage.IR_OPT;
            case JAVA -> PelCompiler.Stage.JAVA;
            case VECTOR_REPORT -> PelCompiler.Stage.VECTOR_REPORT;
            case BOUNDS_REPORT -> PelCompiler.Stage.BOUNDS_REPORT;
            case CHECKPOINT_REPORT -> PelCompiler.Stage.CHECKPOINT_REPORT;
        };
    }

    @Override
    public int interpret(SourceFile source, Path folder, int ranks, List<String> arguments, PrintStream out, PrintStream err) {
        // The caller has shown the messages of a check; here the program is right.
        Diagnostics diagnostics = new Diagnostics();
        TypedProgram typed = Checker.check(Parser.parse(source, diagnostics), modules(folder), diagnostics);
        return new Interpreter(loader()).run(typed, ranks, arguments, output(out, err));
    }

    @Override
    public Dialogue dialogue(int ranks, Path folder, PrintStream out, PrintStream err) {
        Session session = new Session(CompilerFrontEnd.class.getClassLoader(), ranks);
        FolderModules modules = modules(folder);
        Output output = output(out, err);
        return new Dialogue(source -> compiler.compile(source, new PelCompiler.Goal.Check(), modules).diagnostics(), part -> {
            Diagnostics diagnostics = new Diagnostics();
            session.run(Checker.check(Parser.parse(part.file(), diagnostics), modules, diagnostics), part, output);
        });
    }

    private static Output output(PrintStream out, PrintStream err) {
        return new Output() {
            @Override
            public void print(String line) {
                out.println(line);
            }

            @Override
            public void note(String line) {
                out.println(line);
            }

            @Override
            public void error(String text) {
                err.println(text);
            }
        };
    }

    @Override
    public Optional<String> explain(String code) {
        return Catalog.explain(code);
    }
}

package org.pellang.cli;

import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.diagnostic.Catalog;
import org.pellang.compiler.sema.ClassPathModules;
import org.pellang.compiler.source.SourceFile;
import org.pellang.runtime.PelProgram;
import org.pellang.stdlib.Format;

/** The front end of this build: the compiler, with the runtime and the standard library of its own class path. */
final class CompilerFrontEnd implements FrontEnd {
    private final PelCompiler compiler = new PelCompiler(
            new ClassPathModules(Format.class.getClassLoader()), List.of(home(PelProgram.class), home(Format.class)), Version.number());

    @Override
    public Compilation compile(SourceFile source, Path folder, Goal goal) {
        PelCompiler.Result result = compiler.compile(source, switch (goal) {
            case Goal.Check _ -> new PelCompiler.Goal.Check();
            case Goal.Jar _ -> new PelCompiler.Goal.Jar();
            case Goal.TestJar t -> new PelCompiler.Goal.TestJar(t.test());
            case Goal.Emit e -> new PelCompiler.Goal.Emit(PelCompiler.Stage.valueOf(e.stage().name()));
        });
        return new Compilation(
                result.diagnostics(),
                Optional.ofNullable(result.product()),
                List.of(),
                result.tests().stream().map(t -> new TestCase(t.name(), t.ranks())).toList(),
                result.timings().stream().map(t -> new Timing(t.pass(), t.time())).toList());
    }

    @Override
    public int interpret(SourceFile source, Path folder, int ranks, List<String> arguments, PrintStream out, PrintStream err) {
        throw new UnsupportedOperationException("the interpreter is not bound yet");
    }

    @Override
    public Optional<String> explain(String code) {
        return Catalog.explain(code);
    }

    /** The jar or folder that a class was loaded from. */
    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.pellang.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pellang.compiler.source.SourceFile;

/** The front end of this build. */
final class CompilerFrontEnd implements FrontEnd {

    @Override
    public Compilation compile(SourceFile source, Path folder, Goal goal) {
        throw new UnsupportedOperationException("the compiler's facade is not bound yet");
    }

    @Override
    public int interpret(SourceFile source, Path folder, int ranks, List<String> arguments, PrintStream out, PrintStream err) {
        throw new UnsupportedOperationException("the interpreter is not bound yet");
    }

    @Override
    public Optional<String> explain(String code) {
        return Optional.empty();
    }
}

package org.pellang.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pellang.cli.run.SearchPath;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;

/**
 * What the commands want from the compiler and the reference interpreter. A user's error is a diagnostic; an exception is a fault
 * of ours (PEL9999).
 */
public interface FrontEnd {

    /** Stands in the output of a test in front of each of its results, {@code name = value}, which come after what it prints. */
    String RESULT_MARK = org.pellang.compiler.PelCompiler.RESULT_MARK;

    /** Intermediate forms that {@code pelc --emit} prints. */
    enum Stage {
        TOKENS("tokens"),
        AST("ast"),
        TYPED("typed"),
        IR("ir"),
        IR_OPT("ir-opt"),
        JAVA("java"),
        VECTOR_REPORT("vector-report"),
        BOUNDS_REPORT("bounds-report"),
        CHECKPOINT_REPORT("checkpoint-report");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** What to do with a source that was found without errors. */
    sealed interface Goal {
        /** Nothing: messages only. */
        record Check() implements Goal {}

        /** A jar to run. */
        record Jar() implements Goal {}

        /** A jar that runs one of the source's tests instead of its statements. */
        record TestJar(String test) implements Goal {}

        /** An archive with the Java class that calls the program's functions. */
        record Facade(String javaPackage) implements Goal {}

        /** A jar to run, with the classes behind a facade of this package. */
        record Exports(String javaPackage) implements Goal {}

        /** What divided loops move, for so many ranks (0: formulas only) and values of configs. */
        record CommReport(int ranks, Map<String, Long> configs) implements Goal {}

        /** The text of an intermediate form. */
        record Emit(Stage stage) implements Goal {}
    }

    /**
     * The result of a compilation.
     *
     * @param diagnostics sorted by place; with an error among them there is no product
     * @param product the jar's bytes, or the text as UTF-8; empty for {@link Goal.Check}
     * @param modules files that were read besides the source itself
     * @param tests the tests that the source declares
     * @param timings the passes in order with the time that each took
     */
    record Compilation(
            List<Diagnostic> diagnostics, Optional<byte[]> product, List<Path> modules, List<TestCase> tests, List<Timing> timings) {
        /** Whether there is an error. */
        public boolean hasErrors() {
            return diagnostics.stream().anyMatch(Diagnostic::isError);
        }
    }

    /** A {@code test "name" ranks 1, 2} declaration. */
    record TestCase(String name, List<Integer> ranks) {}

    /** A pass and its time. */
    record Timing(String pass, Duration time) {}

    /** The same front end for programs that use what is on this path. */
    default FrontEnd withPath(SearchPath path) {
        return this;
    }

    /** Compiles a source towards a goal; {@code folder} is where its modules are looked for. */
    Compilation compile(SourceFile source, Path folder, Goal goal);

    /** Runs a source by the reference interpreter; the result is the exit code. */
    int interpret(SourceFile source, Path folder, int ranks, List<String> arguments, PrintStream out, PrintStream err);

    /** A dialogue with this many ranks, which write to {@code out} and {@code err}. */
    Dialogue dialogue(int ranks, Path folder, PrintStream out, PrintStream err);

    /** The text of {@code pel explain CODE}; empty if there is no such code. */
    Optional<String> explain(String code);
}

package org.pellang.cli;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.run.SourceLoader;
import org.pellang.compiler.doc.Section;
import org.pellang.compiler.source.SourceFile;
import org.pellang.launcher.Engine;
import org.pellang.launcher.LaunchRefused;

/**
 * Runs the examples in the comments of a program, each comment's as a test of the program on one rank. A piece whose lines are all conditions holds if each of
 * them does; any other is a piece of program, which must compile and end well.
 */
final class DocExamples {
    /** A name that no test of a program has. */
    private static final String TEST = "the examples of a comment";

    private final Invocation invocation;
    private final SourceFile source;
    private final Path file;

    DocExamples(Invocation invocation, Path file) throws CommandFailure {
        this.invocation = invocation;
        this.source = SourceLoader.load(file);
        this.file = file;
    }

    /** Runs all examples; says which are wrong. The result is the number of these comments. */
    int run(Section section) throws CommandFailure, LaunchRefused {
        int wrong = 0;
        for (Section.Entry entry : section.entries()) {
            if (!entry.examples().isEmpty() && !holds(entry)) {
                wrong++;
            }
        }
        return wrong;
    }

    private boolean holds(Section.Entry entry) throws CommandFailure, LaunchRefused {
        String body = entry.pieces().stream().map(this::statements).collect(Collectors.joining("\n"));
        FrontEnd.Compilation compiled = compile(body, new FrontEnd.Goal.TestJar(TEST));
        if (compiled.hasErrors()) {
            invocation.say(file + ": the example of `" + entry.name() + "` does not compile:");
            new HumanReport(invocation.terminal().color()).write(compiled.diagnostics(), invocation.terminal().err());
            return false;
        }
        Path jar = JobRunner.temporary(compiled.product().orElseThrow());
        int code = new JobRunner(invocation).run(JobRunner.plain(invocation.places(), jar, 1, Engine.THREADS), new ByteArrayOutputStream());
        if (code != 0) {
            invocation.say(file + ": the example of `" + entry.name() + "` does not hold");
        }
        return code == 0;
    }

    private String statements(List<String> piece) {
        boolean conditions = piece.stream().noneMatch(line -> compile("let holds: bool = " + line, new FrontEnd.Goal.Check()).hasErrors());
        return conditions ? piece.stream().map(line -> "assert " + line + ", \"" + quoted(line) + "\"").collect(Collectors.joining("\n")) : String.join("\n", piece);
    }

    /** The program with a test more. */
    private FrontEnd.Compilation compile(String body, FrontEnd.Goal goal) {
        SourceFile longer = SourceFile.of(source.name(), source.text() + "\ntest \"" + TEST + "\" ranks 1 {\n" + body + "\n}\n");
        return CompileStep.guarded(() -> invocation.frontEnd().get().compile(longer, CompileStep.folder(file), goal));
    }

    private static String quoted(String line) {
        return line.replace("\\", "\\\\").replace("\"", "\\\"").replace("{", "{{").replace("}", "}}");
    }
}

package org.pellang.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** A front end for tests of the commands: {@code wrong} anywhere in the text is an error, {@code crash} a fault of ours; the product is the text. */
final class FakeFrontEnd implements FrontEnd {
    final List<Goal> goals = new ArrayList<>();

    @Override
    public Compilation compile(SourceFile source, Path folder, Goal goal) {
        goals.add(goal);
        if (source.text().contains("crash")) {
            throw new IllegalStateException("inner fault");
        }
        if (source.text().contains("overflow")) {
            throw new StackOverflowError();
        }
        int at = source.text().indexOf("wrong");
        List<Diagnostic> diagnostics = at < 0
                ? List.of()
                : List.of(Diagnostic.error("PEL0101", new Span(source, at, at + 5), "unknown name wrong").fix("write right", new Span(source, at, at + 5), "right"));
        Optional<byte[]> product = at < 0 ? Optional.of(source.text().getBytes(StandardCharsets.UTF_8)) : Optional.empty();
        return new Compilation(diagnostics, product, List.of(), List.of(), List.of(new Timing("parse", Duration.ofMillis(2))));
    }

    @Override
    public int interpret(SourceFile source, Path folder, int ranks, List<String> arguments, PrintStream out, PrintStream err) {
        out.println("interpreted on " + ranks + " with " + arguments);
        return 7;
    }

    @Override
    public Dialogue dialogue(int ranks, Path folder, PrintStream out, PrintStream err) {
        return new Dialogue(source -> compile(source, Path.of("."), new Goal.Check()).diagnostics(), part -> out.println("ran " + part.text()));
    }

    @Override
    public Optional<String> explain(String code) {
        return code.equals("PEL0301") ? Optional.of("Iterations depend on each other.\n") : Optional.empty();
    }
}

package org.pellang.cli.report;

import java.io.PrintStream;
import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.JsonRenderer;

/** Diagnostics for programs: one JSON object per line, see {@link JsonRenderer}. */
public record JsonReport() implements Report {

    @Override
    public void write(List<Diagnostic> diagnostics, PrintStream to) {
        to.print(new JsonRenderer().render(diagnostics));
        to.flush();
    }
}

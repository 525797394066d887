package org.pellang.cli.report;

import java.io.PrintStream;
import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.HumanRenderer;

/**
 * Diagnostics for people: the message, the source lines with the places underlined, why, and the fix.
 *
 * @param color whether to use ANSI colours
 */
public record HumanReport(boolean color) implements Report {

    @Override
    public void write(List<Diagnostic> diagnostics, PrintStream to) {
        to.print(new HumanRenderer(color).render(diagnostics));
        diagnostics.stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .ifPresent(d -> to.println("`pel explain " + d.code() + "` says more"));
        to.flush();
    }
}

package org.pellang.cli.report;

import java.io.PrintStream;
import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostic;

/** A way to show diagnostics: text with the source for people, or one JSON object per line for programs. */
public sealed interface Report permits HumanReport, JsonReport {
    /** Writes all of them, in order. */
    void write(List<Diagnostic> diagnostics, PrintStream to);
}

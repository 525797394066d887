package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.source.Span;

/** What was found in one loop body: accesses to outer arrays, and errors (each place once). */
final class Findings {
    final List<Access> accesses = new ArrayList<>();
    private final Diagnostics diagnostics;
    private final Set<String> reported = new HashSet<>();

    Findings(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void report(Diagnostic diagnostic) {
        Span at = diagnostic.primary();
        if (reported.add(diagnostic.code() + "@" + at.start())) {
            diagnostics.add(diagnostic);
        }
    }
}

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
    private static final int MAX_INLINED = 3000;

    final List<Access> accesses = new ArrayList<>();
    private final Diagnostics diagnostics;
    private final Set<String> reported = new HashSet<>();
    private final Set<String> walked = new HashSet<>();
    private int inlined;

    Findings(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void report(Diagnostic diagnostic) {
        Span at = diagnostic.primary();
        if (reported.add(diagnostic.code() + "@" + at.start())) {
            diagnostics.add(diagnostic);
        }
    }

    /** Whether one more call may be walked with its arguments; the work for one loop is bounded. */
    boolean mayInline() {
        return inlined++ < MAX_INLINED;
    }

    /** Whether a function has not been walked yet with unknown arguments and these arrays. */
    boolean isNew(String functionAndArrays) {
        return walked.add(functionAndArrays);
    }
}

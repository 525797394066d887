package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;

/** Collects the messages about one file's syntax: at most a few, since later ones often follow from earlier ones. */
final class SyntaxReport {
    /** More errors than this help nobody. */
    static final int MAX_ERRORS = 10;

    private final List<Diagnostic> found = new ArrayList<>();
    private final Set<Integer> lines = new HashSet<>();

    void add(Diagnostic diagnostic) {
        found.add(diagnostic);
        lines.add(diagnostic.primary().line());
    }

    /** Whether something was reported on this line already. */
    boolean hasLine(int line) {
        return lines.contains(line);
    }

    /** The same messages so far; what is added to one does not show in the other. */
    SyntaxReport fork() {
        SyntaxReport copy = new SyntaxReport();
        found.forEach(copy::add);
        return copy;
    }

    /** Takes the messages of a fork over. */
    void become(SyntaxReport fork) {
        fork.found.stream().skip(found.size()).forEach(this::add);
    }

    int size() {
        return found.size();
    }

    /** Hands the first messages on, in order of place. */
    void flush(Diagnostics diagnostics) {
        found.stream()
                .sorted(java.util.Comparator.comparingInt(d -> d.primary().start()))
                .limit(MAX_ERRORS)
                .forEach(diagnostics::add);
    }
}

package org.pellang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.pellang.compiler.source.Span;

/** Collects the messages of one compilation; the same message twice counts once. */
public final class Diagnostics {
    private final LinkedHashSet<Diagnostic> all = new LinkedHashSet<>();

    /** Adds one message; an error where a syntax error stands already would only repeat it. */
    public void add(Diagnostic diagnostic) {
        if (!diagnostic.isError() || isSyntax(diagnostic) || all.stream().noneMatch(d -> isSyntax(d) && overlap(d.primary(), diagnostic.primary()))) {
            all.add(diagnostic);
        }
    }

    private static boolean isSyntax(Diagnostic d) {
        return d.code().startsWith("PEL00") && d.code().compareTo("PEL0090") < 0;
    }

    private static boolean overlap(Span a, Span b) {
        return a.file() == b.file() && a.start() <= b.end() && b.start() <= a.end();
    }

    /** Whether there is an error. */
    public boolean hasErrors() {
        return all.stream().anyMatch(Diagnostic::isError);
    }

    /** Whether the text itself could not be read as a program. */
    public boolean hasSyntaxErrors() {
        return all.stream().anyMatch(d -> d.isError() && isSyntax(d));
    }

    /** The messages by file and place. */
    public List<Diagnostic> sorted() {
        List<Diagnostic> list = new ArrayList<>(all);
        list.sort(Comparator.comparing((Diagnostic d) -> d.primary().file().name())
                .thenComparingInt(d -> d.primary().start()));
        return List.copyOf(list);
    }
}

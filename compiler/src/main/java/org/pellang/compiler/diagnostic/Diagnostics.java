package org.pellang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Collects the messages of one compilation; the same message twice counts once. */
public final class Diagnostics {
    private final LinkedHashSet<Diagnostic> all = new LinkedHashSet<>();

    /** Adds one message. */
    public void add(Diagnostic diagnostic) {
        all.add(diagnostic);
    }

    /** Whether there is an error. */
    public boolean hasErrors() {
        return all.stream().anyMatch(Diagnostic::isError);
    }

    /** The messages by file and place. */
    public List<Diagnostic> sorted() {
        List<Diagnostic> list = new ArrayList<>(all);
        list.sort(Comparator.comparing((Diagnostic d) -> d.primary().file().name())
                .thenComparingInt(d -> d.primary().start()));
        return List.copyOf(list);
    }
}

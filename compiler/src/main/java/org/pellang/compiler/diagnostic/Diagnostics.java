package org.pellang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.pellang.compiler.source.Span;

/** Collects the messages of one compilation; the same message twice counts once. */
public final class Diagnostics {
    private final LinkedHashSet<Diagnostic> all = new LinkedHashSet<>();
    /** Those among them that say that the text could not be read: every other error is compared with these. */
    private final List<Diagnostic> syntax = new ArrayList<>();

    /** Adds one message; an error where a syntax error stands already would only repeat it. */
    public void add(Diagnostic diagnostic) {
        boolean unread = isSyntax(diagnostic);
        if (!diagnostic.isError() || unread || syntax.stream().noneMatch(d -> hides(d.primary(), diagnostic))) {
            if (all.add(diagnostic) && unread) {
                syntax.add(diagnostic);
            }
        }
    }

    private static boolean isSyntax(Diagnostic d) {
        return d.code().startsWith("PEL00") && d.code().compareTo("PEL0092") < 0;
    }

    /** A condition (PEL0207) is wrong because its line could not be read. */
    private static boolean hides(Span syntax, Diagnostic other) {
        Span b = other.primary();
        boolean touch = syntax.start() <= b.end() && b.start() <= syntax.end();
        return syntax.file() == b.file() && (touch || other.code().equals("PEL0207") && syntax.line() == b.line());
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

package org.pellang.compiler.diagnostic;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/**
 * One message to the user.
 *
 * @param code stable code, for instance {@code PEL0301}
 * @param severity error, warning or note
 * @param message what is wrong, one sentence without a full stop
 * @param primary where
 * @param primaryLabel what to write under the primary span, or null
 * @param labels secondary places
 * @param notes why, and what to do
 * @param fixes edits that repair it
 */
public record Diagnostic(
        String code,
        Severity severity,
        String message,
        Span primary,
        @Nullable String primaryLabel,
        List<Label> labels,
        List<String> notes,
        List<Fix> fixes) {

    /** How bad it is. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    /** A secondary place with its remark. */
    public record Label(Span span, String text) {}

    /** A repair: a sentence and the edits that carry it out. */
    public record Fix(String title, List<Edit> edits) {}

    /** Replaces the text of a span. */
    public record Edit(Span span, String replacement) {}

    /** An error with a code and a place; labels, notes and fixes are added by the {@code with} methods. */
    public static Diagnostic error(String code, Span primary, String message) {
        return new Diagnostic(code, Severity.ERROR, message, primary, null, List.of(), List.of(), List.of());
    }

    /** A warning. */
    public static Diagnostic warning(String code, Span primary, String message) {
        return new Diagnostic(code, Severity.WARNING, message, primary, null, List.of(), List.of(), List.of());
    }

    /** The same with a text under the primary span. */
    public Diagnostic under(String text) {
        return new Diagnostic(code, severity, message, primary, text, labels, notes, fixes);
    }

    /** The same with one more secondary label. */
    public Diagnostic label(Span span, String text) {
        return new Diagnostic(code, severity, message, primary, primaryLabel, append(labels, new Label(span, text)), notes, fixes);
    }

    /** The same with one more note. */
    public Diagnostic note(String text) {
        return new Diagnostic(code, severity, message, primary, primaryLabel, labels, append(notes, text), fixes);
    }

    /** The same with one more fix of a single edit. */
    public Diagnostic fix(String title, Span span, String replacement) {
        return fix(new Fix(title, List.of(new Edit(span, replacement))));
    }

    /** The same with one more fix. */
    public Diagnostic fix(Fix fix) {
        return new Diagnostic(code, severity, message, primary, primaryLabel, labels, notes, append(fixes, fix));
    }

    /** Whether it stops compilation. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    private static <T> List<T> append(List<T> list, T element) {
        return java.util.stream.Stream.concat(list.stream(), java.util.stream.Stream.of(element)).toList();
    }
}

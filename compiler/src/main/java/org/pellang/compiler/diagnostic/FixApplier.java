package org.pellang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostic.Edit;
import org.pellang.compiler.diagnostic.Diagnostic.Fix;
import org.pellang.compiler.source.SourceFile;

/** Carries out the fixes that diagnostics offer. */
public final class FixApplier {
    private FixApplier() {}

    /**
     * A text after fixes.
     *
     * @param text the new text
     * @param done the diagnostics that were answered, by place
     */
    public record Fixed(String text, List<Diagnostic> done) {}

    /**
     * Carries out the first fix of each diagnostic, in order of place. A fix that touches what an earlier one has changed, or another file, is left
     * for the next check.
     */
    public static Fixed apply(SourceFile file, List<Diagnostic> diagnostics) {
        List<Edit> edits = new ArrayList<>();
        List<Diagnostic> done = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            if (!diagnostic.fixes().isEmpty()) {
                Fix fix = diagnostic.fixes().getFirst();
                if (isApplicable(fix, file, edits)) {
                    edits.addAll(fix.edits());
                    done.add(diagnostic);
                }
            }
        }
        return new Fixed(edited(file.text(), edits), List.copyOf(done));
    }

    private static boolean isApplicable(Fix fix, SourceFile file, List<Edit> taken) {
        List<Edit> all = new ArrayList<>(taken);
        for (Edit edit : fix.edits()) {
            boolean changes = !edit.span().text().equals(edit.replacement());
            if (edit.span().file() != file || !changes || all.stream().anyMatch(other -> touch(edit, other))) {
                return false;
            }
            all.add(edit);
        }
        return !fix.edits().isEmpty();
    }

    private static boolean touch(Edit a, Edit b) {
        return a.span().start() <= b.span().end() && b.span().start() <= a.span().end();
    }

    private static String edited(String text, List<Edit> edits) {
        StringBuilder out = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt((Edit e) -> e.span().start()).reversed())
                .forEach(e -> out.replace(e.span().start(), e.span().end(), e.replacement()));
        return out.toString();
    }
}

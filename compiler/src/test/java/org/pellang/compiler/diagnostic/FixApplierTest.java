package org.pellang.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** Edits are carried out from the back, and never over each other. */
final class FixApplierTest {
    private final SourceFile file = SourceFile.of("x.pel", "one two three");

    private Diagnostic at(int start, int end, String replacement) {
        return Diagnostic.error("PEL0001", new Span(file, start, end), "wrong").fix("so", new Span(file, start, end), replacement);
    }

    @Test
    void severalInOnePass() {
        FixApplier.Fixed fixed = FixApplier.apply(file, List.of(at(0, 3, "1"), at(8, 13, "drei"), at(4, 7, "")));
        assertThat(fixed.text()).isEqualTo("1  drei");
        assertThat(fixed.done()).hasSize(3);
    }

    @Test
    void whatOverlapsIsLeft() {
        Diagnostic first = at(0, 7, "x");
        FixApplier.Fixed fixed = FixApplier.apply(file, List.of(first, at(4, 9, "y"), at(7, 7, "z")));
        assertThat(fixed.text()).isEqualTo("x three");
        assertThat(fixed.done()).containsExactly(first);
    }

    @Test
    void aFixOfSeveralEditsIsCarriedOutWholeOrNotAtAll() {
        Diagnostic both = Diagnostic.error("PEL0001", new Span(file, 0, 3), "wrong")
                .fix(new Diagnostic.Fix("swap", List.of(new Diagnostic.Edit(new Span(file, 0, 3), "two"), new Diagnostic.Edit(new Span(file, 4, 7), "one"))));
        assertThat(FixApplier.apply(file, List.of(both)).text()).isEqualTo("two one three");
        assertThat(FixApplier.apply(file, List.of(at(5, 6, "W"), both)).text()).isEqualTo("one tWo three");
    }

    @Test
    void otherFilesAndEmptyFixesAreLeft() {
        SourceFile other = SourceFile.of("y.pel", "one");
        Diagnostic elsewhere = Diagnostic.error("PEL0001", new Span(other, 0, 3), "wrong").fix("so", new Span(other, 0, 3), "two");
        assertThat(FixApplier.apply(file, List.of(elsewhere, at(0, 3, "one"))).done()).isEmpty();
    }
}

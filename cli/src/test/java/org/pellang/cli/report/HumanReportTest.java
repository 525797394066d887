package org.pellang.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** How diagnostics look to people. */
final class HumanReportTest {
    private static final SourceFile FILE = SourceFile.of("heat.pel", "let n = 4\n\n\nforall i in D {\n\ta[i] = a[i-1]\n}\n");

    @Test
    void primaryAndSecondaryPlacesWithReasonAndHelp() {
        int store = FILE.text().indexOf("a[i] =");
        int read = FILE.text().indexOf("a[i-1]");
        int loop = FILE.text().indexOf("forall");
        Diagnostic diagnostic = Diagnostic.error("PEL0301", new Span(FILE, store, store + 4), "iterations depend on each other")
                .under("written here")
                .label(new Span(FILE, read, read + 6), "read here by iteration i+1")
                .label(new Span(FILE, loop, loop + 6), "in this loop")
                .note("the distance is 1")
                .fix("write to a second array and swap", new Span(FILE, store, store + 4), "b[i]");
        assertThat(text(diagnostic)).isEqualTo("""
                error[PEL0301]: iterations depend on each other
                  --> heat.pel:5:2
                   |
                 4 | forall i in D {
                   | ------ in this loop
                 5 |     a[i] = a[i-1]
                   |     ^^^^ written here
                   |            ------ read here by iteration i+1
                  = note: the distance is 1
                  = help: write to a second array and swap: `b[i]`

                1 error; `pel explain PEL0301` says more
                """);
    }

    @Test
    void aVeryLongLineIsCut() {
        SourceFile file = SourceFile.of("long.pel", "x".repeat(100_000) + " bad " + "y".repeat(100_000));
        String text = text(Diagnostic.warning("PEL0500", new Span(file, 100_001, 100_004), "look"));
        assertThat(text.lines()).allMatch(line -> line.length() < 200);
        List<String> lines = text.lines().toList();
        int row = lines.indexOf(lines.stream().filter(line -> line.contains("^^^")).findFirst().orElseThrow());
        int column = lines.get(row).indexOf("^^^");
        assertThat(lines.get(row - 1).substring(column, column + 3)).isEqualTo("bad");
    }

    @Test
    void theEndOfTheFileCanBeShown() {
        int end = FILE.text().length();
        assertThat(text(Diagnostic.error("PEL0001", new Span(FILE, end, end), "unexpected end"))).contains("--> heat.pel:7:1", "^");
    }

    private static String text(Diagnostic diagnostic) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new HumanReport(false).write(List.of(diagnostic), new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8);
    }
}

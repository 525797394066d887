package org.pellang.compiler.sema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;

/**
 * Small programs and exactly the messages that they get. A case of {@code cases/*.txt} begins with {@code === ok: what is tried}, or with the codes in
 * order of their places: {@code === PEL0301: what is tried}. Comment lines of {@code ^} under a line show where each message stands, with its code, and such of
 * {@code -} what its labels point at; {@code ..} behind them means that the place goes on in the next lines. {@code -Dgolden.update=true} writes these lines, never the codes.
 */
class CasesTest {
    private static final Path FOLDER = Path.of("src/test/pel/cases");

    @TestFactory
    Stream<DynamicContainer> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".txt")).sorted().toList().stream().map(CasesTest::file);
        }
    }

    private static DynamicContainer file(Path path) {
        try {
            List<Case> cases = Stream.of(Files.readString(path).split("(?m)^=== ")).filter(c -> !c.isBlank()).map(Case::of).toList();
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(path, cases.stream().map(c -> c.withMarks(c.messages())).collect(Collectors.joining()));
            }
            return DynamicContainer.dynamicContainer(path.getFileName().toString(), cases.stream().map(c -> DynamicTest.dynamicTest(c.head, c::check)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** One program, without its lines of marks, and its text in the file. */
    private record Case(String head, String program, String text) {
        static Case of(String text) {
            int end = text.indexOf('\n');
            String program = Arrays.stream(text.substring(end + 1).split("\n", -1))
                    .filter(l -> !l.matches("# *(\\^+|-+)(\\.\\.)?( PEL\\d{4})?"))
                    .collect(Collectors.joining("\n"));
            return new Case(text.substring(0, end), program, "=== " + text);
        }

        List<Diagnostic> messages() {
            return CheckedText.diagnostics(program);
        }

        void check() {
            List<Diagnostic> found = messages();
            String codes = found.stream().map(Diagnostic::code).distinct().collect(Collectors.joining(" "));
            assertThat((codes.isEmpty() ? "ok" : codes) + head.substring(head.indexOf(": "))).as(program).isEqualTo(head);
            assertThat(withMarks(found)).isEqualTo(text);
        }

        String withMarks(List<Diagnostic> found) {
            String[] lines = program.split("\n", -1);
            StringBuilder out = new StringBuilder("=== " + head + "\n");
            for (int line = 1; line <= lines.length; line++) {
                out.append(lines[line - 1]).append(line < lines.length ? "\n" : "");
                for (String mark : marks(found, line)) {
                    out.append(line < lines.length ? "" : "\n").append(mark).append(line < lines.length ? "\n" : "");
                }
            }
            return out.toString();
        }

        private static List<String> marks(List<Diagnostic> found, int line) {
            List<String> marks = new ArrayList<>();
            for (Diagnostic d : found) {
                if (d.primary().line() == line) {
                    marks.add(mark(d.primary(), '^') + " " + d.code());
                }
                d.labels().stream().filter(l -> l.span().line() == line && l.span().file() == d.primary().file()).forEach(l -> marks.add(mark(l.span(), '-')));
            }
            return marks;
        }

        /** The comment sign takes the first column, so a place that begins there shows from the second one on. */
        private static String mark(Span span, char c) {
            boolean onOneLine = span.file().line(span.end()) == span.line();
            int length = onOneLine ? Math.max(1, span.file().column(span.end()) - span.column()) : 3;
            int from = Math.max(2, span.column());
            return "#" + " ".repeat(from - 2) + String.valueOf(c).repeat(Math.max(1, length - (from - span.column()))) + (onOneLine ? "" : "..");
        }
    }
}

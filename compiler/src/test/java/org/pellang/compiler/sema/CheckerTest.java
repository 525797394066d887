package org.pellang.compiler.sema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.diagnostic.HumanRenderer;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Golden;
import org.pellang.compiler.syntax.Parser;

/** Programs in {@code check/} name the messages they must give in lines {@code # expect: CODE at LINE:COLUMN}; without any they are right. */
class CheckerTest {
    private static final Pattern EXPECT = Pattern.compile("(?m)^# expect: (PEL\\d{4} at \\d+:\\d+)$");
    private static final Path SOURCES = Path.of("src/main/java/org/pellang/compiler/sema");
    private static final Path EXPLAIN = Path.of("src/main/resources/org/pellang/compiler/explain");

    private static List<Diagnostic> check(String name, String text) {
        Diagnostics diagnostics = new Diagnostics();
        typed(SourceFile.of(name, text), diagnostics);
        return diagnostics.sorted();
    }

    private static TypedProgram typed(SourceFile file, Diagnostics diagnostics) {
        return Checker.check(Parser.parse(file, diagnostics), CheckedText.library(), diagnostics);
    }

    private static String place(Diagnostic d) {
        return d.code() + " at " + d.primary().line() + ":" + d.primary().column();
    }

    private static List<String> expected(String text) {
        return EXPECT.matcher(text).results().map(m -> m.group(1)).toList();
    }

    @TestFactory
    Stream<DynamicTest> messages() {
        return Golden.programs("check").stream()
                .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> {
                    String text = Files.readString(path);
                    List<Diagnostic> found = check(path.getFileName().toString(), text);
                    assertThat(found.stream().map(CheckerTest::place).toList())
                            .as(() -> new HumanRenderer(false).render(found))
                            .isEqualTo(expected(text));
                }));
    }

    @TestFactory
    Stream<DynamicTest> typedTrees() {
        return Golden.tests("check/typed", ".typed", path -> {
            Diagnostics diagnostics = new Diagnostics();
            String tree = TypedPrinter.print(
                    typed(SourceFile.of(path.getFileName().toString(), Files.readString(path)), diagnostics));
            assertThat(diagnostics.sorted()).isEmpty();
            return tree;
        });
    }

    @TestFactory
    Stream<DynamicTest> rendered() {
        return Golden.tests("check/rendered", ".errors", path -> new HumanRenderer(false)
                .render(check(path.getFileName().toString(), Files.readString(path))));
    }

    @Test
    void everyCodeHasACaseAndAnExplanation() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher m = Pattern.compile("\"(PEL\\d{4})\"").matcher(Files.readString(file));
                m.results().forEach(r -> codes.add(r.group(1)));
            }
        }
        Set<String> cases = new TreeSet<>();
        for (Path program : Golden.programs("check")) {
            expected(Files.readString(program)).forEach(e -> cases.add(e.substring(0, "PEL0000".length())));
        }
        assertThat(codes).hasSizeGreaterThan(30);
        // Modules and Java classes need more than one file: the tests of modules.
        assertThat(cases).containsAll(codes.stream().filter(c -> c.equals("PEL0901") || !c.matches("PEL0[89]..")).toList());
        assertThat(codes).allSatisfy(c -> assertThat(EXPLAIN.resolve(c + ".md")).isRegularFile());
    }

    @Test
    void explanationsHoldAWrongAndARightProgram() throws IOException {
        Pattern blocks = Pattern.compile("(?s)## Wrong\\n```pel\\n(.*?)```.*## Right\\n```pel\\n(.*?)```");
        try (Stream<Path> files = Files.list(EXPLAIN)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("PEL(01|02|0305|0901).*")).toList()) {
                String code = file.getFileName().toString().replace(".md", "");
                Matcher m = blocks.matcher(Files.readString(file));
                assertThat(m.find()).as(code).isTrue();
                assertThat(check(code, m.group(1)).stream().map(Diagnostic::code)).as(code).contains(code);
                assertThat(check(code, m.group(2)).stream().map(Diagnostic::code)).as(code).doesNotContain(code);
            }
        }
    }

    @Test
    void tenThousandLinesAreCheckedInLinearTime() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2500; i++) {
            text.append("fn f").append(i).append("(x) = x + ").append(i == 0 ? "1" : "f" + (i / 2) + "(x)").append('\n')
                    .append("let a").append(i).append(" = f").append(i).append("(2) + ").append(i).append('\n')
                    .append("if a").append(i).append(" > 3 {\n  print(\"{a").append(i).append("}\")\n}\n");
        }
        long start = System.nanoTime();
        assertThat(check("long.pel", text.toString())).isEmpty();
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(20.0);
    }

    @Test
    void longChainsOfSpecialisationsHaveStackEnough() {
        StringBuilder text = new StringBuilder("fn f0(x) = x\n");
        for (int i = 1; i < 90; i++) {
            text.append("fn f").append(i).append("(x) = ").append(("f" + (i - 1) + "(x) + ").repeat(50)).append("1\n");
        }
        assertThat(check("chain.pel", text.append("print(f89(1))\n").toString())).isEmpty();
    }

    @Test
    void typesThatGrowWithoutEndAreReported() {
        List<Diagnostic> found =
                check("grow.pel", "fn f(x, n: int) -> int {\n  if n > 0 { return f((x, x), n - 1) }\n  return 0\n}\nprint(f(1, 3))\n");
        assertThat(found).extracting(Diagnostic::code).containsExactly("PEL0217");
    }
}

package org.pellang.compiler.sema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.compiler.diagnostic.Catalog;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;

/** Every code that the compiler can say has an explanation, whose wrong program gets the code and whose right one gets nothing. */
class ExplainTest {
    private static final Pattern PROGRAM = Pattern.compile("(?m)^## (Wrong|Right)[^\\n]*\\n+```pel\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    /** A part of a page with programs of several files. */
    private static final Pattern PART = Pattern.compile("(?m)^## (Wrong|Right)[^\\n]*\\n(.*?)(?=^## |\\z)", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern FILE = Pattern.compile("(?m)^`([^`\\n]+\\.pel)`\\n```pel\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    /** What no program of a page can show: a file of 16 million characters, one that is no text, a program beyond the limits of a Java class, a fault. */
    private static final List<String> WITHOUT_PROGRAM = List.of("PEL0015", "PEL0016", "PEL0092", "PEL9999");

    @TempDir
    private Path folder;

    @Test
    void whatTheSourcesSayAndNothingElseIsExplained() throws IOException {
        TreeSet<String> said = new TreeSet<>(List.of("PEL9999"));
        Pattern code = Pattern.compile("\"(PEL\\d{4})\"");
        for (String module : List.of("compiler", "cli", "launcher")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    Matcher m = code.matcher(Files.readString(file));
                    while (m.find()) {
                        said.add(m.group(1));
                    }
                }
            }
        }
        assertThat(Catalog.codes()).containsExactlyElementsOf(said);
    }

    @Test
    void everyPageHasAWrongAndARightProgram() {
        for (String code : Catalog.codes()) {
            String page = Catalog.explain(code).orElseThrow();
            List<String> programs = PART.matcher(page).results().filter(r -> r.group(2).contains("```pel\n")).map(r -> r.group(1)).distinct().toList();
            assertThat(programs).as(code).containsExactlyElementsOf(WITHOUT_PROGRAM.contains(code) ? List.of("Right") : List.of("Wrong", "Right"));
        }
    }

    @TestFactory
    Stream<DynamicTest> programsOfSeveralFiles() {
        return Catalog.codes().stream().flatMap(code -> PART.matcher(Catalog.explain(code).orElseThrow()).results()
                .filter(r -> FILE.matcher(r.group(2)).find())
                .map(r -> DynamicTest.dynamicTest(code + " " + r.group(1), () -> checkFiles(code, r.group(1).equals("Wrong"), r.group(2)))));
    }

    private void checkFiles(String code, boolean wrong, String part) throws IOException {
        Path own = folder.resolve(code + (wrong ? "wrong" : "right"));
        for (MatchResult file : FILE.matcher(part).results().toList()) {
            Path at = own.resolve(file.group(1));
            Files.createDirectories(at.getParent());
            Files.writeString(at, file.group(2));
        }
        Diagnostics diagnostics = new Diagnostics();
        SourceFile main = SourceFile.of(own.resolve("main.pel").toString(), Files.readString(own.resolve("main.pel")));
        Checker.check(Parser.parse(main, diagnostics), new FolderModules(CheckedText.library(), own, List.of()), diagnostics);
        assertThat(diagnostics.sorted()).extracting(Diagnostic::code).isEqualTo(wrong ? List.of(code) : List.of());
    }

    @Test
    void everyCodeHasAGoldenFile() throws IOException {
        TreeSet<String> missing = new TreeSet<>(Catalog.codes());
        missing.removeAll(WITHOUT_PROGRAM);
        // Modules and Java classes need more than one file: the tests of modules.
        missing.removeAll(List.of("PEL0801", "PEL0802", "PEL0803", "PEL0902", "PEL0903", "PEL0904"));
        try (Stream<Path> files = Files.walk(Path.of("src/test/pel"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                missing.removeIf(text::contains);
            }
        }
        assertThat(missing).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> programs() {
        return Catalog.codes().stream().flatMap(code -> {
            Matcher m = PROGRAM.matcher(Catalog.explain(code).orElseThrow());
            return m.results()
                    .map(r -> DynamicTest.dynamicTest(code + " " + r.group(1), () -> check(code, r.group(1).equals("Wrong"), r.group(2))));
        });
    }

    private static void check(String code, boolean wrong, String program) {
        List<Diagnostic> found = CheckedText.diagnostics(program);
        if (wrong) {
            assertThat(found.stream().map(Diagnostic::code).distinct().toList()).isEqualTo(List.of(code));
        } else {
            assertThat(found).isEmpty();
        }
    }
}

package org.pellang.compiler.sema.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.CheckedText;

/**
 * Small programs with the one error, or none, that the analyses must find. Each case of {@code races.txt}, {@code uniformity.txt},
 * {@code explicit.txt} and {@code clauses.txt} starts with {@code === ok: name} or {@code === CODE@LINE: name}.
 */
class AnalysisCasesTest {

    @TestFactory
    Stream<DynamicTest> races() throws IOException {
        return cases("races.txt");
    }

    @TestFactory
    Stream<DynamicTest> uniformity() throws IOException {
        return cases("uniformity.txt");
    }

    @TestFactory
    Stream<DynamicTest> explicitLevel() throws IOException {
        return cases("explicit.txt");
    }

    @TestFactory
    Stream<DynamicTest> checkpoints() throws IOException {
        return cases("clauses.txt");
    }

    private static Stream<DynamicTest> cases(String file) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String part : text(file).split("(?m)^=== ")) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                String head = part.substring(0, end);
                String program = part.substring(end + 1);
                tests.add(DynamicTest.dynamicTest(head, () -> check(head.substring(0, head.indexOf(':')), program)));
            }
        }
        return tests.stream();
    }

    /** Programs with a word replaced by another one of the same program: errors of all kinds, and never an exception. */
    @Test
    void analysesOfProgramsWithErrors() throws IOException {
        Random random = new Random(7);
        for (String file : List.of("races.txt", "uniformity.txt", "explicit.txt", "clauses.txt")) {
            for (String part : text(file).split("(?m)^=== ")) {
                String program = part.substring(part.indexOf('\n') + 1);
                String[] words = program.split("\\b");
                for (int round = 0; round < 4 && words.length > 1; round++) {
                    String[] mutated = words.clone();
                    mutated[random.nextInt(words.length)] = words[random.nextInt(words.length)];
                    String text = String.join("", mutated);
                    assertThatCode(() -> CheckedText.diagnostics(text)).as(text).doesNotThrowAnyException();
                }
            }
        }
    }

    private static String text(String file) throws IOException {
        Path golden = Path.of("src/test/pel/checkpoints", file);
        if (Files.exists(golden)) {
            return Files.readString(golden);
        }
        try (InputStream in = AnalysisCasesTest.class.getResourceAsStream("/org/pellang/compiler/sema/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void check(String expected, String program) {
        List<String> errors = CheckedText.diagnostics(program).stream()
                .filter(Diagnostic::isError)
                .map(d -> d.code() + "@" + d.primary().line())
                .distinct()
                .toList();
        assertThat(errors).isEqualTo(expected.equals("ok") ? List.of() : List.of(expected));
    }
}

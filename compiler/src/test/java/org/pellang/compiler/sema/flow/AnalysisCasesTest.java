package org.pellang.compiler.sema.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.CheckedText;

/**
 * Small programs with the one error, or none, that the analyses must find. Each case of {@code races.txt} and
 * {@code uniformity.txt} starts with {@code === ok: name} or {@code === CODE@LINE: name}.
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

    private static Stream<DynamicTest> cases(String file) throws IOException {
        String text;
        try (InputStream in = AnalysisCasesTest.class.getResourceAsStream("/org/pellang/compiler/sema/" + file)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (String part : text.split("(?m)^=== ")) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                String head = part.substring(0, end);
                String program = part.substring(end + 1);
                tests.add(DynamicTest.dynamicTest(head, () -> check(head.substring(0, head.indexOf(':')), program)));
            }
        }
        return tests.stream();
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

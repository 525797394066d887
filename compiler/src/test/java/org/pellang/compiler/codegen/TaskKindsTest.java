package org.pellang.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.sema.CheckedText;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;

/** Which tasks one rank runs for all, which only travel, and which stay with their rank. */
class TaskKindsTest {
    private static final String FUNCTIONS = """
            fn f(x: int) -> int = x + 1
            fn after(a: future int) -> int = a.get()
            fn noted(x: int) { note("{x}") }
            fn sized(x: int) -> int = x + size()
            let table = [1, 2, 3]
            let own = rank()
            fn look(k: int) -> int = table[k] + k
            fn mine(k: int) -> int = own + k
            """;

    private static final String TWICE = "fn twice(x: int) -> int { let a = spawn f(x) return a.get() }\n";
    private static final String INNER = "fn inner() -> int { let a = spawn f(2) return a.get() }\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "let a = spawn f(1) print(a.get())                              | for all",
        "for k in 0..<3 { let a = spawn f(k) print(a.get()) }            | for all",
        "print(twice(3))                                                | for all",
        "let a = spawn look(1) print(a.get())                           | for all",
        "let a = spawn f(rank()) printall(\"{a.get()}\")                | travels",
        "if rank() == 0 { let a = spawn f(1) note(\"{a.get()}\") }      | travels",
        "for k in 0..rank() { let a = spawn f(1) note(\"{a.get()}\") }  | travels",
        "let a = spawn mine(1) printall(\"{a.get()}\")                  | travels",
        "printall(\"{twice(rank())}\")                                  | travels",
        "if rank() == 0 { note(\"{inner()}\") }                         | travels",
        "on world { printall(\"{twice(1)}\") }                          | travels",
        "let a = spawn f(1) let b = spawn after(a) print(b.get())         | for all, stays",
        "sync { spawn noted(1) }                                        | stays",
        "let a = spawn sized(1) print(a.get())                          | stays",
    })
    void tasks(String statements, String expected) {
        String functions = FUNCTIONS + (statements.contains("twice(") ? TWICE : "") + (statements.contains("inner(") ? INNER : "");
        SourceFile source = SourceFile.of("tasks.pel", functions + statements + "\n");
        PelCompiler.Result result = new PelCompiler(CheckedText.library(), List.of(), "test").compile(source, new PelCompiler.Goal.Emit(PelCompiler.Stage.JAVA));
        assertThat(result.diagnostics().stream().filter(Diagnostic::isError).toList()).isEqualTo(List.of());
        String java = new String(Objects.requireNonNull(result.product()), StandardCharsets.UTF_8);
        Set<String> found = new TreeSet<>();
        for (String line : java.split("\n")) {
            if (line.contains("spawnForAll(")) {
                found.add("for all");
            } else if (line.contains(".spawn(")) {
                String kind = line.replaceFirst(".*\\.spawn\\((\\w+),.*", "$1");
                found.add(java.contains("shareTasks(") && java.matches("(?s).*shareTasks\\([^)]*\\b" + kind + "\\b.*") ? "travels" : "stays");
            }
        }
        assertThat(String.join(", ", found)).as(java).isEqualTo(expected);
    }
}

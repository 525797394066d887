package org.pellang.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.doc.Section;
import org.pellang.compiler.interpreter.Interpreter;
import org.pellang.compiler.interpreter.Output;
import org.pellang.compiler.sema.Checker;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;

/** What the reference says is true: its names exist and its examples hold. */
final class LibraryReferenceTest {

    @Test
    void everyExampleHolds() {
        List<String> lines = new ArrayList<>();
        for (Section section : LibraryReference.sections()) {
            for (Section.Entry entry : section.entries()) {
                for (String example : entry.examples()) {
                    boolean compares = example.contains("==") || example.matches("(not )?[a-z_]+\\(.*\\)");
                    if (compares && !example.matches("(let|var|for|print|printall|note|barrier|save|plot_line|plot_image|env|exists)\\b.*")) {
                        lines.add("assert " + example + ", \"" + entry.name() + "\"");
                    }
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(80);
        SourceFile file = SourceFile.of("examples.pel", String.join("\n", lines) + "\nprint(\"all hold\")\n");
        Diagnostics diagnostics = new Diagnostics();
        var typed = Checker.check(Parser.parse(file, diagnostics), new StandardLibrary(), diagnostics);
        assertThat(diagnostics.sorted().stream().map(d -> d.primary().file().lineText(d.primary().line()) + ": " + d.message())).isEmpty();
        List<String> said = new ArrayList<>();
        int code = new Interpreter(LibraryReferenceTest.class.getClassLoader()).run(typed, 1, List.of(), new Output() {
            @Override
            public void print(String line) {
                said.add(line);
            }

            @Override
            public void note(String line) {
                said.add(line);
            }

            @Override
            public void error(String text) {
                said.add(text);
            }
        });
        assertThat(said).containsExactly("all hold");
        assertThat(code).isZero();
    }

    @Test
    void everyNameIsKnownToTheCompiler() {
        Set<String> names = new TreeSet<>();
        LibraryReference.sections().forEach(s -> s.entries().forEach(e -> e.signatures().forEach(x -> names.add(x.replaceFirst("^fn (\\w+)\\(.*", "$1")))));
        assertThat(names).contains("sqrt", "allsum", "sorted", "plot_line", "norm").hasSizeGreaterThan(120);
        PelCompiler compiler = new PelCompiler(new StandardLibrary(), List.of(), "test");
        for (String name : names) {
            var result = compiler.compile(SourceFile.of("x.pel", "let y = " + name + "()"), new PelCompiler.Goal.Check());
            assertThat(result.diagnostics()).as(name).noneMatch(d -> d.code().equals("PEL0101"));
        }
    }
}

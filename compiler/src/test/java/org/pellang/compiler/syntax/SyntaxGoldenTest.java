package org.pellang.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.diagnostic.HumanRenderer;
import org.pellang.compiler.source.SourceFile;

/** Trees and messages as files. */
class SyntaxGoldenTest {
    private static SourceFile source(Path path) throws Exception {
        return SourceFile.of(path.getFileName().toString(), Files.readString(path));
    }

    @TestFactory
    Stream<DynamicTest> trees() {
        return Golden.tests("syntax/trees", ".ast", path -> {
            Diagnostics diagnostics = new Diagnostics();
            String tree = SyntaxPrinter.print(Parser.parse(source(path), diagnostics));
            assertThat(diagnostics.sorted()).isEmpty();
            return tree;
        });
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return Golden.tests("syntax/errors", ".errors", path -> {
            Diagnostics diagnostics = new Diagnostics();
            Parser.parse(source(path), diagnostics);
            return new HumanRenderer(false).render(diagnostics.sorted());
        });
    }

    @TestFactory
    Stream<DynamicTest> programsParseWithoutMessage() {
        return Golden.programs("syntax/programs").stream()
                .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> {
                    Diagnostics diagnostics = new Diagnostics();
                    Program program = Parser.parse(source(path), diagnostics);
                    assertThat(new HumanRenderer(false).render(diagnostics.sorted())).isEmpty();
                    assertThat(program.items()).isNotEmpty();
                    assertThat(SyntaxPrinter.print(program)).doesNotContain("Missing");
                }));
    }
}

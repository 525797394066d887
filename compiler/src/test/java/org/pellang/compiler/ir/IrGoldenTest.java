package org.pellang.compiler.ir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.sema.CheckedText;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Golden;

/** Divided loops before and after the rules, as files. */
class IrGoldenTest {

    @TestFactory
    Stream<DynamicTest> plain() {
        return Golden.tests("ir", ".ir.txt", path -> print(path, PelCompiler.Stage.IR));
    }

    @TestFactory
    Stream<DynamicTest> improved() {
        return Golden.tests("ir", ".ir-opt.txt", path -> print(path, PelCompiler.Stage.IR_OPT));
    }

    private static String print(Path path, PelCompiler.Stage stage) throws java.io.IOException {
        PelCompiler compiler = new PelCompiler(CheckedText.library(), List.of(), "test");
        SourceFile source = SourceFile.of(path.getFileName().toString(), Files.readString(path));
        PelCompiler.Result result = compiler.compile(source, new PelCompiler.Goal.Emit(stage));
        Assertions.assertThat(result.diagnostics()).isEmpty();
        return new String(result.product(), StandardCharsets.UTF_8);
    }
}

package org.pellang.compiler.codegen;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.sema.CheckedText;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Golden;

/** Generated Java as files. */
class JavaGoldenTest {

    @TestFactory
    Stream<DynamicTest> java() {
        PelCompiler compiler = new PelCompiler(CheckedText.library(), List.of(), "test");
        return Golden.tests("java", ".java.txt", path -> {
            SourceFile source = SourceFile.of(path.getFileName().toString(), Files.readString(path));
            PelCompiler.Result result = compiler.compile(source, new PelCompiler.Goal.Emit(PelCompiler.Stage.JAVA));
            Assertions.assertThat(result.diagnostics()).isEmpty();
            return new String(result.product(), StandardCharsets.UTF_8);
        });
    }
}

package org.pellang.compiler.codegen;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.sema.CheckedText;
import org.pellang.compiler.sema.FolderModules;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Golden;

/** Generated Java as files. */
class JavaGoldenTest {

    @TestFactory
    Stream<DynamicTest> facades() {
        PelCompiler compiler = new PelCompiler(CheckedText.library(), List.of(), "test");
        FolderModules modules = new FolderModules(CheckedText.library(), Path.of(""), List.of()).trustingJava();
        return Golden.tests("facade", ".java.txt", path -> {
            SourceFile source = SourceFile.of(path.getFileName().toString(), Files.readString(path));
            PelCompiler.Result result = compiler.compile(source, new PelCompiler.Goal.Facade("com.acme"), modules);
            Assertions.assertThat(result.diagnostics()).isEmpty();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(result.product()))) {
                Assertions.assertThat(zip.getNextEntry().getName()).isEqualTo("com/acme/Heat.java");
                return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

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

package org.pellang.compiler.sema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.ir.CostCheck;
import org.pellang.compiler.ir.Lowering;
import org.pellang.compiler.sema.checkpoint.CheckpointCheck;
import org.pellang.compiler.sema.dependence.AliasCheck;
import org.pellang.compiler.sema.dependence.BoundsCheck;
import org.pellang.compiler.sema.dependence.OffloadCheck;
import org.pellang.compiler.sema.dependence.RaceCheck;
import org.pellang.compiler.sema.flow.ExplicitCheck;
import org.pellang.compiler.sema.flow.UniformityCheck;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;
import org.pellang.compiler.syntax.Program;

/** The whole front end on a text, with the standard library's declarations from the neighbouring module. */
public final class CheckedText {
    private static final Path LIBRARY = Path.of("../stdlib/src/main/resources/org/pellang/stdlib");

    private CheckedText() {}

    /** All messages of parser, checker and analyses. */
    public static List<Diagnostic> diagnostics(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Program program = Parser.parse(SourceFile.of("test.pel", text), diagnostics);
        TypedProgram typed = Checker.check(program, library(), diagnostics);
        if (!diagnostics.hasSyntaxErrors()) {
            UniformityCheck.check(typed, diagnostics);
            CheckpointCheck.check(typed, diagnostics);
            RaceCheck.check(typed, diagnostics);
            OffloadCheck.check(typed, diagnostics);
            AliasCheck.check(typed, diagnostics);
            ExplicitCheck.check(typed, diagnostics);
            BoundsCheck.check(typed, diagnostics);
        }
        if (!diagnostics.hasErrors()) {
            CostCheck.check(Lowering.lower(typed), diagnostics);
        }
        return diagnostics.sorted();
    }

    /** The standard library's declarations as they stand in the source tree. */
    public static ModuleSource library() {
        return new ModuleSource() {
            @Override
            public List<String> standardModules() {
                try (var files = Files.list(LIBRARY)) {
                    return files.map(f -> f.getFileName().toString())
                            .filter(n -> n.endsWith(".pel"))
                            .map(n -> n.substring(0, n.length() - 4))
                            .sorted()
                            .toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public SourceFile find(String module) {
                Path file = LIBRARY.resolve(module + ".pel");
                try {
                    return Files.exists(file) ? SourceFile.of(file.toString(), Files.readString(file)) : null;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}

package org.pellang.compiler.sema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Parser;

/** Programs of several files: what is visible, in which order statements run, and the messages 09xx. */
class ModulesTest {
    @TempDir
    private Path folder;

    private TypedProgram typed;
    private FolderModules modules;

    /** Texts by file name; the first is the program. */
    private List<Diagnostic> check(String... files) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (int k = 0; k < files.length; k += 2) {
            texts.put(files[k], files[k + 1]);
            Path file = folder.resolve(files[k]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[k + 1]);
        }
        Diagnostics diagnostics = new Diagnostics();
        modules = new FolderModules(CheckedText.library(), folder, List.of());
        SourceFile main = SourceFile.of(folder.resolve(files[0]).toString(), files[1]);
        typed = Checker.check(Parser.parse(main, diagnostics), modules, diagnostics);
        return diagnostics.sorted();
    }

    private static String at(Span span) {
        return Path.of(span.file().name()).getFileName() + ":" + span.line() + ":" + span.column();
    }

    private static void only(List<Diagnostic> found, String code, String place) {
        assertThat(found).extracting(Diagnostic::code).containsExactly(code);
        assertThat(at(found.getFirst().primary())).isEqualTo(place);
    }

    @Test
    void namesOfModulesAreVisible() throws IOException {
        assertThat(check(
                        "main.pel", "use shapes, lib.circle\nlet a = area(Box(1.0, 2.0)) + circle.round_area(1.0) + shapes.unit + twice\n",
                        "shapes.pel", "module shapes\nuse lib.circle\nrecord Box { w, h: float }\nfn area(b: Box) = b.w * b.h\nlet unit = 1.0\nconfig twice = 2\n",
                        "lib/circle.pel", "module lib.circle\nfn round_area(r: float) = pi * r * r\n"))
                .isEmpty();
        assertThat(modules.files()).extracting(f -> folder.relativize(f).toString()).containsExactly("shapes.pel", "lib/circle.pel");
        assertThat(typed.configs()).hasSize(1);
        assertThat(typed.modules()).extracting(f -> Path.of(f.name()).getFileName().toString()).containsExactly("circle.pel", "shapes.pel");
    }

    @Test
    void allFilesOfAFolder() throws IOException {
        assertThat(check("main.pel", "use lib\nlet a = f(1) + g(1)\n", "lib/a.pel", "fn f(x: int) = x\n", "lib/b.pel", "fn g(x: int) = x\n")).isEmpty();
    }

    @Test
    void besideTheFileThatUsesIt() throws IOException {
        assertThat(check("main.pel", "use lib.a\nlet x = f(1)\n", "lib/a.pel", "use b\nfn f(x: int) = g(x)\n", "lib/b.pel", "fn g(x: int) = x\n")).isEmpty();
    }

    @Test
    void theStandardLibraryComesFirst() throws IOException {
        assertThat(check("main.pel", "use math\nlet x = sqrt(2.0)\n", "math.pel", "fn sqrt(x: string) = x\n")).isEmpty();
        assertThat(modules.files()).isEmpty();
    }

    @Test
    void unknownModule() throws IOException {
        List<Diagnostic> found = check("main.pel", "use shapse\n", "shapes.pel", "let x = 1\n");
        only(found, "PEL0901", "main.pel:1:5");
        assertThat(found.getFirst().fixes()).hasSize(1);
    }

    @Test
    void oneNameInTwoModules() throws IOException {
        String[] modules = {"a.pel", "let k = 1\nfn f(x: int) = x + k\nrecord R { x: int }\n", "b.pel", "let k = 2.0\nfn f(x: float) = x * k\nrecord R { y: float }\n"};
        assertThat(check(files("use a, b\nlet x = a.f(1) + a.k\nlet y = b.f(2.0) + b.k\nlet r: a.R = a.R(3)\nlet s: b.R = b.R(0.5)\n", modules))).isEmpty();
        List<Diagnostic> found = check(files("use a, b\nlet x = f(1)\n", modules));
        only(found, "PEL0902", "main.pel:2:9");
        assertThat(found.getFirst().labels()).extracting(l -> at(l.span())).containsExactly("a.pel:2:4", "b.pel:2:4");
        assertThat(found.getFirst().fixes()).hasSize(2);
        only(check(files("use a, b\nlet r: R = a.R(1)\n", modules)), "PEL0902", "main.pel:2:8");
    }

    @Test
    void ownNamesGoFirst() throws IOException {
        assertThat(check("main.pel", "use a\nfn f(x: string) = x\nlet k = \"b\"\nlet x = f(k) + \"c\"\nlet y = a.f(a.k) + g(1)\n",
                        "a.pel", "let k = 1\nfn f(x: int) = 2 * x\nfn g(x: int, y: int = k) = f(x) + f(k) + y\n"))
                .isEmpty();
        assertThat(check("main.pel", "use a\nfn mean(x: int) = 2 * x\nlet y = mean(1) + int(f())\n", "a.pel", "fn f() = mean([1.0, 2.0])\n")).isEmpty();
    }

    @Test
    void anOptionBelongsToTheWholeProgram() throws IOException {
        only(check("main.pel", "use a\nconfig n = 1\n", "a.pel", "config n = 2\n"), "PEL0902", "main.pel:2:8");
    }

    private static String[] files(String main, String... modules) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of("main.pel", main), java.util.Arrays.stream(modules)).toArray(String[]::new);
    }

    @Test
    void headerOfAnotherModule() throws IOException {
        only(check("main.pel", "use a\n", "a.pel", "module b\nlet x = 1\n"), "PEL0903", "a.pel:1:8");
    }

    @Test
    void circle() throws IOException {
        only(check("main.pel", "use a\n", "a.pel", "use b\nlet x = 1\n", "b.pel", "let y = 1\nuse a\n"), "PEL0904", "b.pel:2:5");
    }

    @Test
    void namesOfModulesThatAreNotUsed() throws IOException {
        only(check("main.pel", "use a\nlet z = g(1)\n", "a.pel", "use b\nlet x = g(1)\n", "b.pel", "fn g(x: int) = x\n"), "PEL0101", "main.pel:2:9");
        only(check("main.pel", "use a\nlet z = a.nothing\n", "a.pel", "let x = 1\n"), "PEL0101", "main.pel:2:11");
    }

    @Test
    void errorsStandInTheirOwnFile() throws IOException {
        only(check("main.pel", "use a\nlet z = 1\n", "a.pel", "let x = 1\nlet y: string = x\n"), "PEL0201", "a.pel:2:17");
        only(check("main.pel", "use a\nlet z = 1\n", "a.pel", "let x = 1\nlet y = * 3\n"), "PEL0001", "a.pel:2:9");
    }

    @Test
    void statementsOfModulesRunFirstAndOnce() throws IOException {
        assertThat(check("main.pel", "use a, b\nlet z = y\n", "a.pel", "use b\nlet x = y\n", "b.pel", "let y = 1\n")).isEmpty();
        assertThat(typed.body()).hasSize(3);
        assertThat(typed.body()).extracting(s -> at(s.span())).containsExactly("b.pel:1:1", "a.pel:2:1", "main.pel:2:1");
    }
}

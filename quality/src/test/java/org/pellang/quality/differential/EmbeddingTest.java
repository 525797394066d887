package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.FolderModules;
import org.pellang.compiler.source.SourceFile;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.JavaArrays;
import org.pellang.runtime.embed.Kernel;
import org.pellang.runtime.embed.Ranks;

/** Java that calls PEL that calls Java, in the order of a Maven build: facade from the text alone, javac, then the program against the classes. */
final class EmbeddingTest {
    private static final Path FOLDER = Path.of("src/test/embed");

    @TempDir
    private static Path work;

    private static URLClassLoader loader;

    @BeforeAll
    static void build() throws IOException {
        Toolchain toolchain = new Toolchain();
        SourceFile source = SourceFile.of("heat.pel", Files.readString(FOLDER.resolve("heat.pel")));
        FolderModules before = new FolderModules(toolchain.modules(), FOLDER, List.of()).trustingJava();
        PelCompiler.Result facade = new PelCompiler(toolchain.modules(), Toolchain.runtimePath(), "test")
                .compile(source, new PelCompiler.Goal.Facade("com.acme"), before);
        assertThat(facade.diagnostics()).isEmpty();
        unpack(facade.product(), work.resolve("src"));
        Path classes = Files.createDirectories(work.resolve("classes"));
        javac(classes, work.resolve("src/com/acme/Heat.java"), FOLDER.resolve("com/acme/Bounds.java"), FOLDER.resolve("com/acme/Service.java"));
        PelCompiler.Result program = new PelCompiler(toolchain.modules(), Toolchain.runtimePath(), List.of(classes), "test")
                .compile(source, new PelCompiler.Goal.Exports("com.acme"), new FolderModules(toolchain.modules(), FOLDER, List.of(classes)));
        assertThat(program.diagnostics().stream().filter(Diagnostic::isError)).isEmpty();
        unpack(program.product(), classes);
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, EmbeddingTest.class.getClassLoader());
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
    }

    private static void javac(Path classes, Path... sources) {
        List<String> command = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-d", classes.toString(), "-cp",
                String.join(java.io.File.pathSeparator, Toolchain.runtimePath().stream().map(Path::toString).toList())));
        Arrays.stream(sources).map(Path::toString).forEach(command::add);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new))).isZero();
    }

    @Test
    void javaAndPelCallEachOther() throws ReflectiveOperationException {
        Supplier<?> service = (Supplier<?>) loader.loadClass("com.acme.Service").getConstructor().newInstance();
        assertThat(service.get()).isEqualTo("""
                relax 2 true 1.0
                relax 3 true 1.0
                alpha 0.0
                [4.0, 8.0, 12.0]
                same true false
                Near[d=0.5, c=1] 12.5 FloatInt[first=24.0, second=3]
                x 255 -7 2.5 4 1 on 1
                [[1.0, 3.0], [2.0, 4.0]]
                {a=1, b=2}
                [  x is not positive,   at heat.pel:59] PelTrap
                [  the Java method com.acme.Bounds.boom threw java.lang.IllegalArgumentException: no more,   at heat.pel:61] IllegalArgumentException
                exit code 7
                """);
    }

    @Test
    void theSameBitsWithoutVectors() throws ReflectiveOperationException {
        Class<?> facade = loader.loadClass("com.acme.Heat");
        double[] rod = new double[2000];
        Arrays.setAll(rod, i -> Math.sin(i));
        Object with = new Kernel(facade, "pel.com.acme.Heat").call(Ranks.of(2), 2, "relax", new Object[] {rod, 20L});
        Object without = new Kernel(facade, "pel.com.acme.Heat_Plain").call(Ranks.of(2), 2, "relax", new Object[] {rod, 20L});
        assertThat((double[]) with).isEqualTo((double[]) without);
        assertThat(mentionsVectors("pel/com/acme/Heat.class")).isTrue();
        assertThat(mentionsVectors("pel/com/acme/Heat_Plain.class")).isFalse();
    }

    private static boolean mentionsVectors(String file) {
        try {
            return Files.readString(work.resolve("classes").resolve(file), StandardCharsets.ISO_8859_1).contains("jdk/incubator/vector");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void readOnlyArraysAreNotCopied() throws ReflectiveOperationException {
        Kernel kernel = new Kernel(loader.loadClass("com.acme.Heat"), "pel.com.acme.Heat");
        double[] a = {1, 2};
        assertThat(JavaArrays.wrap(a, ElemType.FLOAT).f64(0)).isSameAs(a);
        assertThatThrownBy(() -> kernel.call(Ranks.of(1), 2, "relax", new Object[] {null, 1L})).isInstanceOf(NullPointerException.class)
                .hasMessage("argument 1 of relax is null");
        assertThatThrownBy(() -> kernel.call(Ranks.of(1), 99, "none", new Object[0])).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("com.acme.Heat").hasMessageContaining("pel:compile");
        assertThatThrownBy(() -> JavaArrays.check(JavaArrays.wrap(a, ElemType.FLOAT), ElemType.FLOAT, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ranks.of(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBeCalledIsSaid() throws IOException {
        assertThat(work.resolve("src/com/acme/Heat.java")).content()
                .contains("Not here: {@code dot}, since a parameter has no type").doesNotContain("_hidden", "hidden(");
    }
}

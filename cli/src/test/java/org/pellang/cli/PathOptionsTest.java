package org.pellang.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.cli.run.Places;

/** {@code --class-path}, {@code --source-path} and facades, with the real compiler. */
final class PathOptionsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path program;
    private Path classes;
    private Path modules;

    @BeforeEach
    void aProgramThatUsesJavaAndAModule() throws IOException {
        program = write("p.pel", """
                use waves
                extern java "a.Known" { pure fn seven() -> int }
                fn more(x: int) -> int = x + seven() + offset
                print("{more(1)}")
                test "more" ranks 1 { assert more(2) == 12 }
                """);
        modules = write("lib/waves.pel", "let offset = 3\n").getParent();
        classes = Files.createDirectories(folder.resolve("classes"));
        Path source = write("a/Known.java", "package a; public final class Known { public static long seven() { return 7; } }");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString())).isZero();
    }

    @Test
    void checkFindsClassesAndModules() {
        assertThat(command("pel", "check", program.toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(err.toString(UTF_8)).contains("PEL0801", "PEL0901");
        assertThat(command("pel", "check", "-cp", classes.toString(), "--source-path", modules.toString(), program.toString())).isZero();
        assertThat(command("pel", "check", "-cp", "/nowhere", program.toString())).isEqualTo(ExitCode.IO);
        assertThat(err.toString(UTF_8)).contains("--class-path: /nowhere does not exist");
    }

    @Test
    void theInterpreterDoesToo() {
        assertThat(command("pelrun", "-n", "2", "--interpret", "--class-path=" + classes, "--source-path=" + modules, program.toString())).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("11\n");
    }

    @Test
    void aFacadeNeedsNoClasses() {
        Path java = folder.resolve("java");
        assertThat(command("pelc", "--facade=" + java, "--java-package=com.acme", "--source-path=" + modules, program.toString())).isZero();
        assertThat(java.resolve("com/acme/P.java")).content().contains("package com.acme;", "public long more(long x)");
        assertThat(command("pelc", "--facade=" + java, "--java-package=not-java", program.toString())).isEqualTo(ExitCode.USAGE);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private int command(String name, String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        Places places = Places.ofProcess(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()));
        return new CommandRunner(new Invocation(name, List.of(arguments), terminal, places, Map.of(), () -> new CompilerFrontEnd(places.runtimePath()))).run();
    }
}

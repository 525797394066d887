package org.pellang.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages, changes and the way to PEL, without Maven. */
final class PartsTest {
    @TempDir
    private Path folder;

    @Test
    void messagesBecomeClickable() {
        String line = "{\"code\":\"PEL0101\",\"severity\":\"error\",\"message\":\"unknown \\\"x\\\" \\u00e9\",\"file\":\"/a b/p.pel\",\"line\":3,\"column\":7,\"endLine\":3,"
                + "\"endColumn\":8,\"labels\":[],\"notes\":[],\"fixes\":[]}";
        assertThat(Message.read(line)).contains(new Message("error", "/a b/p.pel:[3,7] PEL0101: unknown \"x\" é"));
        assertThat(Message.read("pel: building")).isEmpty();
    }

    @Test
    void theHashFollowsTheTextTheSettingsAndWhatMayBeUsed() throws IOException, MojoExecutionException {
        Path alone = Files.writeString(folder.resolve("alone.pel"), "print(1)\n");
        Path user = Files.writeString(folder.resolve("user.pel"), "use waves\nprint(1)\n");
        Path module = Files.writeString(folder.resolve("waves.pel"), "module waves\nfn f() = 1\n");
        Sources sources = Sources.in(folder.toFile());
        assertThat(sources.files()).containsExactly(alone, user, module);
        String before = sources.hash(alone, "s", List.of(), List.of());
        String using = sources.hash(user, "s", List.of(), List.of());
        assertThat(sources.hash(alone, "s", List.of(), List.of())).isEqualTo(before);
        assertThat(sources.hash(alone, "t", List.of(), List.of())).isNotEqualTo(before);
        Files.writeString(module, "module waves\nfn f() = 2\n");
        assertThat(sources.hash(alone, "s", List.of(), List.of())).isEqualTo(before);
        assertThat(sources.hash(user, "s", List.of(), List.of())).isNotEqualTo(using);
        assertThat(Sources.in(folder.resolve("none").toFile()).files()).isEmpty();
    }

    @Test
    void theHashFollowsTheClassesThatAreCalled() throws IOException, MojoExecutionException {
        Path program = Files.writeString(folder.resolve("p.pel"), "extern java \"a.B\" { fn f() }\n");
        Path classes = Files.createDirectories(folder.resolve("classes/a")).resolve("..").normalize();
        Sources sources = Sources.in(folder.toFile());
        String none = sources.hash(program, "s", List.of(), List.of(classes));
        Files.writeString(classes.resolve("a/B.class"), "1");
        String first = sources.hash(program, "s", List.of(), List.of(classes));
        Files.writeString(classes.resolve("a/Other.class"), "1");
        assertThat(sources.hash(program, "s", List.of(), List.of(classes))).isEqualTo(first).isNotEqualTo(none);
        Files.writeString(classes.resolve("a/B.class"), "2");
        assertThat(sources.hash(program, "s", List.of(), List.of(classes))).isNotEqualTo(first);
    }

    @Test
    void foldersArePackages() throws IOException, MojoExecutionException {
        Path deep = Files.createDirectories(folder.resolve("com/new/x-1"));
        Path in = Files.writeString(deep.resolve("p.pel"), "print(1)\n");
        Path top = Files.writeString(folder.resolve("q.pel"), "print(1)\n");
        Sources sources = Sources.in(folder.toFile());
        assertThat(sources.javaPackage(in, "t")).isEqualTo("com.new_.x_1");
        assertThat(sources.javaPackage(top, "t")).isEqualTo("t");
        assertThat(Sources.javaName("org.my-app.2d")).isEqualTo("org.my_app._2d");
    }

    @Test
    void productsThatDoNotComeAnyMoreAreRemoved() throws IOException {
        Path list = folder.resolve("marks/list");
        Path kept = Files.writeString(folder.resolve("kept"), "1");
        Path gone = Files.writeString(folder.resolve("gone"), "1");
        Path foreign = Files.writeString(folder.resolve("foreign"), "1");
        Products.settle(list, List.of(kept, gone));
        Products.settle(list, List.of(kept));
        assertThat(kept).exists();
        assertThat(gone).doesNotExist();
        assertThat(foreign).exists();
        Mark mark = new Mark(folder.resolve("marks/m"));
        mark.write("h", List.of(kept));
        assertThat(mark.holds("h")).isTrue();
        assertThat(mark.holds("i")).isFalse();
        Files.delete(kept);
        assertThat(mark.holds("h")).isFalse();
    }

    @Test
    void pelIsFoundByNameByVariableAndOnThePath() throws IOException, MojoExecutionException {
        Path bin = Files.createDirectories(folder.resolve("pel/bin"));
        Path command = Files.writeString(bin.resolve("pel"), "#!/bin/sh\necho out \"$1\"\necho err >&2\nexit 5\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Path home = folder.resolve("pel");
        assertThat(Pel.find(home.toString(), Map.of()).home()).isEqualTo(home);
        assertThat(Pel.find(null, Map.of("PEL_HOME", home.toString())).home()).isEqualTo(home);
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("pel"), command);
        Pel pel = Pel.find(null, Map.of("PATH", "/nowhere:" + links));
        assertThat(pel.home().toRealPath()).isEqualTo(home.toRealPath());
        List<String> lines = new ArrayList<>();
        assertThat(pel.run(folder, List.of("pel", "a b"), lines::add, line -> {})).isEqualTo(5);
        assertThat(lines).containsExactly("out a b");
        assertThatThrownBy(() -> Pel.find(null, Map.of("PATH", "/nowhere"))).isInstanceOf(MojoExecutionException.class).hasMessageContaining("PEL_HOME");
        assertThatThrownBy(() -> Pel.find("/nowhere", Map.of())).isInstanceOf(MojoExecutionException.class).hasMessageContaining("bin/pel is missing");
    }
}

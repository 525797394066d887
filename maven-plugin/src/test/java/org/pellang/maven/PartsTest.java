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
        assertThat(sources.programs()).containsExactly(alone, user);
        String before = sources.hash(alone, "s");
        String using = sources.hash(user, "s");
        assertThat(sources.hash(alone, "s")).isEqualTo(before);
        assertThat(sources.hash(alone, "t")).isNotEqualTo(before);
        Files.writeString(module, "module waves\nfn f() = 2\n");
        assertThat(sources.hash(alone, "s")).isEqualTo(before);
        assertThat(sources.hash(user, "s")).isNotEqualTo(using);
        assertThat(Sources.in(folder.resolve("none").toFile()).files()).isEmpty();
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

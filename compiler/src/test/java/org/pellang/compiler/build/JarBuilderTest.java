package org.pellang.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.Test;

class JarBuilderTest {

    @Test
    void namesTheProgramAndHoldsItsClasses() throws IOException {
        byte[] jar = JarBuilder.jar("pel.Heat", "1.2", Map.of("pel.Heat", new byte[] {1}, "pel.Heat$R", new byte[] {2, 3}));
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            assertThat(in.getManifest().getMainAttributes().getValue("Pel-Program")).isEqualTo("pel.Heat");
            assertThat(in.getManifest().getMainAttributes().getValue("Created-By")).isEqualTo("pelc 1.2");
            JarEntry entry = in.getNextJarEntry();
            assertThat(entry.getName()).isEqualTo("pel/Heat.class");
            assertThat(in.readAllBytes()).containsExactly(1);
            assertThat(in.getNextJarEntry().getName()).isEqualTo("pel/Heat$R.class");
            assertThat(in.getNextJarEntry()).isNull();
        }
    }

    @Test
    void saysWhetherThereAreVectors() throws IOException {
        assertThat(vectors(JarBuilder.jar("pel.A", "1", Map.of("pel.A", new byte[] {1})))).isEqualTo("no");
        byte[] mention = "()Ljdk/incubator/vector/DoubleVector;".getBytes(StandardCharsets.UTF_8);
        assertThat(vectors(JarBuilder.jar("pel.A", "1", Map.of("pel.A", mention)))).isEqualTo("yes");
        assertThat(vectors(JarBuilder.jar("pel.A", "1", Map.of("pel.A", new byte[] {1}), List.of(Path.of("/own.jar"))))).isEqualTo("yes");
    }

    private static String vectors(byte[] jar) throws IOException {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            return in.getManifest().getMainAttributes().getValue("Pel-Vectors");
        }
    }

    @Test
    void sameClassesGiveTheSameBytes() {
        Map<String, byte[]> other = new HashMap<>();
        other.put("pel.B", new byte[] {5});
        other.put("pel.A", new byte[] {4});
        byte[] first = JarBuilder.jar("pel.A", "1", Map.of("pel.A", new byte[] {4}, "pel.B", new byte[] {5}));
        assertThat(JarBuilder.jar("pel.A", "1", other)).isEqualTo(first);
    }
}

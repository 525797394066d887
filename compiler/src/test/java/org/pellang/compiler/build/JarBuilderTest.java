package org.pellang.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
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
    void sameClassesGiveTheSameBytes() {
        Map<String, byte[]> other = new HashMap<>();
        other.put("pel.B", new byte[] {5});
        other.put("pel.A", new byte[] {4});
        byte[] first = JarBuilder.jar("pel.A", "1", Map.of("pel.A", new byte[] {4}, "pel.B", new byte[] {5}));
        assertThat(JarBuilder.jar("pel.A", "1", other)).isEqualTo(first);
    }
}

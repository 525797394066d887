package org.pellang.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls on arrays of each type are those on double[], word for word: {@code -Dgolden.update=true} writes them. */
class TypedCallsTest {
    private static final Path FOLDER = Path.of("src/main/java/org/pellang/runtime");

    @ParameterizedTest
    @ValueSource(strings = {"long", "int", "float", "short", "byte", "boolean"})
    void areTheSameForEachType(String type) throws IOException {
        String name = Character.toUpperCase(type.charAt(0)) + type.substring(1) + "Calls";
        String expected = Files.readString(FOLDER.resolve("DoubleCalls.java")).replace("DoubleCalls", name).replaceAll("\\bdouble\\b", type);
        Path file = FOLDER.resolve(name + ".java");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).isEqualTo(expected);
    }
}

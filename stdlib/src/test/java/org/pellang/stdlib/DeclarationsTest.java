package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Complex;
import org.pellang.runtime.value.PelList;
import org.pellang.runtime.value.Vec2;
import org.pellang.runtime.value.Vec3;
import org.pellang.runtime.value.Vec4;

/** Every declaration of the library's modules has its Java method, and documentation with an example. */
class DeclarationsTest {
    private static final Pattern FUNCTION = Pattern.compile("\\s*(pure )?fn (\\w+)\\((.*)\\) -> (.+)");
    private static final Pattern BLOCK = Pattern.compile("extern java \"([\\w.]+)\" \\{");

    @ParameterizedTest
    @ValueSource(strings = {"math", "random", "text", "io", "stats", "sorting"})
    void everyDeclarationHasItsMethod(String module) throws ReflectiveOperationException {
        Class<?> owner = Object.class;
        int documented = 0;
        for (String line : text(module).lines().toList()) {
            Matcher block = BLOCK.matcher(line);
            Matcher function = FUNCTION.matcher(line);
            if (block.matches()) {
                owner = Class.forName(block.group(1));
            } else if (line.startsWith("  ##     ")) {
                documented++;
            } else if (function.matches()) {
                assertThat(documented).as("example before " + line).isPositive();
                List<Class<?>> types = new ArrayList<>();
                if (function.group(1) == null) {
                    types.addAll(List.of(Rank.class, Site.class));
                }
                for (Matcher m = Pattern.compile("\\w+: ((?:\\[[_, ]*\\] |list )?\\w+)").matcher(function.group(3)); m.find(); ) {
                    types.add(javaType(m.group(1)));
                }
                var method = owner.getMethod(camelCase(function.group(2)), types.toArray(new Class<?>[0]));
                assertThat(method.getReturnType()).as(line).isEqualTo(javaType(function.group(4)));
                assertThat(Modifier.isStatic(method.getModifiers())).isTrue();
            } else if (line.isBlank()) {
                documented = 0;
            } else {
                assertThat(line).matches("\\s*(##.*|\\})");
            }
        }
        assertThat(owner).isNotEqualTo(Object.class);
    }

    private static String camelCase(String name) {
        String[] words = name.split("_");
        return words[0] + Arrays.stream(words).skip(1).map(w -> Character.toUpperCase(w.charAt(0)) + w.substring(1)).reduce("", String::concat);
    }

    private static Class<?> javaType(String type) {
        return switch (type) {
            case "int" -> long.class;
            case "float" -> double.class;
            case "bool" -> boolean.class;
            case "string" -> String.class;
            case "complex" -> Complex.class;
            case "vec2" -> Vec2.class;
            case "vec3" -> Vec3.class;
            case "vec4" -> Vec4.class;
            default -> type.startsWith("list") ? PelList.class : PelArray.class;
        };
    }

    private static String text(String module) {
        try (InputStream in = Objects.requireNonNull(Format.class.getResourceAsStream(module + ".pel"), module)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

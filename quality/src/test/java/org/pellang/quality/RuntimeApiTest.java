package org.pellang.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pellang.compiler.codegen.CheckpointApi;
import org.pellang.compiler.codegen.RuntimeApi;
import org.pellang.compiler.codegen.RuntimeMethod;
import org.pellang.compiler.codegen.loop.LoopApi;

/** The compiler does not compile against the runtime: every name that it writes into programs must exist there. */
class RuntimeApiTest {

    static Stream<RuntimeMethod> methods() {
        return Stream.of(RuntimeApi.methods(), LoopApi.methods(), CheckpointApi.methods()).flatMap(List::stream).distinct();
    }

    static List<String> classes() {
        return RuntimeApi.classes();
    }

    static List<String> constants() {
        return RuntimeApi.constants();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void classExists(String name) throws ClassNotFoundException {
        assertThat(Modifier.isPublic(Class.forName(name).getModifiers())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("constants")
    void constantExists(String name) throws ReflectiveOperationException {
        int dot = name.lastIndexOf('.');
        int modifiers = Class.forName(name.substring(0, dot)).getField(name.substring(dot + 1)).getModifiers();
        assertThat(Modifier.isStatic(modifiers) && Modifier.isFinal(modifiers)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void methodExists(RuntimeMethod method) throws ClassNotFoundException {
        Class<?> owner = Class.forName(method.owner());
        Stream<? extends Executable> candidates = method.name().equals("new")
                ? Arrays.stream(owner.getConstructors())
                : Arrays.stream(owner.getMethods()).filter(m -> m.getName().equals(method.name())
                        && m.getReturnType().getSimpleName().equals(method.result()));
        assertThat(candidates
                        .filter(m -> Modifier.isStatic(m.getModifiers()) == method.isStatic())
                        .map(RuntimeApiTest::parameters))
                .as("%s", method)
                .contains(method.params());
    }

    private static List<String> parameters(Executable method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    }

    @Test
    void thereAreMethodsOfBothKinds() {
        assertThat(RuntimeApi.methods()).hasSizeGreaterThan(80);
        assertThat(LoopApi.methods()).isNotEmpty();
        assertThat(CheckpointApi.methods()).isNotEmpty();
    }
}

package org.pellang.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.codegen.JavaSourceFile;
import org.pellang.compiler.diagnostic.CompilerBug;

/** Java text to classes whose stack traces show the program's lines. */
class LineRewriterTest {
    private static final String TEXT =
            """
            package pel;
            public final class P implements Runnable {
                public record R(double x) {}
                public void run() {
                    Object o = Math.random() > 2.0 ? new R(1.0) : "text";
                    if (o instanceof R r && r.x() > 0.0) {
                        return;
                    }
                    fail(o);
                }
                private static void fail(Object o) {
                    for (int k = 0; k < 3; k++) {
                        if (k == 2) {
                            throw new IllegalStateException("k is " + k + o);
                        }
                    }
                }
            }
            """;
    private static final int[] LINES = {0, 0, 0, 10, 10, 11, 11, 0, 12, 12, 20, 21, 21, 70_000, 22, 22, 22, 0};

    private static Map<String, byte[]> compiled(String text) throws JavaCompilation.TooLarge {
        return JavaCompilation.compile(List.of(new JavaSourceFile("pel.P", text, LINES)), List.of());
    }

    /** Defines classes from memory. */
    private static final class Memory extends ClassLoader {
        private final Map<String, byte[]> classes;

        Memory(Map<String, byte[]> classes) {
            super(LineRewriterTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] rewritten = LineRewriter.rewrite(bytes, "p.pel", LINES);
            return defineClass(name, rewritten, 0, rewritten.length);
        }
    }

    @Test
    void stackTracesShowThePelFileAndLine() throws Exception {
        Runnable program = (Runnable) new Memory(compiled(TEXT)).loadClass("pel.P").getConstructor().newInstance();
        Throwable thrown = catchThrowable(program::run);
        assertThat(thrown).hasMessage("k is 2text");
        StackTraceElement[] trace = thrown.getStackTrace();
        assertThat(trace[0].getFileName()).isEqualTo("p.pel");
        assertThat(trace[0].getLineNumber()).as("the highest line that a class file can hold").isEqualTo(65_535);
        assertThat(trace[1].getMethodName()).isEqualTo("run");
        assertThat(trace[1].getLineNumber()).isEqualTo(12);
    }

    @Test
    void nestedClassesAreCompiledToo() throws Exception {
        assertThat(compiled(TEXT)).containsOnlyKeys("pel.P", "pel.P$R");
    }

    @Test
    void refusedJavaIsABugWithItsSource() {
        assertThatThrownBy(() -> compiled("package pel; class P { int x = \"no\"; }"))
                .isInstanceOf(CompilerBug.class)
                .hasMessageContaining("incompatible types")
                .hasMessageContaining("int x = \"no\";");
    }

    @Test
    void aMethodBeyondTheClassFileFormatIsNotABug() {
        String body = "d[0] += 1.5; d[1] *= d[0];".repeat(10_000);
        assertThatThrownBy(() -> compiled("package pel; class P { void m(double[] d) {" + body + "} }"))
                .isInstanceOf(JavaCompilation.TooLarge.class)
                .hasMessageContaining("too large");
    }
}

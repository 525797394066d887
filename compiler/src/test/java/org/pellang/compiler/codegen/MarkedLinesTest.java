package org.pellang.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.CodeBlock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines and names on their way through JavaPoet. */
class MarkedLinesTest {
    private static final JavaNames NAMES = new JavaNames("pel", "Heat", Map.of("Site", "org.pellang.runtime.Site", "PelList", "org.pellang.runtime.value.PelList"));

    @Test
    void marksBecomeTheLineTable() {
        String text = """
                package pel;

                class Heat {
                    private int a;

                    private int b;

                    void part_1() {
                        a = " //:9".length(); //:3
                        if (a == 1) { //:4
                            b = 2; //:5
                        } //:4
                    }

                    void other() {
                    }
                }
                """;
        JavaSourceFile file = MarkedLines.read("pel.Heat", text);
        assertThat(file.text()).contains("private int a;\n    private int b;\n", "        a = \" //:9\".length();\n", "            b = 2;\n");
        assertThat(file.lineTable()).containsExactly(0, 0, 0, 0, 0, 0, 0, 3, 4, 5, 4, 4, 0, 0, 0, 0);
    }

    @Test
    void namesOfClassesAreReferencesButForTextAndMembers() {
        CodeBlock code = NAMES.code("final Site s = f(\"Site \\\" Site\", 'S', x.Site, 1L, Site_2, $x);");
        assertThat(code.toString()).isEqualTo("final org.pellang.runtime.Site s = f(\"Site \\\" Site\", 'S', x.Site, 1L, Site_2, $x);");
        assertThat(NAMES.code("// Site").toString()).isEqualTo("// Site");
    }

    @Test
    void types() {
        assertThat(NAMES.type("PelList<Long>[]").toString()).isEqualTo("org.pellang.runtime.value.PelList<java.lang.Long>[]");
        assertThat(NAMES.type("Near").toString()).isEqualTo("pel.Heat.Near");
        assertThat(NAMES.type("org.other.Box").toString()).isEqualTo("org.other.Box");
        assertThat(NAMES.type("double[]").toString()).isEqualTo("double[]");
    }
}

package org.pellang.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** The two forms of messages. */
class RendererTest {
    private static final SourceFile A = SourceFile.of("a.pel", "let u = 1\nforall i in D {\n\tv[i] = v[i-1]   # 日本\n}\n");
    private static final SourceFile B = SourceFile.of("b.pel", "fn g() = 3\n");

    private static Span at(SourceFile file, String text) {
        int start = file.text().indexOf(text);
        return new Span(file, start, start + text.length());
    }

    private static Diagnostic sample() {
        return Diagnostic.error("PEL0301", at(A, "v[i]"), "iterations depend on each other")
                .under("written here")
                .label(at(A, "v[i-1]"), "read here")
                .label(at(B, "g"), "called from here")
                .note("distance 1")
                .fix("rename", at(A, "u"), "w");
    }

    @Test
    void people() {
        assertThat(new HumanRenderer(false).render(List.of(sample()))).isEqualTo("""
                error[PEL0301]: iterations depend on each other
                 --> a.pel:3:2
                  |
                3 |     v[i] = v[i-1]   # 日本
                  |     ^^^^   ------ read here
                  |     |
                  |     written here
                 ::: b.pel:1
                  |
                1 | fn g() = 3
                  |    - called from here
                  |
                  = note: distance 1
                  = help: rename
                1 | let w = 1
                  |     ~

                1 error
                """);
    }

    @Test
    void wideCharactersAndLinesThatFollow() {
        SourceFile file = SourceFile.of("w.pel", "let s = \"日本\" + x\nlet t = 1\nlet y = (1\n  + 2)\n");
        Diagnostic error = Diagnostic.error("PEL0101", at(file, "x"), "unknown name").label(at(file, "(1\n  + 2)"), "over two lines");
        assertThat(new HumanRenderer(false).render(error)).isEqualTo("""
                error[PEL0101]: unknown name
                 --> w.pel:1:16
                  |
                1 | let s = "日本" + x
                  |                  ^
                2 | let t = 1
                3 | let y = (1
                  |         --
                4 |   + 2)
                  |   ---- over two lines
                """);
    }

    @Test
    void colourOnlyAddsEscapes() {
        String plain = new HumanRenderer(false).render(sample());
        String coloured = new HumanRenderer(true).render(sample());
        assertThat(coloured).contains("\u001b[1;31m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void programs() {
        assertThat(new JsonRenderer().render(sample())).isEqualTo(
                "{\"code\":\"PEL0301\",\"severity\":\"error\",\"message\":\"iterations depend on each other\",\"file\":\"a.pel\","
                        + "\"line\":3,\"column\":2,\"endLine\":3,\"endColumn\":6,\"label\":\"written here\",\"labels\":[{\"file\":\"a.pel\","
                        + "\"line\":3,\"column\":9,\"endLine\":3,\"endColumn\":15,\"text\":\"read here\"},{\"file\":\"b.pel\",\"line\":1,"
                        + "\"column\":4,\"endLine\":1,\"endColumn\":5,\"text\":\"called from here\"}],\"notes\":[\"distance 1\"],"
                        + "\"fixes\":[{\"title\":\"rename\",\"edits\":[{\"file\":\"a.pel\",\"line\":1,\"column\":5,\"endLine\":1,"
                        + "\"endColumn\":6,\"replacement\":\"w\"}]}]}");
    }

    @Test
    void jsonEscapes() {
        Span span = new Span(A, 0, 0);
        String line = new JsonRenderer().render(Diagnostic.error("PEL0001", span, "a\"b\\c\n\u0001\uD800"));
        assertThat(line).contains("\"a\\\"b\\\\c\\n\\u0001\\ud800\"").doesNotContain("\n");
    }

    @Test
    void suggestions() {
        List<String> words = List.of("forall", "for", "let", "return", "while");
        assertThat(Spelling.nearest("foral", words)).isEqualTo("forall");
        assertThat(Spelling.nearest("retrun", words)).isEqualTo("return");
        assertThat(Spelling.nearest("lte", words)).isEqualTo("let");
        assertThat(Spelling.nearest("banana", words)).isNull();
        assertThat(Spelling.nearest("x", words)).isNull();
        assertThat(Spelling.distance("abcd", "acbd")).isEqualTo(1);
    }

    @Test
    void everySyntaxCodeIsExplained() {
        for (int i = 1; i <= 16; i++) {
            assertThat(Catalog.explain("%d".formatted(i))).get().asString().contains("## Wrong").contains("## Right");
        }
        assertThat(Catalog.explain("PEL9998")).isEmpty();
        assertThat(Catalog.explain("../secret")).isEmpty();
    }

    @Test
    void theMarkedPlaceOfAVeryLongLine() {
        SourceFile file = SourceFile.of("long.pel", "let s = " + "1 + ".repeat(1000) + "x" + " + 1".repeat(1000) + "\n");
        String text = new HumanRenderer(false).render(Diagnostic.error("PEL0101", at(file, "x"), "unknown name").under("not declared"));
        List<String> lines = text.lines().toList();
        int mark = lines.get(4).indexOf('^');
        assertThat(lines.get(3)).startsWith("1 | …").endsWith("…").hasSizeBetween(150, 210);
        assertThat(lines.get(3).charAt(mark)).isEqualTo('x');
        assertThat(lines.get(4)).endsWith("^ not declared");
    }
}

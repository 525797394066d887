package org.pellang.compiler.sema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.HumanRenderer;
import org.pellang.compiler.diagnostic.JsonRenderer;

/** Parser, checker and analyses on changed programs: messages of all kinds, in bounded time, never an exception, and every place inside the text. */
class FuzzedProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("pel.fuzz.count", 200) * 2;

    private static List<String> programs() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/pel/cases"))) {
            for (Path file : files.sorted().toList()) {
                for (String part : Files.readString(file).split("(?m)^=== ")) {
                    all.add(part.substring(part.indexOf('\n') + 1));
                }
            }
        }
        return all;
    }

    private static void check(String text) {
        assertThatCode(() -> Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                    List<Diagnostic> found = CheckedText.diagnostics(text);
                    for (Diagnostic d : found) {
                        assertThat(d.primary().start()).isBetween(0, d.primary().file().text().length());
                        assertThat(d.primary().end()).isBetween(d.primary().start(), d.primary().file().text().length());
                    }
                    new HumanRenderer(true).render(found);
                    new JsonRenderer().render(found);
                }))
                .as(text)
                .doesNotThrowAnyException();
    }

    /** Words and signs of one program in places of another one. */
    @Test
    void wordsOfOtherPrograms() throws IOException {
        Random random = new Random(11);
        List<String> programs = programs();
        for (int run = 0; run < PROGRAMS; run++) {
            String[] words = programs.get(random.nextInt(programs.size())).split("(?<=\\W)|(?=\\W)");
            String[] others = programs.get(random.nextInt(programs.size())).split("(?<=\\W)|(?=\\W)");
            for (int k = random.nextInt(3); k >= 0; k--) {
                words[random.nextInt(words.length)] = others[random.nextInt(others.length)];
            }
            check(String.join("", words));
        }
    }

    /** Lines of several programs mixed, some of them lost. */
    @Test
    void linesOfOtherPrograms() throws IOException {
        Random random = new Random(12);
        List<String> programs = programs();
        for (int run = 0; run < PROGRAMS / 2; run++) {
            List<String> lines = new ArrayList<>(programs.get(random.nextInt(programs.size())).lines().toList());
            programs.get(random.nextInt(programs.size())).lines().forEach(l -> lines.add(random.nextInt(lines.size() + 1), l));
            lines.removeIf(l -> random.nextInt(6) == 0);
            check(String.join("\n", lines));
        }
    }

    /** Deep and long constructs that the parser accepts. */
    @Test
    void deepAndLongPrograms() {
        check("let x = " + "(".repeat(90) + "1" + ")".repeat(90) + "\nprint(x)\n");
        check("var a: [10] int\nforall i in 0..<10 { a[" + "i + ".repeat(400) + "0] = 1 }\n");
        check("var a: [10] int\nforall i in 0..<10 {\n" + "  if i > 3 {\n".repeat(60) + "a[i] = 1\n" + "  }\n".repeat(60) + "}\n");
        check("var a: [100] int\nforall i in 0..<10 {\n" + "  a[i * 7 % 10 + i] = i\n".repeat(40) + "}\n");
        StringBuilder sums = new StringBuilder("let a0 = 1\n");
        for (int k = 1; k < 300; k++) {
            sums.append("let a").append(k).append(" = a").append(k - 1).append(" + a").append(k - 1).append('\n');
        }
        check(sums.append("var b: [100] int\nforall i in 0..<10 { b[i + a299] = 1 }\n").toString());
    }
}

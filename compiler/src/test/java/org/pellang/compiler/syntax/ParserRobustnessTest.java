package org.pellang.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.diagnostic.HumanRenderer;
import org.pellang.compiler.diagnostic.JsonRenderer;
import org.pellang.compiler.source.SourceFile;

/** Whatever the text, the parser answers in bounded time with a tree and a few messages inside the text. */
class ParserRobustnessTest {
    private static final List<String> RAW = List.of("mismatched input", "extraneous", "no viable", "<EOF>", "token recognition");

    private static List<Diagnostic> check(String text) {
        SourceFile file = SourceFile.of("fuzz.pel", text);
        Diagnostics diagnostics = new Diagnostics();
        Program program = Parser.parse(file, diagnostics);
        List<Diagnostic> found = diagnostics.sorted();
        assertThat(found).hasSizeLessThanOrEqualTo(SyntaxReport.MAX_ERRORS);
        for (Diagnostic d : found) {
            assertThat(d.code()).matches("PEL0(0\\d\\d|206)");
            assertThat(d.primary().start()).isBetween(0, text.length());
            assertThat(d.primary().end()).isBetween(d.primary().start(), text.length());
            assertThat(RAW).noneMatch(d.message()::contains);
        }
        if (SyntaxPrinter.print(program).contains("Missing")) {
            assertThat(found).as("a hole without a message in: %s", text).isNotEmpty();
        }
        new HumanRenderer(true).render(found);
        new JsonRenderer().render(found);
        return found;
    }

    private static List<String> programs() throws Exception {
        List<String> texts = new ArrayList<>();
        for (Path path : Golden.programs("syntax/programs")) {
            texts.add(Files.readString(path));
        }
        return texts;
    }

    @Test
    void randomCharacters() {
        Random random = new Random(1);
        String alphabet = "abxif(){}[]\"'{}\\\n\r\t .,:;+-*/=<>!&|^~@#0123456789eé\u0001\uD83D\uDE00";
        for (int run = 0; run < 400; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(120); i > 0; i--) {
                text.append(run % 4 == 0 ? (char) random.nextInt(1, 0x3000) : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            check(text.toString());
        }
    }

    @Test
    void truncatedAndMutatedPrograms() throws Exception {
        Random random = new Random(2);
        List<String> programs = programs();
        for (int run = 0; run < 400; run++) {
            StringBuilder text = new StringBuilder(programs.get(run % programs.size()));
            if (run % 3 == 0) {
                text.setLength(random.nextInt(text.length()));
            }
            for (int i = random.nextInt(6); i > 0 && text.length() > 8; i--) {
                int at = random.nextInt(text.length() - 4);
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "(){}[]\"=,:+ifor".charAt(random.nextInt(15)));
                    case 2 -> text.delete(at, at + 3);
                    default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
                }
            }
            check(text.toString());
        }
    }

    @Test
    void deepNestingGivesOneMessage() {
        for (String deep : List.of(
                "let x = " + "(".repeat(10_000) + "1" + ")".repeat(10_000),
                "let x = " + "(".repeat(10_000),
                "let x = " + "-".repeat(1) + "- ".repeat(10_000) + "1",
                "let x = " + "not ".repeat(10_000) + "true",
                "let x = " + "[".repeat(10_000),
                "let x: " + "[3] ".repeat(20_000) + "int",
                "let x = 1" + " + 1".repeat(20_000),
                "let x = 2" + " ** 2".repeat(20_000),
                "let x = " + "if a then b else ".repeat(5_000) + "c",
                "if a { } " + "else if a { } ".repeat(5_000),
                "fn f() { " + "if a { ".repeat(450) + "}".repeat(451) + "let y = " + "(".repeat(600) + ")".repeat(600),
                "let x = a" + ".b".repeat(20_000))) {
            List<Diagnostic> found =
                    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> check(deep));
            assertThat(found).as(deep.substring(0, 40)).hasSize(1);
            assertThat(found.get(0).code()).isEqualTo("PEL0008");
        }
    }

    @Test
    void largeProgramsTakeLinearTime() {
        String line = "forall (i, j) in G { v[i, j] = 0.25 * (u[i-1, j] + u[i+1, j] + u[i, j-1] + u[i, j+1]) }\n";
        String text = "domain G[0..9, 0..9] dist block\nvar u, v: [G] float\n" + line.repeat(250_000 / line.length());
        List<Diagnostic> found = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(120), () -> check(text));
        assertThat(found).isEmpty();
    }

    @Test
    void emptyAndBinaryTexts() {
        assertThat(check("")).isEmpty();
        assertThat(check("# nothing\n\n")).isEmpty();
        assertThat(check("\u0000ELF")).singleElement().extracting(Diagnostic::code).isEqualTo("PEL0016");
    }
}

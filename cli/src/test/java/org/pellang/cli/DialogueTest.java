package org.pellang.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.compiler.diagnostic.Diagnostic;

/** {@code pel repl}: what inputs do on three living ranks. */
final class DialogueTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    @TempDir
    private Path folder;

    private Dialogue dialogue;

    @BeforeEach
    void start() {
        dialogue = new CompilerFrontEnd(List.of()).dialogue(3, folder, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String enter(String input) {
        out.reset();
        err.reset();
        List<Diagnostic> messages = dialogue.enter(input);
        assertThat(messages).isEmpty();
        return out.toString(UTF_8);
    }

    private List<String> wrong(String input) {
        return dialogue.enter(input).stream().map(Diagnostic::code).toList();
    }

    @Test
    void valuesLiveOn() {
        assertThat(enter("let n = 5")).isEmpty();
        assertThat(enter("n * 2")).isEqualTo("10\n");
        enter("domain D[0..<n] dist block");
        enter("var a: [D] float = 1.0");
        enter("forall i in D { a[i] += i }");
        enter("forall i in D { a[i] += i }");
        assertThat(enter("a")).isEqualTo("[1.0, 3.0, 5.0, 7.0, 9.0]\n");
        enter("fn twice(x) = x + x");
        assertThat(enter("twice(a[2])")).isEqualTo("10.0\n");
    }

    @Test
    void ranksHaveTheirOwnValues() {
        enter("var mine = rank() * 10");
        enter("mine += 1");
        assertThat(enter("mine")).isEqualTo("1\n11\n21\n");
        assertThat(enter("allsum(mine)")).isEqualTo("33\n");
    }

    @Test
    void modulesOfTheFolder() throws IOException {
        Files.writeString(folder.resolve("shapes.pel"), "print(\"shapes run\")\nvar sides = 3\nfn more() { sides += 1 }\n");
        assertThat(enter("use shapes")).isEqualTo("shapes run\n");
        enter("var sides = 10");
        enter("more()");
        assertThat(enter("shapes.sides + sides")).isEqualTo("14\n");
    }

    @Test
    void habits() {
        assertThat(dialogue.enter("print \"x\"")).extracting(d -> d.fixes().size()).containsExactly(1);
        assertThat(wrong("z = 4")).containsExactly("PEL0101");
    }

    @Test
    void statementsRunOnce() {
        enter("var count = 0");
        enter("for i in 0..<4 { count += 1 }");
        assertThat(enter("print(\"now {count}\")")).isEqualTo("now 4\n");
        assertThat(enter("count")).isEqualTo("4\n");
    }

    @Test
    void errorsDoNotLoseTheSession() {
        enter("var count = 1");
        assertThat(wrong("coutn")).containsExactly("PEL0101");
        assertThat(wrong("let x: int = 1.5")).containsExactly("PEL0202");
        assertThat(wrong("if rank() == 0 { barrier() }")).containsExactly("PEL0401");
        assertThat(enter("var l: list int")).isEmpty();
        enter("l[3] = 1");
        assertThat(err.toString(UTF_8)).contains("input:");
        assertThat(enter("count + 1")).isEqualTo("2\n");
    }

    @Test
    void aNameIsDeclaredAnew() {
        enter("let n = 5");
        enter("fn plus(x: int) = x + n");
        enter("let n = 7");
        assertThat(enter("plus(1)")).isEqualTo("8\n");
        enter("fn plus(x: int) = x - n");
        assertThat(enter("plus(1)")).isEqualTo("-6\n");
    }

    @Test
    void openBracketsAskForMore() {
        assertThat(dialogue.isIncomplete("fn f(x) {")).isTrue();
        assertThat(dialogue.isIncomplete("fn f(x) {\n  return x\n}")).isFalse();
        assertThat(dialogue.isIncomplete("let x =")).isTrue();
        assertThat(dialogue.isIncomplete("let x = 1")).isFalse();
        assertThat(dialogue.isIncomplete("")).isFalse();
    }
}

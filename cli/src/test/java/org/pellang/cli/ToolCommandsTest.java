package org.pellang.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.cli.run.Places;

/** {@code pel fmt}, {@code fix}, {@code new}, {@code doc} and {@code --deny-warnings}, with the real compiler. */
final class ToolCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void fmtWritesCheckNamesAndDiffShows() throws IOException {
        Path ugly = write("a/ugly.pel", "let  x=1 # one\n");
        Path fine = write("a/fine.pel", "let y = 2\n");
        write("a/target/left.pel", "let  z=3\n");
        String dir = folder.resolve("a").toString();
        assertThat(pel("fmt", "--check", dir)).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(out()).isEqualTo(ugly + "\n");
        assertThat(pel("fmt", "--diff", dir)).isZero();
        assertThat(out()).contains("-let  x=1 # one\n+let x = 1  # one\n");
        assertThat(ugly).hasContent("let  x=1 # one\n");
        assertThat(pel("fmt", dir)).isZero();
        assertThat(ugly).hasContent("let x = 1  # one\n");
        assertThat(fine).hasContent("let y = 2\n");
        assertThat(folder.resolve("a/target/left.pel")).hasContent("let  z=3\n");
        assertThat(pel("fmt", "--check", dir)).isZero();
    }

    @Test
    void fmtLeavesWrongProgramsAsTheyAre() throws IOException {
        Path wrong = write("w.pel", "let x = (1\nlet  y=2\n");
        assertThat(pel("fmt", wrong.toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(err()).contains("error[PEL00", "w.pel:1");
        assertThat(wrong).hasContent("let x = (1\nlet  y=2\n");
    }

    @Test
    void fixCarriesOutAndGoesOn() throws IOException {
        Path wrong = write("w.pel", "let speed = 3\nvar s = 0\nforall i in 0..<10 { s += i }\nif sped == 3 && s > 0 { prnt(s) }\n");
        String before = Files.readString(wrong);
        assertThat(pel("fix", "--dry-run", wrong.toString())).isZero();
        assertThat(out()).contains("-if sped == 3 && s > 0 { prnt(s) }\n", "+if speed == 3 and s > 0 { print(s) }\n").contains("@@ -1,4 +1,4 @@");
        assertThat(wrong).hasContent(before);
        assertThat(pel("fix", wrong.toString())).isZero();
        assertThat(wrong).hasContent("let speed = 3\nvar s = 0\nforall i in 0..<10 reduce sum s { s += i }\nif speed == 3 and s > 0 { print(s) }\n");
        assertThat(err()).contains("PEL0009", "PEL0302", "PEL0101");
    }

    @Test
    void whatCannotBeFixedIsShown() throws IOException {
        Path wrong = write("w.pel", "let zebra: int = \"text\"\nprnt(zebra)\n");
        assertThat(pel("fix", wrong.toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(wrong).content().contains("print(zebra)", "\"text\"");
        assertThat(err()).contains("error[PEL02");
    }

    @Test
    void warningsCanBeDenied() throws IOException {
        Path warned = write("w.pel", "channel c: int\nc.send(1, to: 0)\nif rank() == 0 { for k in 0..<size() { let (x, from) = c.recv_any() } }\n");
        Path jar = folder.resolve("w.jar");
        assertThat(run("pelc", "--check-only", warned.toString())).isZero();
        assertThat(err()).contains("warning[PEL0505]");
        assertThat(run("pelc", "--deny-warnings", warned.toString(), "-o", jar.toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(err()).contains("--deny-warnings");
        assertThat(jar).doesNotExist();
        assertThat(pel("check", warned.toString())).isZero();
        assertThat(pel("check", "--deny-warnings", warned.toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
    }

    @Test
    void aNewProjectRunsAtOnce() throws IOException {
        Path project = folder.resolve("waves");
        assertThat(pel("new", project.toString())).isZero();
        assertThat(project.resolve("README.md")).content().contains("waves.pel").doesNotContain("@NAME@");
        assertThat(project.resolve(".gitignore")).exists();
        assertThat(pel("fmt", "--check", project.toString())).isZero();
        Path program = project.resolve("waves.pel");
        assertThat(pel("check", "--deny-warnings", program.toString())).isZero();
        assertThat(run("pelrun", "--interpret", "-n", "2", program.toString(), "--n=10", "--steps=3")).isZero();
        assertThat(out()).startsWith("mean temperature after 3 steps: ");
        assertThat(Files.readString(program)).contains("config n", "test \"");
        assertThat(pel("new", project.toString())).isEqualTo(ExitCode.IO);
        assertThat(err()).contains("is there already");
    }

    @Test
    void aNewMavenProject() throws IOException {
        Path project = folder.resolve("waves");
        assertThat(pel("new", "--maven", project.toString())).isZero();
        assertThat(project.resolve("pom.xml")).content().contains("<artifactId>pel-maven-plugin</artifactId>", "<artifactId>waves</artifactId>").doesNotContain("@");
        assertThat(project.resolve("src/main/pel/waves.pel")).exists();
    }

    @Test
    void docOfAProgram() throws IOException {
        Path program = write("p.pel", """
                ## Waves in a box.

                ## points per side
                config n = 100
                ## The <sine> of all & `more`.
                ##     wave(0.0) == 0.0
                fn wave(x: float) -> float = sin(x)
                fn other(a) { print(a) }  ## prints a
                record R { x: int }
                """);
        Path page = folder.resolve("p.html");
        assertThat(pel("doc", program.toString(), "-o", page.toString())).isZero();
        assertThat(page).content()
                .contains("<title>p</title>", "Waves in a box.", "config n = 100", "fn wave(x: float) -&gt; float\n", "The &lt;sine&gt; of all &amp; <code>more</code>.")
                .contains("<pre>wave(0.0) == 0.0\n</pre>", "id=\"wave\"", "href=\"#wave\"", "prints a")
                .doesNotContain("http", "@BODY@", "@NAMES@");
        assertThat(pel("doc", program.toString(), "--format=markdown", "-o", "-")).isZero();
        assertThat(out()).contains("### wave\n```\nfn wave(x: float) -> float\n```\n", "record R { x: int }");
    }

    @Test
    void examplesOfDocAreRun() throws IOException {
        Path right = write("right.pel", """
                ## Twice as much.
                ##
                ##     twice(2) == 4
                ##     "{twice(3)}" == "6"
                ##
                ## In a loop:
                ##
                ##     var s = 0
                ##     for k in 0..<3 { s += twice(k) }
                ##     assert s == 6
                fn twice(x: int) -> int = 2 * x
                """);
        assertThat(pel("doc", right.toString(), "-o", folder.resolve("r.html").toString())).isZero();
        Path wrong = write("wrong.pel", "## Half.\n##\n##     half(4) == 1\nfn half(x: int) -> int = x // 2\n## One.\n##\n##     one(1)\nfn one() -> int = 1\n");
        String page = folder.resolve("w.html").toString();
        assertThat(pel("doc", wrong.toString(), "-o", page)).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(err()).contains("the example of `half` does not hold", "the example of `one` does not compile", "error[PEL");
        assertThat(pel("doc", "--no-run", wrong.toString(), "-o", page)).isZero();
    }

    @Test
    void docOfTheLibrary() throws IOException {
        Path page = folder.resolve("library.md");
        assertThat(pel("doc", "--std", "-o", page.toString())).isZero();
        assertThat(page).content().contains("## Module math", "fn sqrt(x: float) -> float", "fn allgather(x: T) -> [_] T");
    }

    @Test
    void reportsOfTests() throws Exception {
        Path program = write("sums.pel", "test \"fine\" { assert 1 < 2 }\ntest \"a <b>\" ranks 1, 2 { assert 1 > 2, \"no & never\" }\n");
        assertThat(pel("test", "--junit-xml", folder.resolve("reports").toString(), program.toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
        var suite = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(folder.resolve("reports/TEST-pel.sums.xml").toFile()).getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        var cases = suite.getElementsByTagName("testcase");
        assertThat(((org.w3c.dom.Element) cases.item(1)).getAttribute("name")).isEqualTo("a <b>");
        assertThat(suite.getElementsByTagName("failure").item(0).getParentNode()).isSameAs(cases.item(1));
    }

    @Test
    void testsAreComparedByTheirResults() throws IOException {
        // What depends on the number of ranks does not count.
        Path right = write("right.pel", """
                domain D[0..<100] dist block
                var a: [D] float
                test "sums" ranks 1, 2, 3 {
                  forall i in D { a[i] = sqrt(float(i)) }
                  let s = sum(a)
                  let n = size()
                  let all = allsum(1)
                  assert n == all and s > 0.0
                }
                """);
        assertThat(pel("test", right.toString())).isZero();
        assertThat(out()).contains("1 passed, 0 failed");
        // Nothing that compiles gives other bits; so this program says that it does.
        Path wrong = write("wrong.pel", "test \"odd\" ranks 1, 2 { print(\"same\")  print(\"\\u{1}x = [0.5, {size()}.25]\") }\n");
        assertThat(pel("test", wrong.toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(out()).contains("`x` has other bits at 2 ranks than at 1:", "x = [0.5, 2.25]", "x = [0.5, 1.25]").doesNotContain("prints something else");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fmt             | which programs?
            fix             | which programs?
            new             | which name?
            new 1a          | is no name for a project
            doc             | which programs?
            doc --std x.pel | not both
            fmt --chek x    | unknown option --chek; did you mean --check?
            """)
    void wrongCommandLines(String line, String message) {
        assertThat(pel(line.split(" +"))).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fmt", "fix", "new", "doc", "test"})
    void everyCommandHasHelpWithExitCodes(String command) {
        assertThat(pel(command, "--help")).isZero();
        assertThat(out()).contains("Exit codes: 0", "--help");
    }

    @Test
    void filesThatAreNotThere() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        for (String command : List.of("fmt", "fix", "doc")) {
            assertThat(pel(command, folder.resolve("none.pel").toString())).isEqualTo(ExitCode.IO);
            assertThat(pel(command, folder.resolve("empty").toString())).isEqualTo(ExitCode.IO);
            assertThat(err()).contains("there is no .pel file in");
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    private int pel(String... arguments) {
        return run("pel", arguments);
    }

    private int run(String command, String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        Places places = new Places(folder.resolve("cache"), Path.of(System.getProperty("java.home")), List.of());
        return new CommandRunner(new Invocation(command, List.of(arguments), terminal, places, Map.of(),
                () -> new CompilerFrontEnd(Places.ofProcess(Map.of()).runtimePath()))).run();
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}

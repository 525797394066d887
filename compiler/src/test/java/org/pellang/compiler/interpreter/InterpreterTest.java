package org.pellang.compiler.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.diagnostic.HumanRenderer;
import org.pellang.compiler.sema.Checker;
import org.pellang.compiler.sema.ModuleSource;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Golden;
import org.pellang.compiler.syntax.Parser;

/** What programs print, computed by hand; the same on any number of ranks. Only types are checked before: the interpreter finds the rest. */
class InterpreterTest {
    private static final List<Integer> RANKS = List.of(1, 2, 3, 4, 7);

    /** What a program gave. */
    private record Outcome(int exit, List<String> lines, List<String> errors) {}

    private static TypedProgram checked(String name, String text) {
        Diagnostics diagnostics = new Diagnostics();
        TypedProgram program =
                Checker.check(Parser.parse(SourceFile.of(name, text), diagnostics), ModuleSource.NONE, diagnostics);
        assertThat(diagnostics.hasErrors()).as(new HumanRenderer(false).render(diagnostics.sorted())).isFalse();
        return program;
    }

    private static Outcome run(String name, String text, int ranks, String... options) {
        List<String> lines = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        Output output = new Output() {
            @Override
            public void print(String line) {
                lines.add(line);
            }

            @Override
            public void note(String line) {
                lines.add(line);
            }

            @Override
            public void error(String message) {
                errors.add(message);
            }
        };
        int exit = new Interpreter(InterpreterTest.class.getClassLoader()).run(checked(name, text), ranks, List.of(options), output);
        return new Outcome(exit, lines, errors);
    }

    private static List<String> marked(String text, String mark) {
        return text.lines().filter(l -> l.startsWith(mark)).map(l -> l.substring(mark.length())).toList();
    }

    @TestFactory
    Stream<DynamicTest> programs() {
        return Golden.programs("interpreter").stream().flatMap(path -> ranks(path).stream()
                .map(ranks -> DynamicTest.dynamicTest(path.getFileName() + " on " + ranks, () -> {
                    String text = Files.readString(path);
                    Outcome outcome = run(path.getFileName().toString(), text, ranks);
                    assertThat(outcome.lines()).isEqualTo(marked(text, "# expect: "));
                    assertThat(outcome.errors()).isEqualTo(marked(text, "# error: "));
                    assertThat(outcome.exit()).isEqualTo(outcome.errors().isEmpty() ? 0 : 1);
                })));
    }

    private static List<Integer> ranks(Path path) {
        try {
            List<String> given = marked(Files.readString(path), "# ranks: ");
            return given.isEmpty() ? RANKS : List.of(Integer.valueOf(given.getFirst()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void fault(InterpreterFault.Kind kind, String text) {
        for (int ranks : RANKS) {
            assertThatThrownBy(() -> run("fault.pel", text, ranks))
                    .as("%d ranks: %s", ranks, text)
                    .isInstanceOfSatisfying(InterpreterFault.class, f -> assertThat(f.kind()).isEqualTo(kind));
        }
    }

    private static void fine(String text) {
        for (int ranks : RANKS) {
            Outcome outcome = run("fine.pel", text, ranks);
            assertThat(outcome.errors()).as(text).isEmpty();
        }
    }

    private static final String ARRAYS = """
            domain D[0..<40] dist block
            var u, v: [D] float = 1.0
            var a, b: [40] int = 0
            record R { x, y: int }
            var r: [40] R
            """;

    @Test
    void racesAreFound() {
        fault(InterpreterFault.Kind.RACE, ARRAYS + "forall i in 1..<40 { u[i] = u[i-1] }");
        fault(InterpreterFault.Kind.RACE, ARRAYS + "forall i in 0..<39 { u[i] = u[i+1] }");
        fault(InterpreterFault.Kind.RACE, ARRAYS + "forall i in 0..<40 { a[i // 2] = i }");
        fault(InterpreterFault.Kind.RACE, ARRAYS + "forall i in 0..<40 { a[i] = a[0] }");
        fault(InterpreterFault.Kind.RACE, ARRAYS + "forall i in 0..<40 { if i == 7 { a[3] += 1 }  if i == 8 { a[3] max= 1 } }");
        fault(InterpreterFault.Kind.RACE, ARRAYS + "forall i in 0..<39 { r[i].x = r[i+1].x }");
        fault(InterpreterFault.Kind.RACE, ARRAYS + "fn put(mut x: [_] int, i: int) { x[i % 3] = i }\nforall i in 0..<40 { put(a, i) }");
    }

    @Test
    void independentIterationsAreNoRaces() {
        fine(ARRAYS + "forall i in 1..<40 { u[i] = v[i-1] }");
        fine(ARRAYS + "forall i in 0..<40 { a[39 - i] = i  a[39 - i] += a[39 - i] }");
        fine(ARRAYS + "forall i in 0..<40 { a[i % 5] += b[i] }");
        fine(ARRAYS + "forall i in 0..<39 { r[i].x = r[i+1].y }");
        fine(ARRAYS + "forall i in 0..<20 { a[2*i] = a[2*i+1] }");
        fine(ARRAYS + "forall i in 0..<40 { var t: [3] int = i  t[1] += 1  t[2] = t[1]  a[i] = t[2] }");
    }

    @Test
    void changesOfOuterVariablesAreFound() {
        fault(InterpreterFault.Kind.OUTER_CHANGE, "var s = 0\nforall i in 0..<9 { s += i }");
        fault(InterpreterFault.Kind.OUTER_CHANGE, ARRAYS + "fn f() { var t = 0\nforall i in 0..<9 { t = i } }\nf()");
    }

    @Test
    void differingPathsAreFound() {
        assertThatThrownBy(() -> run("m.pel", "if rank() == 0 { barrier() } else { print(allsum(1)) }", 3))
                .isInstanceOfSatisfying(InterpreterFault.class, f -> assertThat(f.kind()).isEqualTo(InterpreterFault.Kind.MISMATCH));
        assertThatThrownBy(() -> run("m.pel", "print(rank())", 2))
                .isInstanceOfSatisfying(InterpreterFault.class, f -> assertThat(f.kind()).isEqualTo(InterpreterFault.Kind.VARYING_PRINT));
        Outcome stuck = run("m.pel", "if rank() == 0 { barrier() }", 2);
        assertThat(stuck.exit()).isEqualTo(1);
        assertThat(stuck.errors().getFirst()).isEqualTo(
                "deadlock: every rank is blocked\n  rank 0 waits in barrier at m.pel:1:18\n  rank 1 has ended");
    }

    @Test
    void receivesThatWaitForEachOther() {
        Outcome stuck = run("d.pel", "channel c: int\nlet x = c.recv(from: (rank() + 1) % size())\nc.send(x, to: 0)", 3);
        assertThat(stuck.exit()).isEqualTo(1);
        assertThat(stuck.errors().getFirst()).contains("rank 2 waits in recv from rank 0 at d.pel:2:9");
    }

    @Test
    void traps() {
        assertThat(run("t.pel", "config z = 0\nprint(1 // z)", 2).errors()).containsExactly("t.pel:2: integer division by zero: 1 // 0");
        assertThat(run("t.pel", "config z = 0\nassert z == 1, \"z is {z}\"", 2).errors()).containsExactly("t.pel:2: z is 0");
        assertThat(run("t.pel", "config x = 1e300\nprint(int(x))", 1).errors().getFirst()).startsWith("t.pel:2: ");
        assertThat(run("t.pel", "config z = 300\nvar b: [2] byte = 0\nb[0] = byte(z)", 1).exit()).isEqualTo(1);
        assertThat(run("t.pel", "fn f(n: int) -> int { return 1 + f(n + 1) }\nprint(f(0))", 1).errors()).containsExactly("t.pel:1: stack overflow: the recursion is too deep");
        assertThat(run("t.pel", "print(\"a\")\nif rank() == 1 { abort(7) }\nbarrier()", 3).exit()).isEqualTo(7);
    }

    @Test
    void options() {
        String text = "config n = 3\nconfig x = 0.5\nconfig b = false\nconfig s = \"t\"\nprint(\"{n} {x} {b} {s}\")";
        assertThat(run("o.pel", text, 2).lines()).containsExactly("3 0.5 false t");
        assertThat(run("o.pel", text, 1, "--n=1_000", "--x", "1e3", "--b", "--s=a b").lines()).containsExactly("1000 1000.0 true a b");
        assertThat(run("o.pel", text, 1, "--n=1.5").exit()).isEqualTo(2);
        assertThat(run("o.pel", text, 1, "--m=1").exit()).isEqualTo(2);
    }

    @Test
    void filesComeBack(@org.junit.jupiter.api.io.TempDir Path dir) {
        String text = """
                config dir = "."
                domain G[0..<3, 0..<4] dist block
                var u: [G] float = 0.0
                forall (i, j) in G { u[i, j] = i + 0.1 * j }
                save(dir + "/u.npy", u)
                save(dir + "/u.csv", u)
                let v: [_, _] float dist (block, *) = load(dir + "/u.npy")
                let w: [_, _] float = load(dir + "/u.csv")
                forall (i, j) in G { assert v[i, j] == u[i, j] and w[i, j] == u[i, j] }
                """;
        assertThat(run("f.pel", text, 3, "--dir=" + dir).errors()).isEmpty();
    }
}

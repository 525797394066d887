package org.pellang.compiler.sema.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.CheckedText;
import org.pellang.compiler.sema.Checker;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;

/** Which variables a checkpoint holds: live at the header and modified in the loop, no more and no less. */
class CheckpointStatesTest {
    /** Name, the states of the loops in order, the program. */
    private static final List<String[]> CASES = List.of(
            new String[] {"counter and result", "t s", "var t = 0\nvar s = 0\nwhile t < 5 checkpoint every 2 { s += t  t += 1 }\nprint(s)"},
            new String[] {"what only the loop sets and nobody reads later", "t", "var t = 0\nvar s = 0\nwhile t < 5 checkpoint every 2 { s = t  t += 1 }"},
            new String[] {"overwritten before it is read", "t", "var t = 0\nvar s = 0\nwhile t < 5 checkpoint every 2 { s = t * 2  t += s // 2 - t + 1 }"},
            new String[] {"read after the loop", "t s", "var t = 0\nvar s = 0\nwhile t < 5 checkpoint every 2 { s = t  t += 1 }\nprint(s)"},
            new String[] {"replaced after the loop before it is read", "t", "var t = 0\nvar s = 0\nwhile t < 5 checkpoint every 2 { s = t  t += 1 }\ns = 3\nprint(s)"},
            new String[] {"not modified", "t", "let n = size()\nvar t = 0\nwhile t < n checkpoint every 2 { t += 1 }\nprint(n)"},
            new String[] {"loop variables are positions", "s", "var s = 0\nfor t in 0..5 checkpoint every 2 { s += t }\nprint(s)"},
            new String[] {"locals of a pass", "s", "var s = 0\nfor t in 0..5 checkpoint every 2 { let x = t * 2  var y = x  y += 1  s += y }\nprint(s)"},
            new String[] {"swapped arrays", "u v",
                "domain D[0..<8] dist block\nvar u, v: [D] float\nfor t in 0..5 checkpoint every 2 { forall i in D { v[i] = u[i] + 1.0 }  u <=> v }\nprint(sum(u))"},
            new String[] {"an element", "a", "var a: [4] int\nfor t in 0..3 checkpoint every 2 { a[t] = t }\nprint(a)"},
            new String[] {"a reduction", "s", "var s = 0\nfor t in 0..3 checkpoint every 2 { forall i in 0..<4 reduce sum s { s += i } }\nprint(s)"},
            new String[] {"through a function", "total", "var total = 0\nfn add(x: int) { total += x }\nfor t in 0..3 checkpoint every 2 { add(t) }\nprint(total)"},
            new String[] {"through a mut argument", "a",
                "fn fill3(mut x: [_] int, v: int) { for i in 0..<3 { x[i] = v } }\nvar a: [3] int\nfor t in 0..3 checkpoint every 2 { fill3(a, t) }\nprint(a)"},
            new String[] {"a list", "l", "var l: list int\nfor t in 0..3 checkpoint every 2 { push(l, t) }\nprint(len(l))"},
            new String[] {"a list in a record", "r", "record R { l: list int }\nvar r = R([])\nfor t in 0..3 checkpoint every 2 { push(r.l, t) }\nprint(len(r.l))"},
            new String[] {"library that changes its argument", "a", "var a = [3, 1, 2]\nfor t in 0..3 checkpoint every 2 { sort(a) }\nprint(a)"},
            new String[] {"inside a function", "a k g",
                "var g = 0\nfn run(mut a: [_] int) {\n  var k = 0\n  while k < 4 checkpoint every 2 { a[k] = k  g += 1  k += 1 }\n}\nvar x: [4] int\nrun(x)\nprint(x)\nprint(g)"},
            new String[] {"break keeps what is read behind", "t s", "var t = 0\nvar s = 0\nwhile true checkpoint every 2 { s = t  t += 1  if t == 4 { break } }\nprint(s)"},
            new String[] {"nested", "s / k s",
                "var s = 0\nfor t in 0..3 checkpoint every 2 {\n  var k = 0\n  while k < 3 checkpoint every 1 { s += k  k += 1 }\n}\nprint(s)"},
            new String[] {"conditional assignment does not replace", "t s",
                "var t = 0\nvar s = 0\nwhile t < 5 checkpoint every 2 { if t > 2 { s = t }  t += 1  note(\"{s}\") }"});

    @TestFactory
    List<DynamicTest> states() {
        return CASES.stream().map(c -> DynamicTest.dynamicTest(c[0], () -> check(c[2], c[1]))).toList();
    }

    private static void check(String program, String expected) {
        String found = CheckpointStates.of(typed(program)).loops().stream()
                .map(l -> l.variables().stream().map(Var::name).sorted().collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" / "));
        String sorted = List.of(expected.split(" / ")).stream()
                .map(s -> List.of(s.split(" ")).stream().sorted().collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" / "));
        assertThat(found).isEqualTo(sorted);
    }

    @Test
    void whichLoopsNest() {
        String program = """
                fn inner() { for k in 0..3 checkpoint every 1 { note("{k}") } }
                for a in 0..3 checkpoint every 1 { inner() }
                for b in 0..3 checkpoint every 1 { note("{b}") }
                """;
        assertThat(CheckpointStates.of(typed(program)).loops().stream().map(LoopState::nesting)).containsExactly(true, false, false);
    }

    @Test
    void theReportGivesBytes() {
        String program = """
                config n = 100
                domain D[0..n+1, 0..n+1] dist block
                record P { x: float, k: int32 }
                var u: [D] float
                var p: [10] P
                var t = 0
                while t < 3 checkpoint every 2 { u[1, 1] = u[1, 1] + 1.0   p[t].x = 1.0   t += 1 }
                print(u[1, 1])
                print(p)
                """;
        assertThat(StateReport.print(typed(program)))
                .contains("test.pel:7: checkpoint every 2")
                .containsPattern("u +\\[_, _\\] float dist block +83\\.2 kB")
                .containsPattern("p +\\[_\\] P +120 B")
                .containsPattern("t +int +8 B")
                .contains("83.4 kB per checkpoint");
    }

    private static TypedProgram typed(String text) {
        Diagnostics diagnostics = new Diagnostics();
        TypedProgram typed = Checker.check(Parser.parse(SourceFile.of("test.pel", text), diagnostics), CheckedText.library(), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return typed;
    }
}

package org.pellang.compiler.sema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;

/** By which variables the runs of a test on different numbers of ranks are compared. */
class TestResultsTest {
    private static List<String> compared(String text) {
        Diagnostics diagnostics = new Diagnostics();
        TypedProgram typed = Checker.check(Parser.parse(SourceFile.of("t.pel", text), diagnostics), CheckedText.library(), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<String> names = new ArrayList<>();
        TestResults.printed(typed).tests().getFirst().body().statements().forEach(s -> TreeWalk.everyExpression(s, e -> {
            if (e instanceof TExpr.Interpolation i && i.parts().getFirst().text() instanceof String mark && mark.startsWith(TestResults.MARK)) {
                names.add(mark.substring(1, mark.indexOf(" = ")));
            }
        }));
        return names;
    }

    @Test
    void whatTheLanguagePromises() {
        assertThat(compared("""
                config n = 10
                domain D[0..<n] dist block
                var a: [D] float
                let f = fn(x: int) = x
                var m: map string -> int dist hash
                forall i in D { a[i] = f(i) }
                let unused = 3
                fn count() { kept += 1 }
                var kept = 0
                test "t" { count()  let s = sum(a)  var (q, r) = divmod(7, 2)  for k in 0..2 { let inner = k  m["{k}"] += inner }  let same = bcast(s, root: 0) }
                """)).containsExactly("a", "m", "kept", "s", "q", "r", "same");
    }

    @Test
    void notWhatDependsOnTheNumberOfRanks() {
        assertThat(compared("""
                fn share(n: int) -> int = n // size()
                fn fill_in(mut l: list int) { push(l, rank()) }
                fn plain(x: int) = x + 1
                var total, rounds, left, kept, jumped, still = 0
                var l: list int
                total += share(10)
                fill_in(l)
                if size() > 2 { rounds = 1 }
                for k in 0..<10 { if k == size() { break }  jumped += k }
                left = total * 2
                still = plain(still)
                test "t" { kept += rounds + total + left + jumped + l[0]  let all = allgather(1)  let g = fn(x: int) = x * size()  let v = g(2)  let w = plain(3)  still += 1 }
                """)).containsExactly("still", "w");
    }

    @Test
    void notWhatTeamsAndMessagesGive() {
        assertThat(compared("""
                channel c: int
                shared var s: [4] int
                var x, y, z = 0
                c.send(1, to: rank())
                x = c.recv(from: rank())
                on world { y = 2 }
                epoch { z = s[0]@0 }
                test "t" { let copied = x + y + z  let free = 1 }
                """)).containsExactly("free");
    }
}

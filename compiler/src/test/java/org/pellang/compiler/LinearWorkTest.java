package org.pellang.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.compiler.codegen.JavaGenerator;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.ir.Lowering;
import org.pellang.compiler.opt.Optimizer;
import org.pellang.compiler.sema.CheckedText;
import org.pellang.compiler.sema.Checker;
import org.pellang.compiler.sema.checkpoint.CheckpointCheck;
import org.pellang.compiler.sema.dependence.AliasCheck;
import org.pellang.compiler.sema.dependence.BoundsCheck;
import org.pellang.compiler.sema.dependence.OffloadCheck;
import org.pellang.compiler.sema.dependence.RaceCheck;
import org.pellang.compiler.sema.flow.ExplicitCheck;
import org.pellang.compiler.sema.flow.UniformityCheck;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;

/**
 * Passes do work in proportion to the length of a program. Counted, not timed: the bytes that a pass allocates hardly depend on the machine or its load, and what copies or walks
 * all that came before for each statement shows as a program of twice the length that needs four times as many.
 */
final class LinearWorkTest {
    private static final int SIZE = 250;
    /** 2 is linear; tables that double when they are full make steps. */
    private static final double MOST = 2.9;
    /** Below this a step in some table matters more than the growth. */
    private static final long LEAST = 1 << 20;

    /** Long programs of one shape. */
    private enum Shape {
        STATEMENTS(k -> "let x%d = x%d * 1.5 + 1.0\nvar y%d = x%d\n".formatted(k + 1, k, k, k), "var x0 = 1.0\n"),
        FUNCTIONS(k -> "fn f%d(a: float, n: int) -> float {\n  var s = a\n  for i in 0..<n { s = s * 0.5 + %s }\n  return s\n}\n"
                .formatted(k, k % 10 == 0 ? "1.0" : "f" + (k - 1) + "(a, n)"), "print(\"{f0(1.0, 2)}\")\n"),
        LOOPS(k -> "forall i in D.inner(1) { b[i] = a[i - 1] + %d.0 * a[i + 1] }\na <=> b\n".formatted(k),
                "config n = 100\ndomain D[0..<n] dist block\nvar a, b: [D] float = 1.0\n"),
        BRANCHES(k -> "let m%d = allreduce(rank() + %d, max)\nif m%d > 3 { print(\"{m%d}\") }\nassert m%d >= 0\nlet s%d = sum(a[i] * %d for i in 0..<9)\n"
                .formatted(k, k, k, k, k, k, k), "var a: [9] int = 1\n"),
        TEXTS(k -> "print(\"line %d {n + %d:5d} {float(n) * 2.5:.3f}\")\n".formatted(k, k), "config n = 5\n");

        private final Function<Integer, String> part;
        private final String head;

        Shape(Function<Integer, String> part, String head) {
            this.part = part;
            this.head = head;
        }

        String text(int size) {
            StringBuilder text = new StringBuilder(head);
            for (int k = 0; k < size; k++) {
                text.append(part.apply(k));
            }
            return text.toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void twiceTheLengthIsTwiceTheWork(Shape shape) {
        work(shape.text(SIZE / 5));
        Map<String, Long> once = work(shape.text(SIZE));
        Map<String, Long> twice = work(shape.text(2 * SIZE));
        List<String> tooMuch = new ArrayList<>();
        twice.forEach((pass, bytes) -> {
            if (bytes > LEAST && bytes > MOST * once.get(pass)) {
                tooMuch.add("%s: %d bytes for %d parts, %d for %d".formatted(pass, once.get(pass), SIZE, bytes, 2 * SIZE));
            }
        });
        assertThat(tooMuch).as("passes that are not linear on %s", shape).isEmpty();
    }

    /** The bytes that each pass allocates. */
    private static Map<String, Long> work(String text) {
        Map<String, Long> work = new LinkedHashMap<>();
        Diagnostics diagnostics = new Diagnostics();
        TypedProgram typed = Checker.check(Parser.parse(SourceFile.of("p.pel", text), diagnostics), CheckedText.library(), diagnostics);
        Map<String, Consumer<Diagnostics>> passes = new LinkedHashMap<>();
        passes.put("uniformity", d -> UniformityCheck.check(typed, d));
        passes.put("explicit level", d -> ExplicitCheck.check(typed, d));
        passes.put("aliases", d -> AliasCheck.check(typed, d));
        passes.put("checkpoints", d -> CheckpointCheck.check(typed, d));
        passes.put("races", d -> RaceCheck.check(typed, d));
        passes.put("offload", d -> OffloadCheck.check(typed, d));
        passes.put("bounds", d -> BoundsCheck.check(typed, d));
        passes.put("lower", d -> Lowering.lower(typed));
        passes.put("optimize and generate", d -> JavaGenerator.generate(Optimizer.optimize(Lowering.lower(typed))));
        passes.forEach((name, pass) -> {
            long before = allocated();
            pass.accept(diagnostics);
            work.put(name, allocated() - before);
        });
        assertThat(diagnostics.sorted()).isEmpty();
        return work;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}

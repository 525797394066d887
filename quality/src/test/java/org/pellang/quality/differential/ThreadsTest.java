package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pellang.quality.differential.Toolchain.Run;

/** Several threads for each rank: the same bytes, and a trap in any thread ends the job with its rank and line. */
class ThreadsTest {
    private static final Path PROGRAMS = Path.of(System.getProperty("pel.root", ".."), "quality/src/test/pel/programs");
    private static final List<String> NAMES = List.of("wavefront-2d", "wavefront-1d-3d", "schedules", "divided-loops", "scans", "float-histogram",
            "unique-subscripts", "tuple-reductions", "loop-three-axes", "updated-components-distributed", "store-modulo", "several-updates",
            "tasks-over-ranks");

    private final Toolchain toolchain = new Toolchain();

    @TestFactory
    Stream<DynamicTest> programsPrintTheSame() {
        return NAMES.stream().map(name -> DynamicTest.dynamicTest(name, () -> same(name)));
    }

    private void same(String name) throws IOException {
        byte[] jar = compiled(Files.readString(PROGRAMS.resolve(name + ".pel")));
        String expected = Files.readString(PROGRAMS.resolve(name + ".out"));
        for (int[] job : new int[][] {{1, 2}, {1, 5}, {2, 3}, {3, 2}}) {
            Run run = toolchain.run(jar, job[0], job[1], List.of());
            assertThat(run.out()).as("%s at %d ranks with %d threads: %s", name, job[0], job[1], run.report()).isEqualTo(expected);
        }
    }

    private byte[] compiled(String text) {
        Toolchain.Compiled compiled = toolchain.compile("p.pel", text);
        byte[] jar = compiled.jar();
        if (jar == null) {
            throw new AssertionError(compiled.messages());
        }
        return jar;
    }

    @Test
    void aLoopMayAskForThreads() {
        String text = """
                var a: [1000] int
                forall i in 0..<1000 on threads(3) { a[i] = i * i }
                print("{sum(a)} {threads()}")
                """;
        assertThat(toolchain.run(compiled(text), 2, 1, List.of()).out()).isEqualTo("332833500 1\n");
        assertThat(toolchain.run(compiled(text), 1, 2, List.of()).out()).isEqualTo("332833500 2\n");
    }

    @Test
    void aTrapInAThreadNamesRankAndLine() {
        String text = """
                var z = 0
                domain D[0..<1000] dist block
                var a: [D] int
                forall i in D {
                  a[i] = 1 // (i - 998 + z)
                }
                """;
        Run run = toolchain.run(compiled(text), 2, 3, List.of());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.report()).contains("rank 1").contains("p.pel:5").contains("integer division by zero");
    }

    @Test
    void aTrapInAWavefrontEndsTheOtherThreadsAndRanks() {
        String text = """
                var z = 0
                domain H[0..99, 0..99] dist (block, *)
                var h: [H] int = 1
                wavefront (i, j) in H.from(1, 1) {
                  h[i, j] = h[i-1, j] + h[i, j-1] // (if i == 70 and j == 50 then z else 1)
                }
                """;
        Run run = toolchain.run(compiled(text), 3, 2, List.of());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.report()).contains("rank 2").contains("p.pel:5").contains("integer division by zero");
    }

    @Test
    void aGraphicsProcessorIsMissedOnce() {
        String text = """
                var a: [100] float
                for k in 0..<3 { forall i in 0..<100 on gpu { a[i] += sqrt(float(i)) } }
                print("{a[4]}")
                """;
        Run run = toolchain.run(compiled(text), 2, 1, List.of());
        assertThat(run.out()).isEqualTo("6.0\n");
        assertThat(run.report().lines().filter(l -> l.contains("no graphics processor"))).hasSize(1);
    }
}

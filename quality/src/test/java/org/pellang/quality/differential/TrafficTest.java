package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.compiler.PelCompiler;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;

/** What {@code pelc --report=comm} says of each loop is what its ranks send: messages, bytes and neighbours, exactly. */
class TrafficTest {
    private static final Path PROGRAM = Path.of("src/test/pel/traffic/patterns.pel");
    private static final Pattern SAID = Pattern.compile(":(\\d+): .*: on \\d+ ranks: (halo|fetch|give back): (\\d+) messages, (\\d+) bytes, at most (\\d+) neighbours");
    private static final Pattern COUNTED = Pattern.compile("patterns\\.pel:(\\d+) +(halo|fetch|give back) +(\\d+) +(\\d+) +(\\d+)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7})
    void saidAndCounted(int ranks) throws Exception {
        Toolchain toolchain = new Toolchain();
        String text = Files.readString(PROGRAM);
        byte[] said = toolchain.compile("patterns.pel", text, new PelCompiler.Goal.CommReport(ranks, Map.of("n", 41L))).jar();
        assertThat(said).isNotNull();
        String report = new String(said, StandardCharsets.UTF_8);
        assertThat(report).doesNotContain("only the run can tell");
        Map<String, String> expected = found(SAID, report);
        assertThat(expected).as(report).hasSizeGreaterThan(12);
        assertThat(found(COUNTED, reported(toolchain.compile("patterns.pel", text), ranks, "PEL_REPORT_COMM"))).isEqualTo(expected);
    }

    /** {@code pelrun --report=balance}: a line for each loop, whose imbalance is most over mean. */
    @Test
    void balance() throws Exception {
        Toolchain.Compiled compiled = new Toolchain().compile("patterns.pel", """
                config n = 0
                domain D[0..<64] dist block
                var a: [D] float
                forall i in D { if i < 32 { a[i] = sum(sqrt(float(k)) for k in 0..<100_000) } }
                """);
        String report = reported(compiled, 2, "PEL_REPORT_BALANCE");
        Matcher m = Pattern.compile("patterns\\.pel:4 +([0-9.]+) +([0-9.]+) +([0-9.]+) +([0-9.]+)").matcher(report);
        assertThat(m.find()).as(report).isTrue();
        assertThat(Double.parseDouble(m.group(4))).isBetween(1.0, 2.0);
    }

    private String reported(Toolchain.Compiled compiled, int ranks, String variable) throws Exception {
        assertThat(compiled.messages()).isEmpty();
        Path jar = Files.write(folder.resolve("p.jar"), java.util.Objects.requireNonNull(compiled.jar()));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        JobSpec spec = new JobSpec(jar, List.of("--n=41"), ranks, Engine.THREADS, OptionalLong.empty(), Hosts.here(folder, Map.of(variable, "1")),
                OutputSpec.CAPTURED, Optional.of(Duration.ofMinutes(1)));
        Outcome outcome = new LocalBackend(new ByteArrayOutputStream(), err, notice -> {}).start(spec).await();
        String text = err.toString(StandardCharsets.UTF_8);
        assertThat(outcome.exitCode()).as(text + outcome.report()).isZero();
        return text;
    }

    private static Map<String, String> found(Pattern pattern, String text) {
        Map<String, String> all = new TreeMap<>();
        Matcher m = pattern.matcher(text);
        while (m.find()) {
            all.put(m.group(1) + " " + m.group(2), m.group(3) + " messages " + m.group(4) + " bytes " + m.group(5) + " neighbours");
        }
        return all;
    }
}

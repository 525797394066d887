package org.pellang.quality.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs in a real Slurm of two nodes: {@code pelrun} within an allocation, and ranks that {@code srun} starts. */
@Timeout(180)
class SlurmTest {
    private static final String PROGRAM = """
            domain D[0..<2000] dist block
            var a, b: [D] float
            forall i in D { a[i] = sqrt(float(i)) * uniform01(3, i) }
            forall i in D { b[i] = 0.5 * a[i] + 0.5 * a[(i + 1) % 2000] }
            print("{sum(b)} on {size()}")
            printall("rank {rank()}")
            """;
    private static final String STAYS = """
            extern java "java.util.concurrent.locks.LockSupport" { fn park_nanos(nanos: int) }
            note("up")
            for i in 0..<300 { park_nanos(1_000_000_000) }
            """;

    @TempDir
    private static Path root;

    private static SlurmCluster slurm;
    private static String expected;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(SlurmCluster.possible(), "needs Slurm (apt-get install slurm-wlm), and root's rights");
        slurm = SlurmCluster.start(root.resolve("slurm"));
        expected = new Toolchain().run(compiled("p", PROGRAM), 4, List.of()).out();
    }

    private static byte[] compiled(String name, String text) throws IOException {
        byte[] jar = new Toolchain().compile(name + ".pel", text).jar();
        assertThat(jar).isNotNull();
        Files.write(root.resolve(name + ".jar"), jar);
        return jar;
    }

    @AfterAll
    static void stop() throws Exception {
        if (slurm != null) {
            slurm.close();
        }
    }

    /** The nodes of the allocation are the hosts of the job, with their slots; they are reached by srun. */
    @Test
    void pelrunInAnAllocation() throws Exception {
        Process job = start(Map.of(), pelrun(List.of("salloc", "--quiet", "-N", "2", "-n", "4"), "p.jar"));
        assertThat(new String(job.getInputStream().readAllBytes(), UTF_8)).as(() -> read("err")).isEqualTo(expected);
        assertThat(job.waitFor()).isZero();
    }

    /** Also as a batch script, on one node: as many ranks as it has slots. */
    @Test
    void pelrunInABatchScript() throws Exception {
        List<String> command = pelrun(List.of("exec"), "p.jar");
        Files.writeString(root.resolve("job.sh"), "#!/bin/sh\n" + String.join(" ", command.stream().map(w -> "'" + w + "'").toList()).replaceFirst("'exec'", "exec") + "\n");
        Process job = start(Map.of(), List.of("sbatch", "--wait", "-N", "1", "-n", "3", "-o", root.resolve("batch.out").toString(), root.resolve("job.sh").toString()));
        assertThat(job.waitFor()).as(() -> read("err") + read("batch.out")).isZero();
        assertThat(read("batch.out")).contains(expected.lines().findFirst().orElseThrow().replace(" on 4", " on 3")).contains("rank 2\n").doesNotContain("rank 3\n");
    }

    /** srun starts the ranks themselves, with messages by either library. */
    @ParameterizedTest
    @CsvSource({"openmpi, pmix", "mpich, pmi2"})
    void ranksBySrun(String library, String plugin) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mpirun." + library)), "needs " + library);
        List<String> command = new ArrayList<>(List.of("srun", "--mpi=" + plugin, "-n", "4", "-N", "1"));
        // What bin/pelrun-rank starts, without looking for a JDK and a build.
        command.addAll(List.of(java(), "-Xmx192m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-cp",
                String.join(":", Toolchain.runtimePath().stream().map(Path::toString).toList()), "org.pellang.runtime.bootstrap.RankMain", "--engine=" + library,
                "--control=none", "--program=" + root.resolve("p.jar"), "--"));
        Process job = start(Map.of(), command);
        assertThat(new String(job.getInputStream().readAllBytes(), UTF_8)).as(() -> read("err")).isEqualTo(expected);
        assertThat(job.waitFor()).isZero();
    }

    /** Whose allocation is cancelled leaves nothing, on no node. */
    @Test
    void anAllocationThatIsCancelled() throws Exception {
        compiled("stays", STAYS);
        Process job = start(Map.of(), pelrun(List.of("salloc", "--quiet", "-N", "2", "-n", "4"), "stays.jar"));
        BufferedReader lines = new BufferedReader(new InputStreamReader(job.getInputStream(), UTF_8));
        for (int i = 0; i < 4; i++) {
            assertThat(lines.readLine()).as(() -> read("err")).isEqualTo("up");
        }
        List<ProcessHandle> jvms = ProcessHandle.allProcesses().filter(p -> p.info().arguments().stream().flatMap(Stream::of)
                .anyMatch(a -> a.equals("--program=" + root.resolve("stays.jar")))).toList();
        assertThat(jvms).hasSize(2);
        slurm.cancelAll();
        assertThat(job.waitFor(60, TimeUnit.SECONDS)).isTrue();
        jvms.forEach(jvm -> assertThat(jvm.onExit()).succeedsWithin(Duration.ofSeconds(30)));
    }

    // ---- jobs ----

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> pelrun(List<String> before, String jar) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "org.pellang.cli.Main",
                "pelrun", "--heap", "64m", root.resolve(jar).toString()));
        return command;
    }

    private static Process start(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile()).redirectError(root.resolve("err").toFile());
        builder.environment().putAll(slurm.environment());
        builder.environment().put("XDG_CACHE_HOME", root.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }
}

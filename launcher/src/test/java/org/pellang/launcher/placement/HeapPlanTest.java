package org.pellang.launcher.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.OutputSpec;

/** How memory is divided, and when a job is refused. */
final class HeapPlanTest {
    private static final long GIB = 1L << 30;
    private static final HostMemory SIXTEEN = new HostMemory(16 * GIB, "physical memory");

    @Test
    void halfOfTheMemoryIsDividedAmongTheRanks() throws LaunchRefused {
        assertThat(HeapPlan.of(job(4, Engine.PROCESSES, OptionalLong.empty()), SIXTEEN)).isEqualTo(new HeapPlan(4, 2 * GIB, 2 * GIB));
        assertThat(HeapPlan.of(job(4, Engine.THREADS, OptionalLong.empty()), SIXTEEN)).isEqualTo(new HeapPlan(1, 8 * GIB, 2 * GIB));
    }

    @Test
    void sixtyFourRanksFitOnALaptop() throws LaunchRefused {
        HostMemory laptop = new HostMemory(8 * GIB, "physical memory");
        assertThat(HeapPlan.of(job(64, Engine.PROCESSES, OptionalLong.empty()), laptop).heapPerJvm()).isEqualTo(64L << 20);
        assertThat(HeapPlan.of(job(64, Engine.THREADS, OptionalLong.empty()), laptop).jvms()).isEqualTo(1);
    }

    @Test
    void aWishIsHonoured() throws LaunchRefused {
        assertThat(HeapPlan.of(job(2, Engine.THREADS, OptionalLong.of(3 * GIB)), SIXTEEN).heapPerJvm()).isEqualTo(6 * GIB);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheNumbers() {
        assertThatThrownBy(() -> HeapPlan.of(job(8, Engine.PROCESSES, OptionalLong.of(3 * GIB)), SIXTEEN))
                .isInstanceOf(LaunchRefused.class)
                .hasMessageContaining("8 ranks with 3.0 GiB")
                .hasMessageContaining("24.4 GiB")
                .hasMessageContaining("physical memory is 16.0 GiB");
        assertThatThrownBy(() -> HeapPlan.of(job(4000, Engine.PROCESSES, OptionalLong.empty()), SIXTEEN)).isInstanceOf(LaunchRefused.class);
        assertThatThrownBy(() -> HeapPlan.of(job(4000, Engine.PROCESSES, OptionalLong.of(Long.MAX_VALUE / 2)), SIXTEEN))
                .isInstanceOf(LaunchRefused.class);
    }

    @Test
    void ranksOfMpiOnSeveralHostsShareTheMemoryOfTheirs() throws LaunchRefused {
        JobSpec here = job(6, Engine.OPENMPI, OptionalLong.empty());
        assertThat(HeapPlan.of(here, SIXTEEN).jvms()).isEqualTo(6);
        JobSpec spec = new JobSpec(here.program(), List.of(), 6, Engine.OPENMPI, OptionalLong.empty(), here.host(), OutputSpec.PLAIN, Optional.empty(),
                List.of(new JobSpec.Place("a", 4), new JobSpec.Place("b", 2)));
        assertThat(HeapPlan.of(spec, SIXTEEN)).isEqualTo(new HeapPlan(4, 2 * GIB, 2 * GIB));
    }

    @Test
    void theCollectorLeavesRanksTheirCores() throws LaunchRefused {
        HeapPlan plan = HeapPlan.of(job(2, Engine.THREADS, OptionalLong.of(GIB)), SIXTEEN);
        assertThat(RankFlags.of(plan, 2, 2, true)).contains("-XX:+UseSerialGC", "-Xms2048m", "-Xmx2048m", "-XX:-DontCompileHugeMethods", "--add-modules=jdk.incubator.vector");
        assertThat(RankFlags.of(plan, 2, 4, false)).contains("-XX:+UseParallelGC").doesNotContain("-XX:TieredStopAtLevel=1", "--add-modules=jdk.incubator.vector");
    }

    /** JVMs that share the cores of a host have as many threads of compilers and collector as their share wants. */
    @Test
    void threadsOfTheJvmsAreForTheirCores() {
        HeapPlan four = new HeapPlan(4, GIB, GIB);
        assertThat(RankFlags.of(four, 4, 64, false)).contains("-XX:ParallelGCThreads=16", "-XX:CICompilerCount=12");
        assertThat(RankFlags.of(new HeapPlan(64, GIB, GIB), 64, 64, false)).contains("-XX:+UseSerialGC", "-XX:CICompilerCount=2");
        assertThat(RankFlags.of(new HeapPlan(1, GIB, GIB), 4, 8, false)).contains("-XX:CICompilerCount=4").noneMatch(f -> f.startsWith("-XX:ParallelGCThreads"));
        for (int cores = 1; cores < 300; cores++) {
            assertThat(RankFlags.compilers(cores)).isBetween(2, 36);
        }
    }

    /** The lowest limit from the own group up, of either version. */
    @Test
    void theLimitsOfControlGroups(@TempDir Path root) throws IOException {
        assertThat(HostMemory.cgroupLimit(root)).isEqualTo(Long.MAX_VALUE);
        Files.createDirectories(root.resolve("proc/self"));
        Path second = Files.createDirectories(root.resolve("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/step_0"));
        Files.writeString(root.resolve("proc/self/cgroup"), "0::/system.slice/slurmstepd.scope/job_7/step_0\n");
        Files.writeString(second.resolve("memory.max"), "max\n");
        assertThat(HostMemory.cgroupLimit(root)).isEqualTo(Long.MAX_VALUE);
        Files.writeString(second.getParent().resolve("memory.max"), "4294967296\n");
        assertThat(HostMemory.cgroupLimit(root)).isEqualTo(4 * GIB);
        Files.writeString(root.resolve("sys/fs/cgroup/memory.max"), "1073741824\n");
        assertThat(HostMemory.cgroupLimit(root)).as("a container's own root").isEqualTo(GIB);
        Path first = Files.createDirectories(root.resolve("sys/fs/cgroup/memory/batch"));
        Files.writeString(root.resolve("proc/self/cgroup"), "3:cpu,cpuacct:/x\n2:memory:/batch/here\n");
        Files.writeString(first.resolve("memory.limit_in_bytes"), "2147483648\n");
        assertThat(HostMemory.cgroupLimit(root)).isEqualTo(2 * GIB);
    }

    private static JobSpec job(int ranks, Engine engine, OptionalLong heap) {
        JobSpec.Host host = new JobSpec.Host(Path.of("jdk"), List.of(), Map.of(), Path.of("."), Optional.empty());
        return new JobSpec(Path.of("p.jar"), List.of(), ranks, engine, heap, host, OutputSpec.PLAIN, Optional.empty());
    }
}

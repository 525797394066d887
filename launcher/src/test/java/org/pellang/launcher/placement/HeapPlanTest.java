package org.pellang.launcher.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
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

    private static JobSpec job(int ranks, Engine engine, OptionalLong heap) {
        JobSpec.Host host = new JobSpec.Host(Path.of("jdk"), List.of(), Map.of(), Path.of("."), Optional.empty());
        return new JobSpec(Path.of("p.jar"), List.of(), ranks, engine, heap, host, OutputSpec.PLAIN, Optional.empty());
    }
}

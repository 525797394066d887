package org.pellang.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.launcher.JobSpec;

/** Variables and files as the manuals of the resource managers show them (no real ones run here). */
final class AllocationTest {
    @TempDir
    private Path folder;

    /** srun(1), "OUTPUT ENVIRONMENT VARIABLES"; the first line also from the real one of {@code SlurmTest}. */
    @Test
    void slurm() throws CommandFailure {
        assertThat(of(Map.of("SLURM_JOB_NODELIST", "tux[001-003,7],gpu4", "SLURM_TASKS_PER_NODE", "4(x3),2,1")))
                .containsExactly("tux001:4", "tux002:4", "tux003:4", "tux7:2", "gpu4:1");
        assertThat(of(Map.of("SLURM_JOB_NODELIST", "node1", "SLURM_JOB_CPUS_PER_NODE", "16"))).containsExactly("node1:16");
        assertThat(of(Map.of("SLURM_NODELIST", "a[9-11]-ib,b", "SLURM_TASKS_PER_NODE", "2(x4)"))).containsExactly("a9-ib:2", "a10-ib:2", "a11-ib:2", "b:2");
    }

    /** The file has a line for each MPI process, in the order of the chunks: PBS Professional User's Guide, "The Job Node File"; tier1.cenaero.be, "Job's Nodes File". */
    @Test
    void pbs() throws Exception {
        Path file = Files.writeString(folder.resolve("nodes"), "n1.cluster\nn1.cluster\nn2.cluster\nn1.cluster\n");
        assertThat(of(Map.of("PBS_NODEFILE", file.toString()))).containsExactly("n1.cluster:3", "n2.cluster:1");
        assertThatThrownBy(() -> of(Map.of("PBS_NODEFILE", folder.resolve("none").toString()))).hasMessageContaining("PBS_NODEFILE=");
    }

    /**
     * {@code LSB_MCPU_HOSTS="host_nameA num_processors1 host_nameB num_processors2..."}: Administering IBM Platform LSF 9.1.3, "About parallel jobs". The file: Using
     * Platform LSF HPC 7.3, "Automatic generation of the job host file".
     */
    @Test
    void lsf() throws Exception {
        Path file = Files.writeString(folder.resolve("hosts"), "hostA\nhostA\nhostB\n");
        assertThat(of(Map.of("LSB_DJOB_HOSTFILE", file.toString()))).containsExactly("hostA:2", "hostB:1");
        assertThat(of(Map.of("LSB_MCPU_HOSTS", "hostA 8 hostB 4 "))).containsExactly("hostA:8", "hostB:4");
        assertThatThrownBy(() -> of(Map.of("LSB_MCPU_HOSTS", "hostA eight"))).hasMessageContaining("LSB_MCPU_HOSTS");
    }

    /** Host, slots, queue, processors; a host stands there once for each of its queues: sge_pe(5). */
    @Test
    void gridEngine() throws IOException, CommandFailure {
        Path file = Files.writeString(folder.resolve("pe"), "node1 4 all.q@node1 UNDEFINED\nnode2 2 all.q@node2 UNDEFINED\nnode1 1 short.q@node1 UNDEFINED\n");
        assertThat(of(Map.of("PE_HOSTFILE", file.toString()))).containsExactly("node1:4", "node2:2", "node1:1");
    }

    @Test
    void none() throws CommandFailure {
        assertThat(Allocation.of(Map.of("PATH", "/bin"))).isEmpty();
    }

    /** What stands there goes to ssh. */
    @Test
    void namesAreNoOptions() {
        assertThatThrownBy(() -> of(Map.of("SLURM_JOB_NODELIST", "-oProxyCommand=x"))).isInstanceOf(CommandFailure.class);
    }

    private static List<String> of(Map<String, String> environment) throws CommandFailure {
        return Allocation.of(environment).orElseThrow().stream().map((JobSpec.Place p) -> p.host() + ":" + p.ranks()).toList();
    }
}

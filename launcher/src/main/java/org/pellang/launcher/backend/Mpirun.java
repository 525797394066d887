package org.pellang.launcher.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Part;

/** The starter of an MPI installation, {@code mpirun} or {@code mpiexec}, with the options that ranks in JVMs need. */
final class Mpirun {
    /** Names the starter, where it is not found by itself or not the one that is meant. */
    static final String VARIABLE = "PEL_MPIRUN";

    /** Exit code if there is none. */
    static final int MISSING = 4;

    /** Where one of these is set a resource manager decides about hosts, and there may be several. */
    private static final List<String> ALLOCATIONS = List.of("SLURM_JOB_ID", "PBS_NODEFILE", "LSB_HOSTS", "LSB_DJOB_HOSTFILE", "PE_HOSTFILE", "COBALT_NODEFILE");

    private final JobSpec spec;
    private final Map<String, String> environment;

    Mpirun(JobSpec spec, Map<String, String> environment) {
        this.spec = spec;
        this.environment = environment;
    }

    /** Sets variables and folder, and begins a program. */
    static final String ENV = "/usr/bin/env";

    /** What stands first, for all programs of the job. */
    List<String> command() throws LaunchRefused {
        List<String> command = new ArrayList<>(List.of(find()));
        if (spec.engine() == Engine.OPENMPI) {
            openMpi(command);
        } else {
            mpich(command);
        }
        return command;
    }

    /** What stands before the command of the ranks of one program. */
    List<String> part(int number) {
        Part part = spec.programs().get(number);
        List<String> command = new ArrayList<>();
        if (spec.engine() == Engine.OPENMPI) {
            if (!spec.places().isEmpty()) {
                command.addAll(List.of("--host", hosts(number)));
            }
            for (String name : spec.host().environment().keySet()) {
                command.addAll(List.of("-x", name));
            }
        }
        // Open MPI changes the command line of a program that is called java; the JVM is not called by that name here.
        command.addAll(List.of("-n", "" + part.ranks(), ENV));
        part.folder().ifPresent(folder -> command.addAll(List.of("-C", folder.toString())));
        if (!spec.parts().isEmpty()) {
            command.add(Part.VARIABLE + "=" + number);
            part.environment().forEach((name, value) -> command.add(name + "=" + value));
        }
        return command;
    }

    private void openMpi(List<String> command) {
        // JVMs have more threads than their rank's; ranks that wait give their cores away by themselves.
        command.addAll(List.of("--oversubscribe", "--bind-to", "none", "--mca", "mpi_yield_when_idle", "0"));
        if (isOneHost()) {
            // Networks that are not needed cost a quarter of a second at the start.
            command.addAll(List.of("--mca", "pml", "ob1", "--mca", "btl", "^tcp,openib,uct,ofi,usnic"));
        }
    }

    private void mpich(List<String> command) {
        if (isOneHost() && !environment.containsKey("UCX_TLS")) {
            command.addAll(List.of("-genv", "UCX_TLS", "self,sysv,posix,cma"));
        }
        if (!spec.places().isEmpty()) {
            command.addAll(List.of("-hosts", hosts(spec.places())));
        }
    }

    private static String hosts(List<JobSpec.Place> places) {
        return places.stream().map(p -> p.host() + ":" + p.ranks()).collect(Collectors.joining(","));
    }

    /** The hosts of a program. Places do not reach from one program into the next. */
    private String hosts(int part) {
        List<JobSpec.Place> own = new ArrayList<>();
        int rank = 0;
        for (JobSpec.Place place : spec.places()) {
            if (spec.partOf(rank) == part) {
                own.add(place);
            }
            rank += place.ranks();
        }
        return hosts(own);
    }

    private boolean isOneHost() {
        return spec.places().isEmpty() && ALLOCATIONS.stream().noneMatch(environment::containsKey);
    }

    /** Variables that it needs. */
    Map<String, String> variables() {
        boolean root = "root".equals(System.getProperty("user.name"));
        return spec.engine() == Engine.OPENMPI && root ? Map.of("OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1") : Map.of();
    }

    // ---- finding it ----

    private String find() throws LaunchRefused {
        String wish = environment.getOrDefault(VARIABLE, "");
        if (!wish.isEmpty()) {
            return wish;
        }
        boolean open = spec.engine() == Engine.OPENMPI;
        for (String name : open ? List.of("mpirun.openmpi", "mpirun", "mpiexec") : List.of("mpiexec.mpich", "mpirun.mpich", "mpiexec.hydra", "mpiexec", "mpirun")) {
            for (String folder : environment.getOrDefault("PATH", "").split(":")) {
                Path file = Path.of(folder, name);
                if (!folder.isEmpty() && Files.isExecutable(file) && (name.contains(".") || isOfEngine(file, open))) {
                    return file.toString();
                }
            }
        }
        throw new LaunchRefused(MISSING, "--engine=%s: no %s is installed: %s\n  or load the cluster's module for it, or set %s to its file".formatted(
                open ? "openmpi" : "mpich", open ? "mpirun of Open MPI" : "mpiexec of MPICH",
                open ? "apt-get install openmpi-bin (Debian, Ubuntu), dnf install openmpi (Fedora)" : "apt-get install mpich (Debian, Ubuntu), dnf install mpich (Fedora)",
                VARIABLE));
    }

    /** Whether a starter with a name that all of them have is of that kind: by what it says of its version. */
    private static boolean isOfEngine(Path file, boolean open) {
        try {
            Process process = new ProcessBuilder(file.toString(), "--version").redirectErrorStream(true).start();
            process.getOutputStream().close();
            String says = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return open ? says.contains("Open MPI") || says.contains("OpenRTE") : says.contains("HYDRA") || says.contains("MPICH") || says.contains("Intel(R) MPI");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

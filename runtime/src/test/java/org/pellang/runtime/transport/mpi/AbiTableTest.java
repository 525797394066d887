package org.pellang.runtime.transport.mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.bootstrap.RankMain;
import org.pellang.runtime.transport.mpi.MpiAbi.Profile;

/** The table of binary interfaces says what each installed mpi.h says, and a program runs on the standard one. */
@Timeout(120)
class AbiTableTest {
    private static final Path SOURCES = Path.of("src/test/c");

    @TempDir
    private Path folder;

    private record Ended(int code, String text) {}

    private Ended run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("%s", command).isTrue();
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static boolean onPath(String name) {
        for (String place : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(place, name))) {
                return true;
            }
        }
        return false;
    }

    private String compiled(String compiler, String source, String... flags) throws IOException, InterruptedException {
        assumeTrue(onPath(compiler), compiler + " is not installed: apt-get install " + (compiler.contains("openmpi") ? "libopenmpi-dev" : "libmpich-dev"));
        Path program = folder.resolve(source + ".out");
        List<String> command = new ArrayList<>(List.of(compiler, "-o", program.toString(), SOURCES.resolve(source).toString()));
        command.addAll(List.of(flags));
        Ended ended = run(command, Map.of());
        assertThat(ended.code()).as(ended.text()).isZero();
        return program.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void agreesWithTheHeaderThatIsInstalled(Profile profile) throws Exception {
        String name = profile.name().toLowerCase(Locale.ROOT);
        Ended ended = run(List.of(compiled("mpicc." + name, "abi.c")), Map.of());
        assertThat(ended.code()).isZero();
        MpiAbi abi = MpiAbi.of(profile);
        List<String> compared = new ArrayList<>();
        for (String line : ended.text().split("\n")) {
            String[] cells = line.split("\t");
            String stands = abi.text(cells[0]);
            compared.add(cells[0]);
            if (cells[1].startsWith("&") || stands.startsWith("&")) {
                assertThat(stands).as(cells[0]).isEqualTo(cells[1]);
            } else {
                assertThat(abi.number(cells[0])).as(cells[0]).isEqualTo(Long.decode(cells[1]).longValue());
            }
        }
        // All entries but those that are ours.
        assertThat(compared).containsExactlyInAnyOrderElementsOf(abi.entries().keySet().stream()
                .filter(entry -> !List.of("files", "says", "request.done").contains(entry)).toList());
    }

    @Test
    void everyInterfaceHasEveryEntry() {
        for (Profile profile : Profile.values()) {
            MpiAbi abi = MpiAbi.of(profile);
            assertThat(abi.entries().keySet()).isEqualTo(MpiAbi.of(Profile.OPENMPI).entries().keySet());
            abi.entries().forEach((name, value) -> {
                if (!name.equals("files") && !name.equals("says")) {
                    assertThat(value).as("%s of %s", name, profile).matches("&\\w+|-?\\d+|0x[0-9a-f]+");
                }
            });
        }
        assertThatThrownBy(() -> MpiAbi.of(Profile.ABI).text("MPI_INT")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsLibrariesByWhatTheySay() {
        assertThat(MpiAbi.of(Profile.OPENMPI).isOf("Open MPI v4.1.4, package: Debian OpenMPI")).isTrue();
        assertThat(MpiAbi.of(Profile.OPENMPI).isOf("MPICH Version:\t4.0.2")).isFalse();
        assertThat(MpiAbi.of(Profile.MPICH).isOf("MPICH Version:\t4.0.2")).isTrue();
        assertThat(MpiAbi.of(Profile.MPICH).isOf("Intel(R) MPI Library 2021.10 for Linux* OS")).isTrue();
        assertThat(MpiAbi.of(Profile.MPICH).isOf("Open MPI v5.0.1")).isFalse();
        assertThat(MpiAbi.of(Profile.ABI).isOf("anybody's")).isTrue();
    }

    @Test
    void theLauncherThatCanBeSeenIsTriedFirst() {
        assertThat(MpiJob.profiles("mpi", Map.of("PMI_SIZE", "4"))).first().isEqualTo(Profile.MPICH);
        assertThat(MpiJob.profiles("mpi", Map.of("OMPI_COMM_WORLD_SIZE", "4", "PMI_SIZE", "4"))).first().isEqualTo(Profile.OPENMPI);
        assertThat(MpiJob.profiles("abi", Map.of())).containsExactly(Profile.ABI);
    }

    /** The third interface, by functions that translate it into MPICH's. */
    @Test
    void aProgramRunsOnTheStandardInterface() throws Exception {
        String library = compiled("mpicc.mpich", "shim.c", "-shared", "-fPIC");
        assumeTrue(onPath("mpiexec.hydra"), "mpiexec.hydra is not installed: apt-get install mpich");
        String classPath = place(RankMain.class) + File.pathSeparator + place(AbiTableTest.class);
        Ended ended = run(List.of("mpiexec.hydra", "-n", "3", "/usr/bin/env", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", classPath, RankMain.class.getName(),
                "--engine=abi", "--control=none", "--class=org.pellang.runtime.bootstrap.RingProgram", "--"), Map.of("PEL_MPI_LIBRARY", library, "UCX_TLS", "self,sysv,posix"));
        assertThat(ended.text()).isEqualTo("wrong 0\nrank 0\nrank 1\nrank 2\n");
        assertThat(ended.code()).isZero();
    }

    private static Path place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}

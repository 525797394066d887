package org.pellang.quality.differential;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.pellang.launcher.Engine;

/** The rows of {@code docs/cli/contract.md} that hold whatever starts the ranks, with ranks that {@code mpirun} and {@code mpiexec} start. */
@Tag("slow")
class MpiContractTest extends ContractTest {
    static Stream<Engine> engines() {
        return Stream.of(Engine.OPENMPI, Engine.MPICH).filter(e -> Files.isExecutable(Path.of("/usr/bin/mpirun." + e.name().toLowerCase(java.util.Locale.ROOT))));
    }
}

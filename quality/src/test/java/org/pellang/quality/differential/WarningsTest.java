package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No false alarms: {@code pelc --deny-warnings} takes every example. */
class WarningsTest {
    private final Toolchain toolchain = new Toolchain();

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
            List<Path> programs = files.filter(f -> f.toString().endsWith(".pel") && !f.toString().contains("/target/")).sorted().toList();
            assertThat(programs).isNotEmpty();
            return programs.stream().map(p -> DynamicTest.dynamicTest(p.getFileName().toString(),
                    () -> assertThat(toolchain.warnings(p.toString(), Files.readString(p))).isEmpty()));
        }
    }
}

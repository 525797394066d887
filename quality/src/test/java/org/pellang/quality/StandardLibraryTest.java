package org.pellang.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.pellang.cli.run.StandardLibrary;

/** The command line knows every module of the standard library. */
final class StandardLibraryTest {
    @Test
    void allModulesAreListed() throws IOException {
        var files = Project.files(Project.root().resolve("stdlib/src/main/resources/org/pellang/stdlib"), ".pel");
        assertThat(files.stream().map(f -> f.getFileName().toString().replace(".pel", ""))).containsExactlyInAnyOrderElementsOf(StandardLibrary.MODULES);
    }
}

package org.pellang.launcher.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence for and against the out-of-memory killer. */
final class OomEvidenceTest {
    @TempDir
    private Path folder;

    @Test
    void aHigherCounterIsEvidence() throws IOException {
        Path events = Files.writeString(folder.resolve("memory.events"), "low 0\noom 3\noom_kill 1\n");
        OomEvidence evidence = new OomEvidence(List.of(folder.resolve("missing"), events));
        assertThat(evidence.verdict()).contains("no out-of-memory kill");
        Files.writeString(events, "low 0\noom 4\noom_kill 2\n");
        assertThat(evidence.verdict()).contains("has struck").contains("from 1 to 2");
    }

    @Test
    void withoutACounterNothingIsClaimed() {
        assertThat(new OomEvidence(List.of(folder.resolve("missing"))).verdict()).contains("cannot be read");
    }
}

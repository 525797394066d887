package org.pellang.launcher.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process has said before it was ended can still be read. */
class RankProcessTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lastWordsCanBeReadAfterTheEnd(boolean force) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "echo last words >&2; echo said; exec sleep 60").start();
        try {
            assertThat((char) process.getInputStream().read()).as("it has spoken").isEqualTo('s');
            new RankProcess("rank 0", process, List.of(), Optional.empty()).end(force);
            assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEqualTo("last words\n");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}

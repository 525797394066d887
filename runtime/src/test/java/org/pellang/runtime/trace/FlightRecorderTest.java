package org.pellang.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.runtime.Site;

/** What is recorded can be read from the file, by whoever may, at any time. */
final class FlightRecorderTest {
    private static final Site SITE = new Site("heat.pel", 12, "sum");

    @TempDir
    private Path folder;

    @Test
    void theFileHoldsTheLastOperations() throws IOException {
        FlightRecorder recorder = new FlightRecorder();
        recorder.recordIn(folder, 3, 4);
        Path file = folder.resolve("rank.3.flight");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        recorder.nameTag(7, "channel token");
        for (int i = 0; i < 5000; i++) {
            recorder.message("send", 1, 2, 8);
        }
        recorder.message("recv", -1, 7, 0);
        recorder.collective("allreduce", SITE, 41, 800);
        FlightLog log = FlightLog.read(file);
        assertThat(log.rank()).isEqualTo(3);
        assertThat(log.ranks()).isEqualTo(4);
        assertThat(log.process()).isEqualTo(ProcessHandle.current().pid());
        assertThat(log.count()).isEqualTo(5002);
        assertThat(log.entries()).hasSize(FlightDescriptor.DEPTH);
        assertThat(log.lines(3)).containsExactly("#5000 send to rank 1, tag 2 8 bytes",
                "#5001 recv from any rank, channel token", "#5002 allreduce (collective 41) 800 bytes at heat.pel:12");
        assertThat(recorder.lines()).hasSize(16).endsWith(log.lines(1).getFirst());
        assertThat(log.entries().getLast().millis()).isBetween(System.currentTimeMillis() - 60_000.0, System.currentTimeMillis() + 1.0);
    }

    @Test
    void aRankThatWaitsShowsIt() throws IOException {
        FlightRecorder recorder = new FlightRecorder();
        recorder.recordIn(folder, 0, 2);
        assertThat(FlightLog.read(folder.resolve("rank.0.flight")).state(0)).isEqualTo("runs; last: no operation yet");
        recorder.message("recv", 1, 3, 8);
        recorder.waits(System.nanoTime() - 2_000_000_000L);
        FlightLog log = FlightLog.read(folder.resolve("rank.0.flight"));
        assertThat(log.state(log.waitingSince() + 2500)).isEqualTo("waits since 2.5 s: #1 recv from rank 1, tag 3 8 bytes");
        recorder.runs();
        assertThat(FlightLog.read(folder.resolve("rank.0.flight")).state(0)).startsWith("runs; last: #1 recv");
    }

    /** A program may have more sites than there is room for words. */
    @Test
    void tooManyWords() throws IOException {
        FlightRecorder recorder = new FlightRecorder();
        for (int i = 0; i < 2000; i++) {
            recorder.collective("sum", new Site("a-program-with-a-long-name-" + "x".repeat(60) + ".pel", i, ""), i, 0);
        }
        List<String> lines = recorder.lines();
        assertThat(lines).hasSize(16).endsWith("#2000 sum (collective 1999)");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("rank.9.flight"), "something");
        assertThatThrownBy(() -> FlightLog.read(file)).isInstanceOf(IOException.class).hasMessageContaining("no flight recorder's");
    }
}

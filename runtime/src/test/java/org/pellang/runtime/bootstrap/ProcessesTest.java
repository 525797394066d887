package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real JVMs, one per rank, over one shared segment. */
@Timeout(60)
class ProcessesTest {
    private static final int RANKS = 3;

    @TempDir
    private Path output;

    private Path folder;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Jobs.sharedFolder();
    }

    @AfterEach
    void leaveNothing() throws IOException {
        processes.forEach(Process::destroyForcibly);
        Files.deleteIfExists(folder.resolve("segment"));
        Files.deleteIfExists(folder);
    }

    private void start(String... options) throws IOException {
        for (int r = 0; r < RANKS; r++) {
            start(RankMain.class.getName(), List.of("--engine=processes", "--ranks=" + RANKS, "--rank=" + r, "--segments=" + folder), r, options);
        }
    }

    private void start(String main, List<String> engine, int number, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", place(RankMain.class) + File.pathSeparator + place(RingProgram.class), main));
        command.add("--class=" + RingProgram.class.getName());
        command.addAll(engine);
        command.add("--");
        command.addAll(List.of(options));
        processes.add(new ProcessBuilder(command)
                .redirectOutput(output.resolve("out" + number).toFile())
                .redirectError(output.resolve("err" + number).toFile())
                .start());
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> exitCodes() throws InterruptedException {
        List<Integer> codes = new ArrayList<>();
        for (Process process : processes) {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
            codes.add(process.exitValue());
        }
        return codes;
    }

    private String all(String kind) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < processes.size(); r++) {
            text.append(Files.readString(output.resolve(kind + r), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /** Waits until a text has been written, at most 40 s; {@code ask}: asks rank 0 again and again where everybody is. */
    private void until(String kind, String text, boolean ask) throws IOException {
        long end = System.nanoTime() + 40_000_000_000L;
        int seen = -1;
        while (!all(kind).contains(text)) {
            assertThat(processes).as(all("out") + all("err")).allMatch(Process::isAlive);
            assertThat(System.nanoTime()).as("no '%s' in: %s%s", text, all("out"), all("err")).isLessThan(end);
            if (ask && all(kind).length() > seen) {
                seen = all(kind).length();
                processes.getFirst().getOutputStream().write("dump\n".getBytes(StandardCharsets.US_ASCII));
                processes.getFirst().getOutputStream().flush();
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void runsAndLeavesNoSegmentBehind() throws Exception {
        start();
        assertThat(exitCodes()).containsExactly(0, 0, 0);
        assertThat(Files.readString(output.resolve("out0"))).isEqualTo("wrong 0\nrank 0\nrank 1\nrank 2\n");
        assertThat(all("err")).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void oneReportWhicheverRankFails() throws Exception {
        start("--end=trap");
        assertThat(exitCodes()).containsExactly(1, 1, 1);
        assertThat(all("err")).containsOnlyOnce("pelrun: rank 1 of 3").containsOnlyOnce("no such element")
                .contains("wait");
    }

    @Test
    void deadlockIsSeenAcrossProcesses() throws Exception {
        start("--end=deadlock");
        assertThat(exitCodes()).containsExactly(1, 1, 1);
        assertThat(all("err")).containsOnlyOnce("deadlock")
                .contains("rank 0 waits in recv from rank 1, tag 9").contains("rank 2 waits in recv from rank 0, tag 9");
    }

    @Test
    void wrongOptionsAreReportedOnce() throws Exception {
        start("--and=good");
        assertThat(exitCodes()).containsExactly(2, 2, 2);
        assertThat(all("err")).containsOnlyOnce("unknown option --and; did you mean --end?");
    }

    @Test
    void theEndOfTheControlPipeHaltsRanksThatCompute() throws Exception {
        start("--end=hang");
        until("out", "rank 2", false);
        // Rank 0 may still be in the barrier behind its last line when the first request comes.
        until("err", "pelrun: rank 0 computes", true);
        long start = System.nanoTime();
        for (Process process : processes) {
            process.getOutputStream().close();
        }
        assertThat(exitCodes()).containsExactly(143, 143, 143);
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @Test
    void threadsOfOneProcess() throws Exception {
        start(RankMain.class.getName(), List.of("--engine=threads", "--ranks=4"), 0, "--end=trap");
        assertThat(exitCodes()).containsExactly(1);
        assertThat(all("out")).isEqualTo("wrong 0\nrank 0\nrank 1\nrank 2\nrank 3\n");
        assertThat(all("err")).contains("pelrun: rank 1 of 4");
    }

    @Test
    void badCommandLines() throws Exception {
        start(RankMain.class.getName(), List.of("--engine=fibres"), 0);
        start(RankMain.class.getName(), List.of("--ranks=0"), 1);
        start(RankMain.class.getName(), List.of("--engine=processes"), 2);
        start(RankMain.class.getName(), List.of("--program=missing.jar", "--class=pel.Missing"), 3);
        assertThat(exitCodes()).containsExactly(2, 2, 2, 1);
        assertThat(all("err")).contains("there is no engine 'fibres'").contains("--ranks=0").contains("needs --segments").contains("missing.jar");
    }
}

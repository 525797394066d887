package org.pellang.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.collective.AlgorithmTable;

/** {@code pelrun} as a process of its own: signals to it, and its death. */
@Timeout(60)
final class PelrunProcessTest {
    @TempDir
    private Path folder;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        try {
            assertThat(started).noneMatch(PelrunProcessTest::runs);
        } finally {
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void aJobThatEnds(String engine) throws Exception {
        Path table = Files.writeString(folder.resolve("table.tsv"), "allreduce tree - 100 2 2 -\n");
        Process pelrun = java("pelrun", "-n", "2", "--heap", "32m", "--engine", engine, "--explain-coll", "--coll-table", table.toString(),
                TinyProgram.jar(folder).toString(), "--quick");
        assertThat(new String(pelrun.getInputStream().readAllBytes(), UTF_8)).isEqualTo("up\nup\n");
        assertThat(pelrun.waitFor()).isZero();
        assertThat(read(folder.resolve("err"))).containsPattern("collective +ranks +up to +algorithm +calls\nallreduce +2 +8 B +tree +1\n");
    }

    /** The rank that is meant reads it, and sees its end; the others see the end at once. */
    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void standardInput(String engine) throws Exception {
        Process pelrun = java("pelrun", "-n", "2", "--heap", "32m", "--engine", engine, "--stdin", "1", TinyProgram.jar(folder).toString(), "--read");
        String text = "a line of it\n".repeat(100_000);
        pelrun.getOutputStream().write(text.getBytes(UTF_8));
        pelrun.getOutputStream().close();
        assertThat(new String(pelrun.getInputStream().readAllBytes(), UTF_8)).as(() -> read(folder.resolve("err"))).isEqualTo("up\nup\nrank 1 has read " + text.length() + "\n");
        assertThat(pelrun.waitFor()).isZero();
    }

    /** What {@code pel tune} writes is a table, for this number of ranks. */
    @Test
    void tuning() throws Exception {
        Path table = folder.resolve("tuned.tsv");
        Process tune = java("pel", "tune", "-n", "2", "--heap", "64m", "--engine", "threads", "--most=64", "--rounds=1", "--millis=0.02", "-o", table.toString());
        String shown = new String(tune.getInputStream().readAllBytes(), UTF_8);
        assertThat(tune.waitFor()).as(() -> read(folder.resolve("err"))).isZero();
        assertThat(shown).containsPattern("allreduce +8 B .*doubling [0-9.]+ us").containsPattern("bcast +32 B .*\\*");
        List<String> lines = Files.readAllLines(table);
        assertThat(lines).allMatch(line -> line.endsWith("\t2\t2\tnear")).anyMatch(line -> line.startsWith("alltoall\t"));
        assertThat(AlgorithmTable.of(lines.toArray(String[]::new))).isNotNull();
        assertThat(read(folder.resolve("err"))).contains("pelrun --coll-table=" + table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void controlCEndsTheJobWith130(String engine) throws Exception {
        Process pelrun = pelrun(engine);
        awaitRanks(pelrun, engine.equals("threads") ? 1 : 2);
        send("INT", pelrun);
        assertThat(pelrun.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pelrun.exitValue()).isEqualTo(130);
    }

    /** Asked by USR1 the ranks say where they are, and the job goes on until TERM ends it; the recorders of both can be read meanwhile. */
    @Test
    void termEndsTheJobWith143() throws Exception {
        Process pelrun = pelrun("processes");
        awaitRanks(pelrun, 2);
        send("USR1", pelrun);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!read(folder.resolve("err")).contains("pelrun: rank 1 ")) {
            assertThat(System.nanoTime()).as(() -> read(folder.resolve("err"))).isLessThan(end);
            Thread.onSpinWait();
        }
        Process flight = java("pel", "flight", segments(started.subList(1, started.size())).getFirst().toString());
        assertThat(new String(flight.getInputStream().readAllBytes(), UTF_8)).contains(": 2 of 2 ranks\nrank 0 (process ", "\nrank 1 (process ");
        send("TERM", pelrun);
        assertThat(pelrun.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pelrun.exitValue()).isEqualTo(143);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void ranksDoNotOutliveAKilledPelrun(String engine) throws Exception {
        Process pelrun = pelrun(engine);
        awaitRanks(pelrun, engine.equals("threads") ? 1 : 2);
        List<ProcessHandle> ranks = List.copyOf(started.subList(1, started.size()));
        assertThat(ranks).as(() -> read(folder.resolve("err"))).hasSize(engine.equals("threads") ? 1 : 2);
        List<Path> segments = segments(ranks);
        assertThat(segments).hasSize(1);
        pelrun.destroyForcibly().waitFor();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (ranks.stream().anyMatch(PelrunProcessTest::runs)) {
            assertThat(System.nanoTime()).as("ranks are gone").isLessThan(end);
            Thread.onSpinWait();
        }
        assertThat(segments).as("folders in shared memory").allMatch(Files::notExists);
    }

    /** The program and the commands of the tutorial, with fewer steps: killed on two ranks, continued on three. */
    @Test
    void theTutorialsKill() throws Exception {
        String page = Files.readString(Path.of("../docs/language/tutorial.md"));
        String chapter = page.substring(page.indexOf("## Killed, and continued"));
        Files.writeString(folder.resolve("spread.pel"), chapter.substring(chapter.indexOf("```pel\n") + 7, chapter.indexOf("```\n")));
        List<String[]> commands = chapter.lines().filter(l -> l.startsWith("    pelrun ")).map(l -> l.strip().replaceFirst("--steps=\\S+", "--steps=20_000")
                .replaceFirst(" > .*", "").split(" ")).toList();
        assertThat(commands).hasSize(2);
        String expected = output(java("pelrun", "-n", "1", "spread.pel", "--steps=20_000"), Integer.MAX_VALUE);
        assertThat(expected.lines()).hasSize(400);
        List<String> first = output(java(commands.getFirst()), 60).lines().toList();
        assertThat(first).as("killed").hasSizeLessThan(400);
        String second = output(java(commands.getLast()), Integer.MAX_VALUE);
        Matcher before = Pattern.compile("(\\d+) lines of output before it, written by 2 ranks").matcher(read(folder.resolve("err")));
        assertThat(before.find()).as(read(folder.resolve("err"))).isTrue();
        String kept = first.stream().limit(Integer.parseInt(before.group(1))).map(l -> l + "\n").collect(Collectors.joining());
        assertThat(kept + second).isEqualTo(expected);
    }

    /** What it writes; it is killed after so many lines. Returns when it has ended. */
    private static String output(Process process, int lines) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            int left = lines;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                text.append(line).append('\n');
                if (--left == 0) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("pelrun ends after its output").isTrue();
        return text.toString();
    }

    /** Where these ranks share memory, as their command lines say. */
    private static List<Path> segments(List<ProcessHandle> ranks) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (ProcessHandle rank : ranks) {
            for (String word : Files.readString(Path.of("/proc", Long.toString(rank.pid()), "cmdline")).split("\0")) {
                if (word.startsWith("--segments=")) {
                    folders.add(Path.of(word.substring("--segments=".length())));
                }
            }
        }
        return folders.stream().distinct().toList();
    }

    // A process that has ended stays in the table until its new parent, init, looks at it; some inits take their time.
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private Process pelrun(String engine, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("pelrun", "-n", "2", "--heap", "32m", "--engine", engine, TinyProgram.jar(folder).toString()));
        words.addAll(List.of(options));
        return java(words.toArray(String[]::new));
    }

    private Process java(String... words) throws IOException {
        // Whoever starts this test in the background of a script makes its children ignore SIGINT.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "org.pellang.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().put("XDG_CACHE_HOME", Files.createDirectories(folder.resolve("cache")).toString());
        Process process = builder.start();
        started.add(process.toHandle());
        return process;
    }

    private void awaitRanks(Process pelrun, int jvms) throws IOException {
        // Not closed: a closed pipe would be another event for the ranks.
        @SuppressWarnings("resource")
        BufferedReader lines = new BufferedReader(new InputStreamReader(pelrun.getInputStream(), UTF_8));
        for (int i = 0; i < 2; i++) {
            assertThat(lines.readLine()).as(() -> read(folder.resolve("err"))).isEqualTo("up");
        }
        // The JDK's look at the process table may miss one that is there.
        List<ProcessHandle> found = pelrun.descendants().toList();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5); found.size() < jvms && System.nanoTime() < end; ) {
            found = pelrun.descendants().toList();
        }
        started.addAll(found);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor()).isZero();
    }
}

package org.pellang.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pellang.cli.run.Places;

/** What each command answers to good and bad command lines and files. */
final class CommandTest {
    private final FakeFrontEnd frontEnd = new FakeFrontEnd();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path good;

    @BeforeEach
    void aProgram() throws IOException {
        good = Files.writeString(folder.resolve("good.pel"), "print(1)\n");
    }

    @Test
    void reportsOfCommunicationKnowTheValuesOfConfigs() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pel"), "x");
        assertThat(run("pelc", "--report=comm", "--ranks=3", "--set", "n=1200", "--set=m=-7", file.toString())).as(err()).isZero();
        assertThat(frontEnd.goals).containsExactly(new FrontEnd.Goal.CommReport(3, Map.of("n", 1200L, "m", -7L)));
    }

    @Test
    void pelcWritesTheJar() throws IOException {
        Path jar = folder.resolve("out.jar");
        assertThat(run("pelc", good.toString(), "-o", jar.toString())).isZero();
        assertThat(jar).hasContent("print(1)");
        assertThat(files()).containsExactly("good.pel", "out.jar");
        assertThat(err()).isEmpty();
    }

    @Test
    void errorsAreShownAndNothingIsWritten() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.pel"), "let x = wrong\n");
        assertThat(run("pelc", bad.toString(), "-o", folder.resolve("out.jar").toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(err()).contains("error[PEL0101]: unknown name wrong", "bad.pel:1:9", "1 | let x = wrong", "  |         ^^^^^", "write right", "let x = right");
        assertThat(files()).containsExactly("bad.pel", "good.pel");
    }

    @Test
    void checkOnlyAsJson() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.pel"), "let x = wrong\n");
        assertThat(run("pelc", "--check-only", "--error-format=json", bad.toString())).isEqualTo(ExitCode.SOURCE_ERRORS);
        assertThat(err().lines()).hasSize(1);
        assertThat(err())
                .contains("\"code\":\"PEL0101\",\"severity\":\"error\",\"message\":\"unknown name wrong\"")
                .contains("\"line\":1,\"column\":9,\"endLine\":1,\"endColumn\":14")
                .contains("\"fixes\":[{\"title\":\"write right\"");
        assertThat(frontEnd.goals).containsExactly(new FrontEnd.Goal.Check());
    }

    @Test
    void emitGoesToStandardOutput() {
        assertThat(run("pelc", "--emit=ir-opt", "--timings", good.toString())).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("print(1)\n");
        assertThat(frontEnd.goals).containsExactly(new FrontEnd.Goal.Emit(FrontEnd.Stage.IR_OPT));
        assertThat(err()).contains("2.0 ms  parse");
    }

    @Test
    void filesThatAreNoPrograms() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pel"), "");
        Path binary = Files.write(folder.resolve("binary.pel"), new byte[] {1, 0, 2});
        Path latin = Files.write(folder.resolve("latin.pel"), new byte[] {'#', (byte) 0xE9, '\n'});
        assertIo(empty, "is empty");
        assertIo(binary, "is a binary file");
        assertIo(latin, "is not UTF-8 text");
        assertIo(folder, "is a folder");
        assertIo(folder.resolve("goood.pel"), "does not exist; did you mean " + good + "?");
        assertIo(folder.resolve("none/x.pel"), "there is no folder");
    }

    @Test
    void aFileThatMayNotBeRead() throws IOException {
        Assumptions.assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        Path secret = Files.createFile(
                folder.resolve("secret.pel"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("-w-------")));
        assertIo(secret, "permission denied");
    }

    @Test
    void aFileWhoseReadingFails() throws IOException {
        Path memory = Path.of("/proc/self/mem");
        Assumptions.assumeTrue(Files.exists(memory), "needs /proc");
        assertIo(Files.createSymbolicLink(folder.resolve("memory.pel"), memory), "cannot be read: Input/output error");
    }

    @Test
    void aDeviceIsWrittenAndNotReplaced() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "needs /dev/full");
        Path link = Files.createSymbolicLink(folder.resolve("full"), full);
        assertThat(run("pelc", good.toString(), "-o", link.toString())).isEqualTo(ExitCode.IO);
        assertThat(err()).contains("cannot write", "the disk is full");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aJarThatCannotBeWritten() {
        assertThat(run("pelc", good.toString(), "-o", folder.resolve("none/out.jar").toString())).isEqualTo(ExitCode.IO);
        assertThat(err()).contains("cannot write", "there is no such folder");
        assertThat(run("pelc", good.toString(), "-o", folder.toString())).isEqualTo(ExitCode.IO);
        assertThat(err()).contains("it is a folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pelc   | --chek-only x.pel            | unknown option --chek-only; did you mean --check-only?
            pelc   |                              | which program?
            pelc   | --emit=jav x.pel             | --emit=jav: there are tokens, ast, typed, ir, ir-opt and java
            pelc   | x.pel y.pel                  | one argument too many: y.pel
            pelrun | --host a: x.pel              | --host a:: hosts are written NAME or NAME:RANKS
            pelrun | --host -oProxyCommand=x x.pel | hosts are written NAME or NAME:RANKS
            pelrun | --host a --hostfile=b x.pel  | --host and --hostfile: one of them
            pelrun | --host a --launch-agent= x.pel | --launch-agent= is no command
            pelrun | --host a --map-by=socket x.pel | --map-by=socket: there are slot, node and ppr:N:node
            pelrun | -n 5 --host a,b --map-by=ppr:2:node x.pel | room for 4 ranks, not 5
            pelrun | --bind-to=socket x.pel       | --bind-to=socket: there are core and none
            pelrun | --rankfile=x x.pel           | --rankfile is not in this version
            pelrun | --max-restarts=-1 x.pel      | --max-restarts=-1: 0 to 1000
            pelrun | --max-restarts=3 --engine=threads x.pel | --max-restarts needs --engine=processes
            pelrun | --mtbf=often x.pel           | --mtbf=often: a time is written
            pelrun | --engine=mpi x.pel           | --engine=mpi: there are threads, processes, hosts, openmpi, mpich and auto
            pelrun | --engine=thread x.pel        | --engine=thread: there are threads, processes, hosts, openmpi, mpich and auto
            pelrun | --engine=threads --tag-output x.pel | need --engine=processes
            pelrun | --threads=0 x.pel            | --threads=0: a rank has 1 to 1024 threads
            pelrun | --stdin=9999 x.pel           | there are none, all, and the ranks
            pelrun | -n 0 x.pel                   | -n 0: a job has 1 to 4096 ranks
            pelrun | -n four x.pel                | 'four' is not an int
            pelrun | --timeout=soon x.pel         | a time is written 90, 90s, 1.5m or 2h
            pelrun | --heap=much x.pel            | a size is written 512m, 1.5g or 4GiB
            pelrun | -n 2 --ranks=2 x.pel         | there are only the ranks 0 to 1
            pelrun | -x =v x.pel                  | a variable is written NAME or NAME=value
            pel    | chek x.pel                   | unknown command chek; did you mean check?
            pel    | explain 9876                 | there is no message 9876
            pel    |                              | which command?
            """)
    void wrongCommandLines(String command, String line, String message) {
        String[] arguments = line == null ? new String[0] : line.split(" +");
        assertThat(run(command, arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(err()).startsWith(command + ": ").contains(message);
    }

    @Test
    void aFaultOfOursIsPel9999WithAReportFile() throws IOException {
        for (String text : List.of("crash", "overflow")) {
            Path program = Files.writeString(folder.resolve("x.pel"), text);
            err.reset();
            assertThat(run("pelc", program.toString())).isEqualTo(ExitCode.INTERNAL);
            assertThat(err().lines()).singleElement().asString().startsWith("error[PEL9999]").doesNotContain("Exception", "Error:");
            Path report = Path.of(err().strip().replaceFirst(".* file ", ""));
            assertThat(report).content().contains("java ", program.toString());
            Files.delete(report);
        }
    }

    @Test
    void theInterpreterGetsRanksAndOptions() {
        assertThat(run("pelrun", "-n", "3", "--interpret", good.toString(), "--n=4", "--help")).isEqualTo(7);
        assertThat(out.toString(UTF_8)).isEqualTo("interpreted on 3 with [--n=4, --help]\n");
    }

    @Test
    void explainTakesShortCodes() {
        assertThat(run("pel", "explain", "301")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("Iterations depend on each other.\n");
    }

    @Test
    void aProgramIsCompiledOnceUntilItChanges() throws IOException {
        assertThat(run("pelrun", "-n", "2", "--dry-run", good.toString(), "--n=4")).isZero();
        assertThat(run("pelrun", "-n", "3", "--dry-run", good.toString())).isZero();
        assertThat(frontEnd.goals).hasSize(1);
        assertThat(out.toString(UTF_8)).contains("2 ranks by engine threads", "3 ranks by engine threads", "-- --n=4");
        Files.writeString(good, "print(2)\n");
        assertThat(run("pelrun", "--dry-run", "--json", good.toString())).isZero();
        assertThat(frontEnd.goals).hasSize(2);
        assertThat(out.toString(UTF_8)).contains("\"engine\":\"threads\"");
    }

    @Test
    void withoutACacheFolderProgramsRunAllTheSame() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        assertThat(run("pelrun", "--dry-run", good.toString())).isZero();
        assertThat(run("pelrun", "--dry-run", good.toString())).isZero();
        assertThat(frontEnd.goals).hasSize(2);
    }

    @Test
    void outputPerRankTakesTheProcessesEngine() {
        assertThat(run("pelrun", "-n", "2", "--dry-run", "--tag-output", good.toString())).isZero();
        assertThat(out.toString(UTF_8)).contains("2 ranks by engine processes", "--rank=1");
    }

    /** What each JVM will have, for scripts. */
    @Test
    void theFieldsOfADryRun() {
        assertThat(run("pelrun", "-n", "3", "--engine", "processes", "--heap", "64m", "--dry-run", "--json", good.toString(), "--n=\"4\"")).isZero();
        String json = out.toString(UTF_8);
        assertThat(json.lines()).hasSize(1);
        assertThat(json).startsWith("{\"ranks\":3,\"engine\":\"processes\",\"cores\":").contains("\"jvms\":3,\"heapPerJvm\":67108864,\"heapPerRank\":67108864,\"folder\":\"")
                .contains("\"firstRank\":0,\"ranks\":3,\"arguments\":[\"--n=\\\"4\\\"\"]}]").contains("\"host\":\"this host\",\"ranks\":[2],\"cores\":")
                .containsPattern("\"memory\":[1-9]\\d{7,},\"memoryLimitedBy\":\"[^\"]+\",\"heap\":67108864,").contains("\"collector\":\"")
                .containsPattern("\"collectorThreads\":[1-9]")
                .containsPattern("\"compilerThreads\":[1-9]").contains("\"aotCache\":\"").contains("\"-Xmx64m\"").contains("\"--rank=2\"");
        assertThat(json.chars().filter(c -> c == '{').count()).as("the job, a program, three JVMs").isEqualTo(5);
    }

    /** As mpirun has it; those without hosts of their own share the first one's. */
    @Test
    void severalPrograms() throws IOException {
        Path other = Files.writeString(folder.resolve("other.pel"), "print(2)\n");
        assertThat(run("pelrun", "-n", "2", "--dry-run", "--json", good.toString(), "--n=4", ":", "-n", "1", "-x", "A=b", "--wdir", folder.toString(), other.toString(), "-v"))
                .isZero();
        assertThat(frontEnd.goals).hasSize(2);
        assertThat(out.toString(UTF_8)).contains("\"ranks\":3,\"engine\":\"processes\"").contains("\"firstRank\":0,\"ranks\":2,\"arguments\":[\"--n=4\"]}")
                .contains("\"firstRank\":2,\"ranks\":1,\"arguments\":[\"-v\"]}").contains("\"--first=2\"");
        out.reset();
        String two = other.toString();
        assertThat(run("pelrun", "-n", "2", "--host", "localhost:1,127.0.0.1:3", "--dry-run", "--json", good.toString(), ":", "-n", "1", two, ":", "-n", "1", "-H",
                "127.0.0.2", two)).as(err()).isZero();
        assertThat(out.toString(UTF_8)).contains("\"engine\":\"hosts\"").contains("\"host\":\"localhost\",\"ranks\":[0]").contains("\"host\":\"127.0.0.1\",\"ranks\":[1]")
                .contains("\"host\":\"127.0.0.1\",\"ranks\":[2]").contains("\"host\":\"127.0.0.2\",\"ranks\":[3]").contains("--places=1,1,1,1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-n 2 G : G | how many ranks",
        "G : -n 1 G | each has its -n",
        "-n 1 G : -n 1 | which program",
        "-n 1 : -n 1 G | which program stands before",
        "-n 1 G : -n 1 --tag-output G | all else stands before the first program",
        "-n 1 --engine threads G : -n 1 G | is for one program",
        "-n 1 --max-restarts 2 G : -n 1 G | for jobs of one program",
        "-n 1 G : -n 1 G --help | ask one program at a time",
        "-n 1 --interpret G : -n 1 G | takes one program",
        "-n 1 G : -n 1 --wdir /none G | there is no such folder"})
    void severalProgramsThatCannotBe(String line, String message) {
        List<String> words = new java.util.ArrayList<>();
        Stream.of(line.split(" ")).map(w -> w.equals("G") ? good.toString() : w).forEach(words::add);
        assertThat(run("pelrun", words.toArray(String[]::new))).isIn(ExitCode.USAGE, ExitCode.IO);
        assertThat(err()).contains(message);
    }

    private void assertIo(Path path, String message) {
        err.reset();
        assertThat(run("pelc", path.toString())).isEqualTo(ExitCode.IO);
        assertThat(err()).contains(message);
        assertThat(run("pelrun", path.toString())).isEqualTo(ExitCode.IO);
    }

    private int run(String command, String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        Places places = new Places(folder.resolve("cache"), Path.of(System.getProperty("java.home")), List.of());
        return new CommandRunner(new Invocation(command, List.of(arguments), terminal, places, Map.of(), () -> frontEnd)).run();
    }

    private String err() {
        return err.toString(UTF_8);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}

package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.quality.differential.Toolchain.Run;
import org.pellang.runtime.checkpoint.CheckpointFolder;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.checkpoint.Faults;

/** Checkpoints that were damaged, that belong to something else, or that cannot be written. */
class CheckpointDamageTest {
    private static final String RELAX = "relax.pel";

    private final Toolchain toolchain = new Toolchain();

    @TempDir(factory = MemoryFolder.class)
    Path folder = Path.of("");

    private final Map<String, byte[]> compiled = new HashMap<>();

    private byte[] compile(String text) {
        return compiled.computeIfAbsent(text, this::compileNow);
    }

    private byte[] compileNow(String text) {
        Toolchain.Compiled compiled = toolchain.compile("p.pel", text);
        byte[] jar = compiled.jar();
        if (jar == null) {
            throw new AssertionError(compiled.messages());
        }
        return jar;
    }

    private static String program() throws IOException {
        return Files.readString(Path.of("src/test/pel/checkpoint", RELAX));
    }

    private static CheckpointOptions options(Path to, @Nullable Path resume, boolean anyway, boolean required, List<String> arguments) {
        return new CheckpointOptions(to, true, required, true, resume, anyway, null, -1, "job", "", arguments, 1e5, Faults.NONE, null);
    }

    private Run resumed(String text, int ranks, Path from, boolean anyway, String... arguments) {
        List<String> list = List.of(arguments);
        return toolchain.run(compile(text), ranks, list, options(folder.resolve("more"), from, anyway, false, list));
    }

    /** A folder with two checkpoints. */
    private Path written(String text, int ranks) {
        Path ck = folder.resolve("ck");
        Run run = toolchain.run(compile(text), ranks, List.of(), options(ck, null, false, false, List.of()));
        assertThat(run.exitCode()).as(run.report()).isZero();
        return ck;
    }

    private static Path newest(Path ck) throws IOException {
        CheckpointFolder checkpoints = new CheckpointFolder(ck);
        return checkpoints.complete(checkpoints.numbers().getFirst());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path p : tree.toList()) {
                Files.copy(p, to.resolve(from.relativize(p).toString()));
            }
        }
    }

    /** A flipped bit or a shorter file anywhere in the newest checkpoint: the one before is taken, and the bits are the same. */
    @Test
    void anyDamageFallsBack() throws IOException {
        String whole = toolchain.run(compile(program()), 2, List.of()).out();
        Path ck = written(program(), 3);
        Random random = new Random(5);
        for (int k = 0; k < 24; k++) {
            Path damaged = folder.resolve("damaged" + k);
            copy(ck, damaged);
            List<Path> files = new ArrayList<>();
            try (Stream<Path> all = Files.list(newest(damaged))) {
                all.sorted().forEach(files::add);
            }
            Path file = files.get(k % files.size());
            byte[] bytes = Files.readAllBytes(file);
            if (k % 2 == 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            } else {
                Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            }
            Run run = resumed(program(), 1 + k % 4, damaged, false);
            assertThat(run.exitCode()).as("%s: %s", file, run.report()).isZero();
            assertThat(run.report()).contains("; trying the one before");
            assertThat(whole).as("%s: %s", file, run.report()).endsWith(run.out());
        }
    }

    @Test
    void nothingWholeIsRefused() throws IOException {
        Path ck = written(program(), 2);
        for (long n : new CheckpointFolder(ck).numbers()) {
            Files.delete(new CheckpointFolder(ck).complete(n).resolve("u.npy"));
        }
        Run run = resumed(program(), 2, ck, false);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.report()).contains("cannot resume from", "u.npy is missing");
    }

    @Test
    void aChangedProgramIsRefused() throws IOException {
        Path ck = written(program(), 2);
        String comment = "# a comment\n" + program().replace("var t = 0", "var t    = 0   # here too");
        assertThat(resumed(comment, 3, ck, false).exitCode()).isZero();
        String factor = program().replace("0.5 * u[i]", "0.51 * u[i]");
        Run run = resumed(factor, 3, ck, false);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.report()).contains("the program has changed", "--resume-anyway");
        assertThat(resumed(factor, 3, ck, true).exitCode()).isZero();
        Run other = resumed(program().replace("var t = 0", "var t = 0.0"), 3, ck, true);
        assertThat(other.report()).contains("state is another one");
    }

    @Test
    void otherOptionsAreRefused() throws IOException {
        String text = "config n = 3\n" + program();
        Path ck = written(text, 2);
        assertThat(resumed(text, 2, ck, false, "--n=4").report()).contains("with the options ``, not `--n=4`");
        assertThat(resumed(text, 2, ck, true, "--n=4").exitCode()).isZero();
    }

    @Test
    void otherExtentsAreRefused() throws IOException {
        String text = "config n = 37\n" + program().replace("D[0..<37]", "D[0..<n]");
        Path ck = written(text, 2);
        Run run = resumed(text, 2, ck, true, "--n=40");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.report()).contains("`u` is", "[40] now", "[37] when");
    }

    @Test
    void stateByRankNeedsTheSameRanks() throws IOException {
        String ring = Files.readString(Path.of("src/test/pel/checkpoint/ring.pel"));
        Path ck = written(ring, 3);
        assertThat(resumed(ring, 2, ck, false).report()).contains("its state differs from rank to rank, so it needs 3");
        assertThat(resumed(ring, 3, ck, false).exitCode()).isZero();
    }

    @Test
    void aProgramThatTakesAnotherWayIsNoticed() throws IOException {
        String text = "config go = true\nvar t = 0\nif go { while t < 4 checkpoint every 1 { t += 1 } }\nprint(t)\n";
        Path ck = written(text, 2);
        Run run = resumed(text, 2, ck, true, "--go=false");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.report()).contains("without coming to the loop of its checkpoint");
    }

    /** A path below a file cannot be made: one warning, and the job goes on; or it stops, if told so. */
    @Test
    void aFolderThatCannotBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path ck = file.resolve("ck");
        Run run = toolchain.run(compile(program()), 3, List.of(), options(ck, null, false, false, List.of()));
        assertThat(run.exitCode()).isZero();
        assertThat(run.report().lines().filter(l -> l.contains("warning")).toList()).hasSize(1);
        assertThat(run.out()).isEqualTo(toolchain.run(compile(program()), 1, List.of()).out());
        Run stopped = toolchain.run(compile(program()), 3, List.of(), options(ck, null, false, true, List.of()));
        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.report()).contains("no checkpoints can be written");
    }

    @Test
    void aFolderBecomesReadOnly() throws IOException {
        Assumptions.assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Path ck = Files.createDirectory(folder.resolve("ro"));
        Files.createFile(ck.resolve(".lock"));
        Files.setPosixFilePermissions(ck, PosixFilePermissions.fromString("r-xr-xr-x"));
        Run run = toolchain.run(compile(program()), 2, List.of(), options(ck, null, false, false, List.of()));
        assertThat(run.exitCode()).isZero();
        assertThat(run.report()).contains("permission denied", "the job goes on");
    }

    /** The disk is full on one rank, at one step: one warning, later checkpoints are written, the newest is whole. */
    @Test
    void aFullDisk() throws IOException {
        for (String step : List.of("write u.npy", "write the part", "sync v.npy", "seal")) {
            Path ck = folder.resolve("full " + step.replace(' ', '-'));
            int[] left = {1};
            Faults full = (rank, what) -> {
                if (what.equals(step) && (step.equals("seal") || rank == 1) && left[0]-- == 1) {
                    throw new java.io.UncheckedIOException(new IOException("No space left on device"));
                }
            };
            CheckpointOptions options = new CheckpointOptions(ck, true, false, true, null, false, null, -1, "job", "", List.of(), 1e5, full, null);
            Run run = toolchain.run(compile(program()), 3, List.of(), options);
            assertThat(run.exitCode()).as(run.report()).isZero();
            assertThat(run.report().lines().filter(l -> l.contains("warning")).toList()).as(step).hasSize(1);
            assertThat(run.report()).contains("No space left on device", "the job goes on");
            assertThat(resumed(program(), 2, ck, false).exitCode()).isZero();
            try (Stream<Path> all = Files.list(ck)) {
                assertThat(all.filter(p -> p.getFileName().toString().startsWith(".writing"))).as(step).isEmpty();
            }
        }
    }

    @Test
    void messagesOnTheirWayAreNotLost() {
        String text = """
                channel c: int
                fn put(k: int) { c.send(k, to: rank()) }
                fn take() -> int = c.recv(from: rank())
                put(7)
                var last = 0
                for t in 0..<4 checkpoint every 1 { put(t)  last += take() }
                printall("{last} {take()}")
                """;
        Run run = toolchain.run(compile(text), 2, List.of(), options(folder.resolve("crossing"), null, false, false, List.of()));
        assertThat(run.out()).isEqualTo("10 3\n10 3\n");
        assertThat(run.report().lines().filter(l -> l.contains("while messages of channels are on their way (2 now)")).toList()).hasSize(1);
    }

    @Test
    void twoJobsDoNotShareAFolder() throws IOException {
        Path ck = folder.resolve("shared");
        String text = "domain D[0..<4] dist block\nvar u: [D] float\nfor t in 0..<3 checkpoint every 1 { forall i in D { u[i] += 1.0 } }\nprint(sum(u))\n";
        byte[] jar = compile(text);
        Run[] second = new Run[1];
        Faults other = (rank, what) -> {
            if (what.equals("rename the checkpoint") && second[0] == null) {
                second[0] = toolchain.run(jar, 1, List.of(), options(ck, null, false, false, List.of()));
            }
        };
        Run first = toolchain.run(jar, 2, List.of(),
                new CheckpointOptions(ck, true, false, true, null, false, null, -1, "job", "", List.of(), 1e5, other, null));
        assertThat(first.exitCode()).isZero();
        assertThat(second[0].report()).contains("another job is using");
        assertThat(second[0].out()).isEqualTo(first.out());
    }
}

package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.quality.differential.Toolchain.Run;
import org.pellang.runtime.checkpoint.CheckpointFolder;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.checkpoint.Faults;
import org.pellang.runtime.checkpoint.PartnerStore;

/**
 * Kills rank r before event e, for all r and e of small programs: messages, and every step of writing and of reading checkpoints. Whatever dies, the program continues
 * on some number of ranks, and the output of both runs together and all files are those of an undisturbed run.
 */
class CheckpointCrashTest {
    private static final Path PROGRAMS = Path.of("src/test/pel/checkpoint");
    private static final List<Integer> OTHERS = List.of(1, 2, 3, 5);

    private static final long SEED = 3;

    private final Toolchain toolchain = new Toolchain();

    @TempDir(factory = MemoryFolder.class)
    Path folder = Path.of("");

    private int jobs;

    /** A seventh of the deaths, other ones for each program. */
    @TestFactory
    Stream<DynamicTest> everyRankNowAndThen() throws IOException {
        return deaths(7);
    }

    @TestFactory
    @Tag("slow")
    Stream<DynamicTest> everyRankBeforeEveryEvent() throws IOException {
        return deaths(1);
    }

    /** @param stride every so many events */
    private Stream<DynamicTest> deaths(int stride) throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            Set<String> deaths = new TreeSet<>();
            Stream<DynamicTest> programs = files.filter(f -> f.toString().endsWith(".pel")).sorted().toList().stream()
                    .map(p -> DynamicTest.dynamicTest(p.getFileName().toString(), () -> deaths.addAll(everyEvent(p, stride))));
            return stride > 1 ? programs : Stream.concat(programs, Stream.of(DynamicTest.dynamicTest("every kind of event", () -> everyKind(deaths))));
        }
    }

    /** Which rank seals a checkpoint depends on who is last, so one program alone may miss an event. */
    private static void everyKind(Set<String> deaths) {
        assertThat(deaths).anyMatch(d -> d.startsWith("message")).contains("seal", "rename the checkpoint", "sync the manifest", "show the part");
    }

    /** A job in a folder of its own. */
    private final class Job {
        final byte[] jar;
        final boolean byRank;
        final boolean writes;
        final Path here;
        final Path checkpoints;
        final StringBuilder out = new StringBuilder();
        String report = "";

        Job(Path program) throws IOException {
            String text = Files.readString(program);
            Toolchain.Compiled compiled = toolchain.compile(program.getFileName().toString(), text);
            byte[] bytes = compiled.jar();
            if (bytes == null) {
                throw new AssertionError(compiled.messages());
            }
            this.jar = bytes;
            this.byRank = text.contains("rank() + 1");
            this.writes = text.contains("config out");
            this.here = Files.createDirectory(folder.resolve("job" + jobs++));
            this.checkpoints = here.resolve("ck");
        }

        Job(Job like) throws IOException {
            this.jar = like.jar;
            this.byRank = like.byRank;
            this.writes = like.writes;
            this.here = Files.createDirectory(folder.resolve("job" + jobs++));
            this.checkpoints = here.resolve("ck");
        }

        /** What that one is now, output and files, in a folder of its own. */
        Job copy() throws IOException {
            Job copy = new Job(this);
            copy.out.append(out);
            try (Stream<Path> tree = Files.walk(here)) {
                for (Path p : tree.filter(q -> !q.equals(here)).toList()) {
                    Files.copy(p, copy.here.resolve(here.relativize(p).toString()));
                }
            }
            return copy;
        }

        /** Runs from the last checkpoint, or from the start if there is none. */
        int attempt(int ranks, Faults faults) throws IOException {
            boolean any = !new CheckpointFolder(checkpoints).numbers().isEmpty();
            Run run = toolchain.run(jar, ranks, arguments(), options(any ? checkpoints : null, faults));
            out.append(run.out());
            report = run.report();
            return run.exitCode();
        }

        /** Without a disk. */
        int inMemory(int ranks, Faults faults, Memories memories) {
            long lines = out.chars().filter(c -> c == '\n').count();
            Run run = toolchain.run(jar, ranks, arguments(), new CheckpointOptions(
                    null, true, false, false, null, false, null, lines, "job", "", arguments(), 1e5, faults, new CheckpointOptions.Partner(memories.stores::get, 1)));
            out.append(run.out());
            report = run.report();
            return run.exitCode();
        }

        private List<String> arguments() {
            return writes ? List.of("--out=" + here.resolve("out")) : List.of();
        }

        private CheckpointOptions options(@Nullable Path resume, Faults faults) {
            long lines = out.chars().filter(c -> c == '\n').count();
            return new CheckpointOptions(checkpoints, true, false, true, resume, false, null, lines, "job", "", arguments(), 1e5, faults, null);
        }


        void delete() throws IOException {
            try (Stream<Path> tree = Files.walk(here)) {
                for (Path p : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(p);
                }
            }
        }
    }

    private Set<String> everyEvent(Path program, int stride) throws IOException {
        int ranks = 3;
        Job undisturbed = new Job(program);
        CrashPlan counting = CrashPlan.none();
        Turns turns = new Turns(ranks, SEED, counting);
        assertThat(undisturbed.attempt(ranks, turns)).as(undisturbed.report).isZero();
        Job again = new Job(undisturbed);
        Turns repeated = new Turns(ranks, SEED, CrashPlan.none());
        assertThat(again.attempt(ranks, repeated)).isZero();
        assertThat(repeated.story()).as("the same turns").isEqualTo(turns.story());
        String expected = undisturbed.out.toString();
        assertThat(expected).isNotEmpty();
        assertThat(new CheckpointFolder(undisturbed.checkpoints).numbers()).as("checkpoints of %s", program).hasSize(2);
        Map<String, Integer> deaths = new TreeMap<>();
        int tried = 0;
        for (int r = 0; r < ranks; r++) {
            for (int e = Math.floorMod(program.hashCode() + r, stride); e < counting.events(r); e += stride) {
                int others = undisturbed.byRank ? ranks : OTHERS.get(tried % OTHERS.size());
                deaths.merge(survives(undisturbed, ranks, CrashPlan.at(r, e), null, others, expected), 1, Integer::sum);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(100 / stride);
        inRecovery(undisturbed, ranks, counting, expected, stride);
        pairs(undisturbed, ranks, counting, expected, 60 / stride);
        return deaths.keySet();
    }

    /** A rank has died in the middle of the job; in the attempt that follows every rank dies before every event. */
    private void inRecovery(Job like, int ranks, CrashPlan counted, String expected, int stride) throws IOException {
        if (like.writes) {
            // Its options name the folder, so a copy of that would not be continued.
            return;
        }
        CrashPlan first = CrashPlan.at(1, counted.events(1) / 2);
        Job half = new Job(like);
        assertThat(half.attempt(ranks, new Turns(ranks, SEED, first))).isNotZero();
        CrashPlan counting = CrashPlan.none();
        assertThat(half.copy().attempt(ranks, new Turns(ranks, SEED, counting))).isZero();
        for (int r = 0; r < ranks; r++) {
            for (int e = Math.floorMod(r, stride); e < counting.events(r); e += stride) {
                Job job = half.copy();
                CrashPlan second = CrashPlan.at(r, e);
                int code = job.attempt(ranks, new Turns(ranks, SEED, second));
                if (code != 0) {
                    code = job.attempt(ranks, Faults.NONE);
                }
                String what = "killed before `" + first.died() + "`, then before `" + second.died() + "`";
                assertThat(code).as("%s: %s", what, job.report).isZero();
                assertThat(job.out.toString()).as(what).isEqualTo(expected);
                job.delete();
            }
        }
    }

    /** A second death while the program recovers from the first. */
    private void pairs(Job like, int ranks, CrashPlan counted, String expected, int count) throws IOException {
        Random random = new Random(11);
        for (int k = 0; k < count; k++) {
            int r = random.nextInt(ranks);
            CrashPlan first = CrashPlan.at(r, random.nextInt(counted.events(r)));
            int others = like.byRank ? ranks : OTHERS.get(k % OTHERS.size());
            CrashPlan second = CrashPlan.at(random.nextInt(others), random.nextInt(40));
            survives(like, ranks, first, second, others, expected);
        }
    }

    /** Returns what the first rank to die was about to do. */
    private String survives(Job like, int ranks, CrashPlan first, @Nullable CrashPlan second, int others, String expected) throws IOException {
        Job job = new Job(like);
        int code = job.attempt(ranks, new Turns(ranks, SEED, first));
        if (second != null && code != 0) {
            code = job.attempt(others, new Turns(others, SEED, second));
        }
        if (code != 0) {
            code = job.attempt(others, Faults.NONE);
        }
        String what = "killed before `" + first.died() + "`" + (second == null ? "" : ", then before `" + second.died() + "`") + ", continued on " + others + " ranks";
        assertThat(code).as("%s: %s", what, job.report).isZero();
        assertThat(job.out.toString()).as(what).isEqualTo(expected);
        job.delete();
        return first.died();
    }

    /** Without a disk: what the dead rank had is in its partner's memory. */
    @Test
    void copiesInMemory() throws IOException {
        int inMemory = 0;
        int tried = 0;
        for (String name : List.of("relax.pel", "grid.pel", "nested.pel", "ring.pel")) {
            Job like = new Job(PROGRAMS.resolve(name));
            CrashPlan counting = CrashPlan.none();
            Memories whole = new Memories(3);
            assertThat(like.inMemory(3, counting, whole)).as(like.report).isZero();
            String expected = like.out.toString();
            for (int e = 0; e < counting.events(tried % 3); e += 3, tried++) {
                int r = tried % 3;
                Job job = new Job(like);
                Memories memories = new Memories(3);
                CrashPlan plan = CrashPlan.at(r, e);
                int code = job.inMemory(3, plan, memories);
                if (code != 0) {
                    int others = job.byRank ? 3 : 2 + tried % 3;
                    code = job.inMemory(others, Faults.NONE, memories.without(r, others));
                    inMemory += job.report.contains("in memory") ? 1 : 0;
                }
                String what = name + ": rank " + r + " killed before `" + plan.died() + "`";
                assertThat(code).as("%s: %s", what, job.report).isZero();
                assertThat(job.out.toString()).as(what).isEqualTo(expected);
                job.delete();
            }
        }
        assertThat(inMemory).as("of " + tried).isGreaterThan(tried / 4);
    }

    /** What an attempt keeps counts, whatever copies the attempts before have left: they may have been begun at other passes. */
    @Test
    void copiesOfSeveralAttempts() throws IOException {
        String text = """
                config every = 1
                domain D[0..<20] dist block
                var u, v: [D] float
                for t in 1..30 checkpoint every every {
                  forall i in D { v[i] = 0.5 * u[(i + 1) % 20] + float(i * t) }
                  u <=> v
                  print("{t} {sum(u)}")
                }
                """;
        Path program = Files.writeString(folder.resolve("several.pel"), text);
        String expected = toolchain.run(new Job(program).jar, 1, List.of()).out();
        Random random = new Random(5);
        for (int k = 0; k < 8; k++) {
            Job job = new Job(program);
            Memories memories = new Memories(4);
            long before = -1;
            int ranks = 4;
            for (int attempt = 0; ; attempt++) {
                // Each goes on a while before one of its ranks dies.
                int dies = random.nextInt(ranks);
                CrashPlan plan = attempt == 3 ? CrashPlan.none() : CrashPlan.at(dies, 40 + random.nextInt(40));
                int code = job.inMemory(ranks, plan, memories);
                if (attempt > 0) {
                    long pass = Long.parseLong(job.report.replaceFirst("(?s).*in memory \\(pass (\\d+),.*", "$1"));
                    assertThat(pass).as("attempt %d begins where the one before has come: %s", attempt, job.report).isGreaterThan(before);
                    before = pass;
                }
                if (code == 0) {
                    break;
                }
                memories = memories.without(dies, ranks - 1);
                ranks--;
            }
            assertThat(job.out.toString()).isEqualTo(expected);
            job.delete();
        }
    }

    /** What the JVMs of the ranks keep. */
    private record Memories(List<PartnerStore> stores) {
        Memories(int ranks) {
            this(Stream.generate(PartnerStore::new).limit(ranks).toList());
        }

        /** Those that are left, and new ones for other ranks. */
        Memories without(int lost, int ranks) {
            List<PartnerStore> all = new ArrayList<>(stores);
            all.set(lost, new PartnerStore());
            if (ranks < all.size()) {
                all.remove(lost);
            }
            while (all.size() < ranks) {
                all.add(new PartnerStore());
            }
            return new Memories(all);
        }
    }

    /** The contents of the files at the end are those of an undisturbed run, whatever was half written. */
    @ParameterizedTest
    @ValueSource(strings = {"files.pel", "overwritten.pel"})
    void filesAreTheSame(String name) throws IOException {
        Job job = new Job(PROGRAMS.resolve(name));
        Map<String, byte[]> wanted = new TreeMap<>();
        for (int e = -1; e < 120; e += e < 0 ? 1 : 7) {
            Job each = new Job(job);
            String prefix = each.here.resolve("out").toString();
            List<String> options = List.of("--out=" + prefix);
            CrashPlan plan = CrashPlan.at(e % 3, e);
            Run run = toolchain.run(job.jar, 3, options, with(each, options, null, plan));
            if (run.exitCode() != 0) {
                boolean any = !new CheckpointFolder(each.checkpoints).numbers().isEmpty();
                run = toolchain.run(job.jar, 2, options, with(each, options, any ? each.checkpoints : null, Faults.NONE));
            }
            assertThat(run.exitCode()).as(run.report()).isZero();
            Map<String, byte[]> files = new TreeMap<>();
            try (Stream<Path> all = Files.list(each.here)) {
                for (Path file : all.filter(f -> f.toString().endsWith(".npy")).toList()) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
            if (wanted.isEmpty()) {
                wanted.putAll(files);
            }
            assertThat(files).as("killed before `%s`", plan.died()).usingRecursiveComparison().isEqualTo(wanted);
        }
    }

    private static CheckpointOptions with(Job job, List<String> options, @Nullable Path resume, Faults faults) {
        return new CheckpointOptions(job.checkpoints, true, false, true, resume, false, null, -1, "job", "", options, 1e5, faults, null);
    }
}

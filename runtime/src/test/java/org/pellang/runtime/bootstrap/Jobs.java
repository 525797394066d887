package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.pellang.runtime.Console;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Serializer;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.transport.local.LocalFabric;
import org.pellang.runtime.transport.shm.SharedSegment;
import org.pellang.runtime.transport.tcp.JobKey;

/** Runs small jobs over either transport in this JVM and captures what they write. */
final class Jobs {
    /** Strings as their UTF-8 bytes. */
    static final Serializer<String> TEXT = new Serializer<>() {
        @Override
        public byte[] write(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String read(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    private Jobs() {}

    /** The transports under test. */
    enum Link {
        LOCAL,
        /** Ranks are threads, but each has a mapping of its own, as separate JVMs would. */
        SHARED,
        /** Each rank stands for a host of its own; all connections go over loopback. */
        TCP,
        /** Two JVMs on one host: threads within, shared memory between, connections to wake by. */
        HOST,
        /** Two hosts, the first with two JVMs: memory, shared memory and TCP in one job. */
        MIXED
    }

    private static Placement placed(Link link, int ranks, int jvm) {
        int jvms = switch (link) {
            case LOCAL, SHARED -> 1;
            case TCP -> ranks;
            case HOST -> Math.min(ranks, 2);
            case MIXED -> Math.min(ranks, 3);
        };
        int[] counts = new int[jvms];
        for (int r = 0; r < ranks; r++) {
            counts[r * jvms / ranks]++;
        }
        int[] hosts = new int[jvms];
        if (link == Link.TCP) {
            Arrays.setAll(hosts, k -> k);
        } else if (link == Link.MIXED) {
            hosts[jvms - 1] = 1;
        }
        return new Placement(counts, hosts, jvm);
    }

    /** All hosts of a job as threads of this JVM. */
    private static final class Loopback implements Meeting {
        private final Secret secret = new Secret(JobKey.random(), Optional.empty());
        private final CyclicBarrier all;
        private final InetSocketAddress[] where;

        Loopback(int jvms) {
            all = new CyclicBarrier(jvms);
            where = new InetSocketAddress[jvms];
        }

        Meeting of(int jvm) {
            return new Meeting() {
                @Override
                public Secret secret() {
                    return secret;
                }

                @Override
                public List<InetSocketAddress> exchange(int port) throws IOException {
                    where[jvm] = new InetSocketAddress("127.0.0.1", port);
                    return Loopback.this.exchange(port);
                }
            };
        }

        @Override
        public Secret secret() {
            return secret;
        }

        @Override
        public List<InetSocketAddress> exchange(int port) throws IOException {
            try {
                all.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IOException("the hosts did not meet", e);
            }
            return List.of(where);
        }
    }

    private static int hosts(Link link, int ranks, PelProgram program, List<String> args, Console console) {
        int jvms = placed(link, ranks, 0).jvms();
        Path segments = unchecked(Jobs::sharedFolder);
        Loopback meeting = new Loopback(jvms);
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int jvm = 0; jvm < jvms; jvm++) {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            outcomes.add(outcome);
            Placement placement = placed(link, ranks, jvm);
            Thread.ofPlatform().name("host " + jvm).start(() -> {
                try {
                    outcome.complete(HostsEngine.run(() -> program, placement, segments, "127.0.0.1", ranks,
                            meeting.of(placement.me()), 0, args, console, CheckpointOptions.NONE, Reins.NONE));
                } catch (Throwable e) {
                    outcome.completeExceptionally(e);
                }
            });
        }
        int[] codes = outcomes.stream().mapToInt(Jobs::exitCode).distinct().toArray();
        // Empty by now, as in shared(): fails if a segment was left.
        unchecked(() -> {
            Files.delete(segments);
            return segments;
        });
        if (codes.length != 1) {
            throw new AssertionError("the hosts end with different codes: " + Arrays.toString(codes));
        }
        return codes[0];
    }

    private static int exitCode(CompletableFuture<Outcome> outcome) {
        try {
            return outcome.orTimeout(100, TimeUnit.SECONDS).join().exitCode();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new AssertionError("the job does not end: " + whereTheRanksAre(), e);
            }
            throw e;
        }
    }

    /** Of each rank its state, the processor time that its thread has used, and where it is. */
    private static String whereTheRanksAre() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, trace) -> {
            if (thread.getName().startsWith("rank ") && trace.length > 0) {
                text.append('\n').append(thread.getName()).append(' ').append(thread.getState()).append(' ')
                        .append(threads.getThreadCpuTime(thread.threadId()) / 1_000_000).append(" ms");
                Arrays.stream(trace).limit(12).forEach(frame -> text.append("\n    ").append(frame));
            }
        });
        return text.toString();
    }

    /** What every rank of a job runs. */
    interface RankCode {
        void run(Rank rank) throws Throwable;
    }

    /** How a job ended. */
    record Result(int exitCode, String out, String err) {}

    /** Threads that are told to be on several hosts: for what depends on where ranks are, but not on how messages go. */
    static Result onHosts(int[] hosts, RankCode code) {
        LocalFabric fabric = new LocalFabric(hosts.length);
        fabric.board().place(hosts);
        return run(console -> ThreadsEngine.run(() -> program(code), new Wiring.Local(fabric), List.of(), console, dump -> {}).exitCode());
    }

    private static PelProgram program(RankCode code) {
        return program(new ProgramInfo("job", "", List.of()), code);
    }

    /** Runs ranks that are to end well and say nothing. */
    static void good(Link link, int ranks, RankCode code) {
        Result result = run(link, ranks, code);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    static Result run(Link link, int ranks, RankCode code) {
        return run(link, ranks, List.of(), new ProgramInfo("job", "", List.of()), code);
    }

    static Result run(Link link, int ranks, List<String> args, ProgramInfo info, RankCode code) {
        PelProgram program = program(info, code);
        return run(console -> switch (link) {
            case LOCAL -> ThreadsEngine.run(() -> program, new Wiring.Local(new LocalFabric(ranks)), args, console, dump -> {}).exitCode();
            case SHARED -> ThreadsEngine.run(() -> program, shared(ranks), args, console, dump -> {}).exitCode();
            case TCP, HOST, MIXED -> hosts(link, ranks, program, args, console);
        });
    }

    private static Result run(ToIntFunction<Console> job) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int exitCode = job.applyAsInt(console);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PelProgram program(ProgramInfo info, RankCode code) {
        return new PelProgram() {
            @Override
            public ProgramInfo info() {
                return info;
            }

            @Override
            public void run(Rank rank) throws Throwable {
                code.run(rank);
            }
        };
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    private static <T> T unchecked(Opening<T> opening) {
        try {
            return opening.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Wiring shared(int ranks) {
        return unchecked(() -> {
            Path folder = sharedFolder();
            List<SharedSegment> mappings = new ArrayList<>();
            for (int r = 0; r < ranks; r++) {
                mappings.add(SharedSegment.attach(folder, ranks));
            }
            // Empty by now: the last to attach has removed the segment's name.
            Files.delete(folder);
            return new Wiring.Shared(List.copyOf(mappings));
        });
    }

    static Path sharedFolder() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? Files.createTempDirectory(memory, "pel-test-") : Files.createTempDirectory("pel-test-");
    }
}

package org.pellang.quality.differential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.backend.SurvivingJob;
import org.pellang.runtime.checkpoint.CheckpointFolder;

/** Standard output of a job that is struck, by a seeded choice, when so many lines have come out. */
final class Blows extends OutputStream {
    /** What can happen to a job. */
    enum Blow {
        /** {@code kill -9} of a rank. */
        KILL,
        /** {@code kill -9} of a rank at a seeded moment after the next restart was announced. */
        KILL_IN_RECOVERY,
        /** SIGSTOP at such a moment. */
        STOP_IN_RECOVERY,
        /** SIGSTOP of a rank; SIGCONT when the job has ended, or gone on without it. */
        STOP,
        /** A bit of the newest checkpoint is turned round, and a rank killed. */
        FLIP,
        /** A file of the newest checkpoint becomes shorter, and a rank is killed. */
        TRUNCATE,
        /** The connections between hosts break. */
        CUT,
        /** The disk is full, or no longer, and a rank is killed. */
        FULL
    }

    private static final int MOST_LINES = 9;
    /** A recovery takes about half a second. */
    private static final int RECOVERY_MILLIS = 800;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Random random;
    private final Blow[] kinds;
    private final Path checkpoints;
    private final List<String> hosts;
    private final List<String> said;
    private final List<Long> stopped = new ArrayList<>();
    private int next;
    private int wait;
    private long last = System.nanoTime();
    private @Nullable SurvivingJob job;

    /** @param checkpoints their folder @param hosts addresses @param said gets what happens */
    Blows(Random random, List<Blow> kinds, Path checkpoints, List<String> hosts, List<String> said) {
        this.random = random;
        this.kinds = kinds.toArray(Blow[]::new);
        this.checkpoints = checkpoints;
        this.hosts = hosts;
        this.said = Collections.synchronizedList(said);
        this.wait = 1 + random.nextInt(MOST_LINES);
    }

    synchronized void strike(SurvivingJob started) {
        job = started;
    }

    /** How many have fallen. */
    synchronized int fallen() {
        return next;
    }

    /** Nanoseconds since the last one. */
    synchronized long sinceLast() {
        return System.nanoTime() - last;
    }

    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) {
        bytes.write(b);
        if (b == '\n' && job != null && next < kinds.length && !inRecovery() && --wait <= 0) {
            wait = 1 + random.nextInt(MOST_LINES);
            fallNow();
        }
    }

    private boolean inRecovery() {
        return kinds[next] == Blow.KILL_IN_RECOVERY || kinds[next] == Blow.STOP_IN_RECOVERY;
    }

    /** What the launcher says to its user. */
    void notice(String line) {
        said.add(line);
        if (line.contains("; restart ")) {
            // The launcher must not wait for what strikes it.
            Thread.ofVirtual().start(this::recovers);
        }
    }

    private void recovers() {
        long delay;
        synchronized (this) {
            if (next == kinds.length || !inRecovery()) {
                return;
            }
            delay = TimeUnit.MILLISECONDS.toNanos(random.nextInt(RECOVERY_MILLIS));
        }
        LockSupport.parkNanos(delay);
        synchronized (this) {
            if (next < kinds.length && inRecovery()) {
                fallNow();
            }
        }
    }

    private void fallNow() {
        SurvivingJob struck = Objects.requireNonNull(job);
        List<Long> pids = struck.processIds();
        Blow blow = kinds[next++];
        last = System.nanoTime();
        try {
            fall(blow, victim(pids.get(random.nextInt(pids.size()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rank, if the process is one that has started them. */
    private long victim(long pid) {
        List<Long> ranks = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)
                .filter(p -> p.info().command().orElse("").endsWith("/java")).map(ProcessHandle::pid).toList();
        return ranks.isEmpty() ? pid : ranks.get(random.nextInt(ranks.size()));
    }

    private void fall(Blow blow, long pid) throws IOException {
        said.add(blow + " " + pid);
        switch (blow) {
            case KILL, KILL_IN_RECOVERY -> { }
            case STOP, STOP_IN_RECOVERY -> {
                stopped.add(pid);
                run("kill", "-STOP", "" + pid);
                return;
            }
            case CUT -> {
                for (String host : hosts) {
                    run("ss", "-K", "dst", host);
                }
                return;
            }
            case FLIP, TRUNCATE -> damage(blow);
            case FULL -> full();
        }
        run("kill", "-KILL", "" + pid);
    }

    private void damage(Blow blow) throws IOException {
        CheckpointFolder folder = new CheckpointFolder(checkpoints);
        List<Long> numbers = folder.numbers();
        if (numbers.isEmpty()) {
            return;
        }
        try (Stream<Path> files = Files.list(folder.complete(numbers.getFirst()))) {
            List<Path> all = files.sorted().toList();
            Path file = all.get(random.nextInt(all.size()));
            byte[] whole = Files.readAllBytes(file);
            if (blow == Blow.TRUNCATE) {
                whole = Arrays.copyOf(whole, random.nextInt(whole.length));
            } else {
                whole[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, whole);
        } catch (IOException e) {
            said.add("spared: " + e.getMessage());
        }
    }

    private void full() throws IOException {
        Path filler = checkpoints.resolve("filler");
        if (Files.deleteIfExists(filler)) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[512];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            said.add("filled: " + e.getMessage());
        }
    }

    /** Lets go on who was stopped: nobody waits for it any more. */
    synchronized void goOn() {
        stopped.forEach(pid -> run("kill", "-CONT", "" + pid));
    }

    /** Runs a command of the system. Returns whether it did what it was to do. */
    static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

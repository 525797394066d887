package org.pellang.launcher.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.agent.Frame;

/** A JVM on another host, as a process. Its number there is none of this host's. */
public final class RemoteProcess extends Process {
    /** Exit code if the host was lost. */
    static final int LOST = 1;

    private static final long ANSWER_SECONDS = 3;

    private final RemoteHost host;
    private final int jvm;
    private final Chunks out = new Chunks();
    private final Chunks err = new Chunks();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private volatile long pid = -1;
    private volatile @Nullable String lost;
    private volatile List<String> evidence = List.of();
    private final Map<String, byte[]> flights = new ConcurrentHashMap<>();

    private final OutputStream input = new OutputStream() {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            host.say(new Frame(Frame.Kind.INPUT, jvm, Arrays.copyOfRange(bytes, offset, offset + length)));
        }

        @Override
        public void close() {
            host.say(new Frame(Frame.Kind.CLOSE, jvm));
        }
    };

    RemoteProcess(RemoteHost host, int jvm) {
        this.host = host;
        this.jvm = jvm;
    }

    /** Why nothing is known of it any more, if the host was lost. */
    public Optional<String> lost() {
        return Optional.ofNullable(lost);
    }

    // ---- told by the host ----

    void started(long number) {
        pid = number;
    }

    void wrote(boolean standardError, byte[] bytes) throws InterruptedException {
        (standardError ? err : out).put(bytes);
    }

    void flight(byte[] contents) {
        int end = 0;
        while (end < contents.length && contents[end] != 0) {
            end++;
        }
        flights.put(new String(contents, 0, end, StandardCharsets.UTF_8), Arrays.copyOfRange(contents, Math.min(end + 1, contents.length), contents.length));
    }

    void evidence(List<String> lines) {
        evidence = List.copyOf(lines);
    }

    /** What speaks for or against lack of memory there, if it was killed. */
    public List<String> evidence() {
        return evidence;
    }

    /** Files of the flight recorders of its host, by name, if it was killed. */
    public Map<String, byte[]> flights() {
        return Map.copyOf(flights);
    }

    void ended(int exitCode) throws InterruptedException {
        out.end();
        err.end();
        code.complete(exitCode);
    }

    void lost(String reason) throws InterruptedException {
        if (!code.isDone()) {
            lost = reason;
            ended(LOST);
        }
    }

    // ---- as a process ----

    @Override
    public OutputStream getOutputStream() {
        return input;
    }

    @Override
    public InputStream getInputStream() {
        return out;
    }

    @Override
    public InputStream getErrorStream() {
        return err;
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return code.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        try {
            code.get(time, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int exitValue() {
        if (!code.isDone()) {
            throw new IllegalThreadStateException("it still runs");
        }
        return code.join();
    }

    @Override
    public boolean isAlive() {
        return !code.isDone();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return code.thenApply(c -> this);
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        return Stream.empty();
    }

    @Override
    public void destroy() {
        host.say(new Frame(Frame.Kind.TERM, jvm));
    }

    @Override
    public Process destroyForcibly() {
        host.say(new Frame(Frame.Kind.KILL, jvm));
        CompletableFuture.delayedExecutor(ANSWER_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (isAlive()) {
                host.giveUp("it does not answer");
            }
        });
        return this;
    }
}

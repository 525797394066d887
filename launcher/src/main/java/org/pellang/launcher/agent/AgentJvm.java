package org.pellang.launcher.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.pellang.launcher.backend.OomEvidence;

/** A JVM that the agent has started: its output goes to the launcher, its end too. */
final class AgentJvm {
    private static final long DRAIN_MILLIS = 1000;

    private final int number;
    private final Process process;
    private final Agent.Voice voice;

    private static final int KILLED = 137;

    private final HostAot.Start aot;
    private final OomEvidence oom = new OomEvidence();
    private final IntConsumer last;

    private AgentJvm(int number, HostAot.Start aot, Process process, Agent.Voice voice, IntConsumer last) {
        this.last = last;
        this.number = number;
        this.aot = aot;
        this.process = process;
        this.voice = voice;
    }

    /**
     * @param contents of the frame: count of variables, their names and values, then the command
     * @param caches of this host
     * @param last says what is known of a JVM that was killed
     */
    static AgentJvm start(int number, Path folder, byte[] contents, HostAot caches, Agent.Voice voice, IntConsumer last) throws IOException {
        List<String> texts = Texts.decode(contents);
        int variables = Integer.parseInt(texts.getFirst());
        HostAot.Start start = caches.start(texts.subList(1 + 2 * variables, texts.size()));
        ProcessBuilder builder = new ProcessBuilder(start.command()).directory(folder.toFile());
        for (int i = 0; i < variables; i++) {
            builder.environment().put(texts.get(1 + 2 * i), texts.get(2 + 2 * i));
        }
        AgentJvm jvm = new AgentJvm(number, start, builder.start(), voice, last);
        Thread out = pump("out", () -> jvm.carry(jvm.process.getInputStream(), Frame.Kind.OUT));
        Thread err = pump("err", () -> jvm.carry(jvm.process.getErrorStream(), Frame.Kind.ERR));
        voice.say(new Frame(Frame.Kind.STARTED, number, Texts.encode("" + jvm.process.pid())));
        pump("end", () -> jvm.awaitEnd(out, err));
        return jvm;
    }

    private static Thread pump(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name("pel agent " + name).stackSize(128 << 10).start(work);
    }

    private void carry(InputStream from, Frame.Kind kind) {
        byte[] buffer = new byte[Frame.PIECE];
        try (from; InputStream in = kind == Frame.Kind.ERR && aot.part().isPresent() ? new Unannounced(from, aot.part().get().toString()) : from) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                voice.say(new Frame(kind, number, Arrays.copyOf(buffer, n)));
            }
        } catch (IOException e) {
            // The JVM was killed: its end says so.
        }
    }

    private void awaitEnd(Thread out, Thread err) {
        try {
            int code = process.waitFor();
            aot.ended(code);
            // A process that it has started may hold the pipes open.
            out.join(DRAIN_MILLIS);
            err.join(DRAIN_MILLIS);
            if (code == KILLED) {
                last.accept(number);
            }
            voice.say(new Frame(Frame.Kind.ENDED, number, Texts.encode(code == KILLED ? List.of("" + code, oom.verdict()) : List.of("" + code))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void input(byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException e) {
            // It has ended.
        }
    }

    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended.
        }
    }

    /** TERM, or KILL if forced, to it and whatever it has started. */
    void end(boolean force) {
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.forEach(child -> {
                boolean ignored = force ? child.destroyForcibly() : child.destroy();
            });
        }
        if (force) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    boolean awaitEnd(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

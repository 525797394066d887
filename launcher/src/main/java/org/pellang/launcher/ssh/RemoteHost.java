package org.pellang.launcher.ssh;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.pellang.launcher.agent.Frame;
import org.pellang.launcher.agent.HostFacts;
import org.pellang.launcher.agent.Needs;
import org.pellang.launcher.agent.Texts;
import org.pellang.runtime.bootstrap.Leftovers;

/**
 * Another host, reached by one run of ssh. First one thread asks ({@link #meet}, {@link #prepare}), then {@link #listen} hands what comes to the JVMs that
 * were started there. A host of which nothing is heard for {@value #SILENCE_SECONDS} seconds is lost.
 */
public final class RemoteHost implements AutoCloseable {
    private static final int SILENCE_SECONDS = 7;
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int WORDS = 6;
    private static final int CHATTER = 64 << 10;
    private static final long LAST_WORDS_MILLIS = 500;

    /** What was prepared there: the folder of the ranks, that of segments (empty: none), where the files are. */
    record Ready(String folder, String segments, List<String> files) {}

    private final String name;
    private final Process ssh;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Thread listener;
    private final Deque<String> words = new ArrayDeque<>();
    private final Map<Integer, RemoteProcess> jvms = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private volatile long heard = System.nanoTime();
    private volatile boolean busy;
    private volatile boolean over;

    private RemoteHost(String name, Process ssh) {
        this.name = name;
        this.ssh = ssh;
        this.in = new DataInputStream(new BufferedInputStream(ssh.getInputStream(), 2 * Frame.PIECE));
        this.out = new DataOutputStream(new BufferedOutputStream(ssh.getOutputStream(), 2 * Frame.PIECE));
        this.listener = thread("words of " + name, this::listenToWords);
    }

    /** Starts ssh. @param job its processes here carry that name, see {@link Leftovers} */
    static RemoteHost call(String name, List<String> agent, String job) throws HostFault {
        if (!SshCommand.isInstalled(agent.getFirst())) {
            throw new HostFault("there is no %s here: install it (apt-get install openssh-client), or name another with --launch-agent".formatted(agent.getFirst()));
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(SshCommand.words(agent, name));
            builder.environment().put(Leftovers.VARIABLE, job);
            return new RemoteHost(name, builder.start());
        } catch (IOException e) {
            throw new HostFault(agent.getFirst() + " cannot be started: " + e.getMessage());
        }
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name("pel " + name).stackSize(256 << 10).start(work);
    }

    /** As the user named it. */
    public String name() {
        return name;
    }

    private void listenToWords() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(ssh.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (words) {
                    words.add(line.strip());
                    if (words.size() > WORDS) {
                        words.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            // It was ended.
        }
    }

    /** What ssh, or a shell there, has said. @param ended nothing more comes on standard output, so ssh is about to end */
    String words(boolean ended) {
        try {
            // Its streams end one after the other.
            if (ended && ssh.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
                listener.join(LAST_WORDS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (words) {
            return String.join("; ", words.stream().filter(w -> !w.isEmpty()).toList());
        }
    }

    // ---- before the start ----

    /** Brings the agent there and hears what the host is. */
    HostFacts meet(String javaHome, byte[] agent) throws HostFault {
        try {
            for (byte[] part : SshCommand.opening(javaHome, agent)) {
                out.write(part);
            }
            out.flush();
        } catch (IOException e) {
            // ssh has ended: it has said why.
        }
        try {
            awaitGreeting();
            return HostFacts.decode(expect(Frame.Kind.HELLO));
        } catch (IOException | IllegalArgumentException e) {
            throw fault(e);
        }
    }

    private HostFault fault(Exception e) {
        String said = words(true);
        return new HostFault(!said.isEmpty() ? said : over ? "no answer" : "it hung up without a word" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"));
    }

    private void awaitGreeting() throws IOException {
        byte[] greeting = Frame.GREETING.getBytes(StandardCharsets.UTF_8);
        int matched = 0;
        for (int i = 0; matched < greeting.length; i++) {
            int b = in.readUnsignedByte();
            matched = b == greeting[matched] ? matched + 1 : b == greeting[0] ? 1 : 0;
            if (i > CHATTER) {
                throw new IOException("its shell talks and talks");
            }
        }
    }

    private byte[] expect(Frame.Kind kind) throws IOException, HostFault {
        while (true) {
            Frame frame = Frame.read(in);
            if (frame.kind() == kind) {
                return frame.contents();
            }
            if (frame.kind() == Frame.Kind.FAULT) {
                throw new HostFault(String.join(" ", Texts.decode(frame.contents())));
            }
        }
    }

    /** Sees to it that all is there. @param files as they are here @param staging whether missing ones are sent */
    Ready prepare(Needs needs, List<Path> files, boolean staging) throws HostFault {
        try {
            send(new Frame(Frame.Kind.CHECK, 0, needs.encode()));
            List<String> wanted = Texts.decode(expect(Frame.Kind.WANT));
            if (!wanted.isEmpty() && !staging) {
                String missing = String.join(", ", wanted.stream().map(w -> files.get(Integer.parseInt(w)).toString()).toList());
                throw new HostFault("missing there, or different: " + missing);
            }
            for (String number : wanted) {
                send(files.get(Integer.parseInt(number)));
            }
            List<String> ready = Texts.decode(expect(Frame.Kind.READY));
            return new Ready(ready.get(0), ready.get(1), List.copyOf(ready.subList(2, ready.size())));
        } catch (IOException | IllegalArgumentException e) {
            throw fault(e);
        }
    }

    private void send(Path file) throws IOException {
        byte[] buffer = new byte[Frame.PIECE];
        try (InputStream contents = Files.newInputStream(file)) {
            for (int n = contents.read(buffer); n > 0; n = contents.read(buffer)) {
                send(new Frame(Frame.Kind.FILE, 0, Arrays.copyOf(buffer, n)));
            }
        }
        send(new Frame(Frame.Kind.FILE, 0));
    }

    private synchronized void send(Frame frame) throws IOException {
        frame.write(out);
        out.flush();
    }

    // ---- while the job runs ----

    /** Says something; where nobody hears it any more its end is noticed by itself. */
    void say(Frame frame) {
        try {
            send(frame);
        } catch (IOException e) {
            // The reader sees the end.
        }
    }

    /** Starts a JVM. */
    Process start(Map<String, String> environment, List<String> command) {
        int jvm = started.incrementAndGet();
        List<String> texts = new ArrayList<>(List.of("" + environment.size()));
        environment.forEach((variable, value) -> texts.addAll(List.of(variable, value)));
        texts.addAll(command);
        RemoteProcess process = new RemoteProcess(this, jvm);
        jvms.put(jvm, process);
        say(new Frame(Frame.Kind.START, jvm, Texts.encode(texts)));
        return process;
    }

    /** From now on what comes goes to the JVMs. */
    void listen() {
        heard = System.nanoTime();
        thread("host " + name, this::read);
        thread("beat " + name, this::beat);
    }

    private void read() {
        String reason = "";
        try {
            while (true) {
                Frame frame = Frame.read(in);
                heard = System.nanoTime();
                busy = true;
                hear(frame);
                heard = System.nanoTime();
                busy = false;
            }
        } catch (IOException | IllegalArgumentException e) {
            reason = e.getMessage() == null ? "the connection has ended" : e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = words(true);
        lost(said.isEmpty() ? reason : said);
    }

    private void hear(Frame frame) throws InterruptedException {
        RemoteProcess process = jvms.get(frame.jvm());
        if (process == null) {
            return;
        }
        switch (frame.kind()) {
            case STARTED -> process.started(Long.parseLong(Texts.decode(frame.contents()).getFirst()));
            case OUT -> process.wrote(false, frame.contents());
            case ERR -> process.wrote(true, frame.contents());
            case FLIGHT -> process.flight(frame.contents());
            case ENDED -> {
                List<String> texts = Texts.decode(frame.contents());
                process.evidence(texts.subList(1, texts.size()));
                process.ended(Integer.parseInt(texts.getFirst()));
            }
            case HELLO, CHECK, WANT, FILE, READY, START, INPUT, CLOSE, TERM, KILL, ALIVE, FAULT -> { }
        }
    }

    private void beat() {
        long before = System.nanoTime();
        while (!over) {
            LockSupport.parkNanos(this, BEAT_NANOS);
            say(new Frame(Frame.Kind.ALIVE, 0));
            long now = System.nanoTime();
            if (now - before > 2 * BEAT_NANOS || busy) {
                // We stood still ourselves, or those who read the output do.
                heard = now;
            }
            before = now;
            if (now - heard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
                giveUp("nothing was heard from it for " + SILENCE_SECONDS + " s");
            }
        }
    }

    /** Whether nothing can be started there any more. */
    boolean isLost() {
        return over;
    }

    /** The host counts as lost. */
    void giveUp(String reason) {
        lost(reason);
        close();
    }

    private void lost(String reason) {
        over = true;
        for (RemoteProcess process : jvms.values()) {
            try {
                process.lost(reason);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends ssh; the agent ends what it has started. */
    @Override
    public void close() {
        over = true;
        ssh.descendants().forEach(ProcessHandle::destroyForcibly);
        ssh.destroyForcibly();
    }
}

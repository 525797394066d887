package org.pellang.launcher.agent;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.backend.SegmentFolder;
import org.pellang.runtime.bootstrap.Leftovers;

/**
 * The launcher's hand on another host, at the other end of ssh: says what the host is, takes missing files, starts JVMs, passes on what they write and ends
 * them. When the launcher is gone (end of standard input, or nothing heard for {@value #SILENCE_SECONDS} seconds) it kills them and ends.
 */
public final class Agent {
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SILENCE_SECONDS = 15;
    private static final long LAST_MILLIS = 500;
    private static final int MOST_FLIGHTS = 16;
    private static final long MOST_FLIGHT = 1 << 20;

    /** Says frames to the launcher; any thread may. */
    static final class Voice {
        private final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 2 * Frame.PIECE));

        synchronized void greet() throws IOException {
            out.write(Frame.GREETING.getBytes(StandardCharsets.UTF_8));
        }

        synchronized void say(Frame frame) {
            try {
                frame.write(out);
                out.flush();
            } catch (IOException e) {
                // Standard input ends as well.
            }
        }
    }

    private final DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in), 2 * Frame.PIECE));
    private final Voice voice = new Voice();
    private final Map<Integer, AgentJvm> jvms = new ConcurrentHashMap<>();
    private final HostAot caches = new HostAot(Staging.cacheOfUser().resolve("aot"));
    private Path folder = Path.of("");
    private String job = "";
    private volatile @Nullable SegmentFolder segments;
    private volatile long heard = System.nanoTime();

    private Agent() {}

    /** Runs until the launcher is gone. */
    public static void main(String[] arguments) throws IOException {
        // The file is open, its name is not needed any more.
        Files.deleteIfExists(Path.of(System.getProperty("java.class.path")));
        Agent agent = new Agent();
        Thread.ofPlatform().daemon().name("pel agent beat").stackSize(128 << 10).start(agent::beat);
        Thread.ofPlatform().daemon().name("pel agent watch").stackSize(128 << 10).start(agent::watch);
        try {
            agent.run();
        } catch (IOException | IllegalArgumentException e) {
            agent.leave();
        }
    }

    private void run() throws IOException {
        voice.greet();
        voice.say(new Frame(Frame.Kind.HELLO, 0, HostFacts.here().encode()));
        while (true) {
            Frame frame = next();
            switch (frame.kind()) {
                case CHECK -> check(Needs.decode(frame.contents()));
                case START -> start(frame);
                case INPUT -> Optional.ofNullable(jvms.get(frame.jvm())).ifPresent(jvm -> jvm.input(frame.contents()));
                case CLOSE -> Optional.ofNullable(jvms.get(frame.jvm())).ifPresent(AgentJvm::closeInput);
                case TERM -> Optional.ofNullable(jvms.get(frame.jvm())).ifPresent(jvm -> jvm.end(false));
                case KILL -> Optional.ofNullable(jvms.get(frame.jvm())).ifPresent(jvm -> jvm.end(true));
                case ALIVE, HELLO, WANT, FILE, READY, STARTED, OUT, ERR, FLIGHT, ENDED, FAULT -> { }
            }
        }
    }

    private Frame next() throws IOException {
        Frame frame = Frame.read(in);
        heard = System.nanoTime();
        return frame;
    }

    // ---- before the start ----

    private void check(Needs needs) throws IOException {
        Path wished = Path.of(needs.folder());
        folder = Files.isDirectory(wished) ? wished : Path.of(System.getProperty("user.home"));
        if (needs.folderRequired() && !folder.equals(wished)) {
            voice.say(new Frame(Frame.Kind.FAULT, 0, Texts.encode("there is no folder " + wished)));
            return;
        }
        try {
            job = needs.job();
            Staging staging = Staging.ofUser();
            List<Optional<Path>> found = needs.files().stream().map(staging::find).toList();
            List<String> missing = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i).isEmpty() && needs.files().get(i).isFolder()) {
                    throw new IOException("no folder " + needs.files().get(i).path() + " there; classes can be sent in jars only");
                } else if (found.get(i).isEmpty()) {
                    missing.add("" + i);
                }
            }
            voice.say(new Frame(Frame.Kind.WANT, 0, Texts.encode(missing)));
            List<String> answer = new ArrayList<>(List.of(folder.toString(), needs.segments() ? segmentFolder() : ""));
            for (int i = 0; i < found.size(); i++) {
                Needs.Item item = needs.files().get(i);
                answer.add((found.get(i).isPresent() ? found.get(i).get() : staging.store(item, new Pieces())).toString());
            }
            voice.say(new Frame(Frame.Kind.READY, 0, Texts.encode(answer)));
        } catch (IOException e) {
            voice.say(new Frame(Frame.Kind.FAULT, 0, Texts.encode(e.getMessage() == null ? e.toString() : e.getMessage())));
        }
    }

    private String segmentFolder() throws IOException {
        SegmentFolder made = SegmentFolder.create(job);
        segments = made;
        return made.path().toString();
    }

    /** A file as it comes, up to its empty last piece. */
    private final class Pieces extends InputStream {
        private byte[] piece = {};
        private int at;
        private boolean over;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            while (at == piece.length && !over) {
                Frame frame = next();
                if (frame.kind() == Frame.Kind.FILE) {
                    piece = frame.contents();
                    at = 0;
                    over = piece.length == 0;
                }
            }
            int n = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, to, offset, n);
            at += n;
            return over ? -1 : n;
        }
    }

    /** The recorders of this host's ranks: those of the one that was killed are among them. */
    private void flights(int jvm) {
        SegmentFolder mine = segments;
        if (mine == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(mine.path(), "rank.*.flight")) {
            int count = 0;
            for (Path file : files) {
                if (Files.size(file) <= MOST_FLIGHT && count++ < MOST_FLIGHTS) {
                    byte[] name = (file.getFileName() + "\0").getBytes(StandardCharsets.UTF_8);
                    byte[] bytes = Files.readAllBytes(file);
                    byte[] all = Arrays.copyOf(name, name.length + bytes.length);
                    System.arraycopy(bytes, 0, all, name.length, bytes.length);
                    voice.say(new Frame(Frame.Kind.FLIGHT, jvm, all));
                }
            }
        } catch (IOException e) {
            // The report will do without.
        }
    }

    private void start(Frame frame) {
        try {
            jvms.put(frame.jvm(), AgentJvm.start(frame.jvm(), folder, frame.contents(), caches, voice, this::flights));
        } catch (IOException e) {
            voice.say(new Frame(Frame.Kind.ERR, frame.jvm(), ("pelrun: cannot be started: " + e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8)));
            voice.say(new Frame(Frame.Kind.ENDED, frame.jvm(), Texts.encode("125")));
        }
    }

    // ---- the end ----

    private void beat() {
        while (true) {
            LockSupport.parkNanos(this, BEAT_NANOS);
            voice.say(new Frame(Frame.Kind.ALIVE, 0));
        }
    }

    /** Not by the thread that says that we live, which may have to wait for those who read. */
    private void watch() {
        long before = System.nanoTime();
        while (true) {
            LockSupport.parkNanos(this, BEAT_NANOS);
            long now = System.nanoTime();
            if (now - before > 2 * BEAT_NANOS) {
                // This process itself stood still: what was said meanwhile has not been read yet.
                heard = now;
            }
            before = now;
            if (now - heard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
                leave();
            }
        }
    }

    /** Nobody is there any more who wants to know. */
    private void leave() {
        jvms.values().forEach(jvm -> jvm.end(true));
        jvms.values().forEach(jvm -> jvm.awaitEnd(LAST_MILLIS));
        if (!job.isEmpty()) {
            Leftovers.sweep(job);
        }
        SegmentFolder mine = segments;
        if (mine != null) {
            mine.close();
        }
        Runtime.getRuntime().halt(0);
    }
}

package org.pellang.launcher.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pellang.launcher.OutputSpec;

/** What happens to lines on their way out. */
final class LinePumpTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00.250Z"), ZoneOffset.UTC);

    @Test
    void theAnnouncementOfIncubatorModulesIsDropped() {
        String text = "WARNING: Using incubator modules: jdk.incubator.vector\nWARNING: mine\nlast";
        assertThat(pumped(text, OutputSpec.PLAIN)).isEqualTo("WARNING: mine\nlast");
    }

    @Test
    void labelsStandBeforeWholeLines() {
        OutputSpec tagged = new OutputSpec(true, true, Optional.empty(), Set.of(), false);
        assertThat(pumped("a\n\nb", tagged)).isEqualTo("12:00:00.250 [3] a\n12:00:00.250 [3] \n12:00:00.250 [3] b\n");
    }

    /** Sixty-four talk at once, in pieces of any length, several megabytes: every line comes out whole, once, and those of each in order. */
    @Test
    void noLineIsTornOrLost() throws Exception {
        int ranks = 64;
        int count = 300;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sink sink = new Sink(out, "out", notice -> {});
        List<Thread> threads = new ArrayList<>();
        for (int r = 0; r < ranks; r++) {
            int rank = r;
            PipedInputStream in = new PipedInputStream(997);
            PipedOutputStream pipe = new PipedOutputStream(in);
            threads.add(Thread.ofPlatform().start(new LinePump(in, sink, Label.of(OutputSpec.PLAIN, r, false, NOON))));
            threads.add(Thread.ofPlatform().start(() -> talk(rank, count, pipe)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        int[] next = new int[ranks];
        List<String> lines = out.toString(UTF_8).lines().toList();
        for (String line : lines) {
            int rank = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            assertThat(line).isEqualTo(line(rank, next[rank]++));
        }
        assertThat(next).containsOnly(count);
        assertThat(out.size()).isGreaterThan(4 << 20);
    }

    private static String line(int rank, int k) {
        return rank + " " + k + " " + "x".repeat((rank * 31 + k * 17) % 500);
    }

    private static void talk(int rank, int count, PipedOutputStream pipe) {
        Random random = new Random(rank);
        try (pipe) {
            for (int k = 0; k < count; k++) {
                byte[] bytes = (line(rank, k) + "\n").getBytes(UTF_8);
                for (int at = 0; at < bytes.length; ) {
                    int n = Math.min(bytes.length - at, 1 + random.nextInt(200));
                    pipe.write(bytes, at, n);
                    pipe.flush();
                    at += n;
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String pumped(String text, OutputSpec output) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sink sink = new Sink(out, "out", notice -> {});
        new LinePump(new ByteArrayInputStream(text.getBytes(UTF_8)), sink, Label.of(output, 3, true, NOON)).run();
        return out.toString(UTF_8);
    }

    /** A rank asks when its lines have come out; the answer goes back when they have. */
    @Test
    void aQuestionIsAnsweredAfterTheLinesBeforeIt() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> order = new ArrayList<>();
        ByteArrayOutputStream control = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                order.add(out.toString(UTF_8) + "|" + toString(UTF_8));
            }
        };
        String text = "one\ntwo\n\u001fpel lines 2\nthree\n";
        new LinePump(new ByteArrayInputStream(text.getBytes(UTF_8)), new Sink(out, "a test", line -> {}), Label.NONE, new LinesAnswer(control)).run();
        assertThat(order).containsExactly("one\ntwo\n|shown 2\n");
        assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\nthree\n");
    }
}

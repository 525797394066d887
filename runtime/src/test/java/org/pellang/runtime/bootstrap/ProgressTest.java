package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.Console;
import org.pellang.runtime.Progress;

/** Progress says nothing of short loops and estimates the rest of long ones. */
class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Progress progress(Console.ProgressStyle style) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Progress(new Console(stream, stream, style));
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shortLoopsShowNothing() {
        Progress progress = progress(Console.ProgressStyle.LINES);
        for (int i = 1; i <= 1_000_000; i++) {
            progress.update(i, 1_000_000);
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void longLoopsShowABarWithAnEstimateAndRemoveIt() {
        Progress progress = progress(Console.ProgressStyle.BAR);
        long start = System.nanoTime();
        long done = 0;
        while (System.nanoTime() - start < 2_300_000_000L) {
            progress.update(++done, Long.MAX_VALUE / 100);
            Thread.onSpinWait();
        }
        assertThat(shown()).contains("[").contains("left");
        progress.update(Long.MAX_VALUE / 100, Long.MAX_VALUE / 100);
        assertThat(shown()).endsWith("\r\u001b[K");
    }
}

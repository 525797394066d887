package org.pellang.runtime.embed;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pellang.runtime.Console;

/**
 * How PEL functions run when they are called from Java: on so many ranks, which are threads of this JVM, each with so many threads of its own for divided loops, with
 * these options, and with output going there. Immutable; results do not depend on the numbers, as always in PEL.
 *
 * <pre>{@code
 * Ranks four = Ranks.of(4).output(log);
 * double[] warm = Heat.on(four).relax(cold, 1000);
 * }</pre>
 */
public final class Ranks {
    private static final int MOST = 4096;

    private final int count;
    private final int threads;
    private final Map<String, String> options;
    private final PrintStream output;
    private final PrintStream messages;

    private Ranks(int count, int threads, Map<String, String> options, PrintStream output, PrintStream messages) {
        this.count = count;
        this.threads = threads;
        this.options = Collections.unmodifiableMap(options);
        this.output = output;
        this.messages = messages;
    }

    /**
     * So many ranks with one thread each. What is printed goes to {@link System#out}.
     *
     * @throws IllegalArgumentException unless it is 1 to 4096
     */
    public static Ranks of(int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " ranks, not " + count);
        }
        return new Ranks(count, 1, Map.of(), System.out, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    /** One rank for each processor of this JVM. */
    public static Ranks ofProcessors() {
        return of(Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    }

    /** Each rank runs its part of a divided loop on so many threads. */
    public Ranks threads(int each) {
        if (each < 1) {
            throw new IllegalArgumentException("1 or more threads, not " + each);
        }
        return new Ranks(count, each, options, output, messages);
    }

    /** Sets a {@code config} of the program: a Long, Double, Float, Boolean or String. Facades have a method for each. */
    public Ranks option(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(name, text(value));
        return new Ranks(count, threads, more, output, messages);
    }

    private static String text(Object value) {
        if (value instanceof Float f && (f.isInfinite() || f.isNaN())) {
            return text((double) f);
        }
        return value instanceof Double d && d.isInfinite() ? (d > 0 ? "inf" : "-inf") : value instanceof Double d && d.isNaN() ? "nan" : value.toString();
    }

    /** What the program prints goes there. */
    public Ranks output(PrintStream stream) {
        return new Ranks(count, threads, options, stream, messages);
    }

    /** Warnings, and the reports of failures that are in {@link KernelFailure}s as well, go there; otherwise they are dropped. */
    public Ranks messages(PrintStream stream) {
        return new Ranks(count, threads, options, output, stream);
    }

    /** Number of ranks. */
    public int count() {
        return count;
    }

    /** Threads of each rank. */
    public int threads() {
        return threads;
    }

    Console console() {
        return new Console(output, messages);
    }

    /** As on a command line. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        options.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    @Override
    public String toString() {
        return count + (count == 1 ? " rank" : " ranks") + (threads == 1 ? "" : " of " + threads + " threads");
    }
}

package org.pellang.runtime;

import java.io.PrintStream;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a program's output goes: lines of {@code print} to {@code out}, everything else to {@code err}. Shared by the ranks
 * of one JVM; a line is written whole and at once. A closed standard output is warned of once and does not stop the job.
 */
public final class Console {
    /** How progress is shown. */
    public enum ProgressStyle {
        /** A bar redrawn in place (terminals). */
        BAR,
        /** A line every two seconds after the first two. */
        LINES,
        /** Not at all. */
        OFF
    }

    /** Line for the launcher: whether so many lines of output have come out. */
    private static final String LINES = "\u001fpel lines ";

    private final PrintStream out;
    private final PrintStream err;
    private final ProgressStyle style;
    private @Nullable LongPredicate taken;
    private boolean framed;
    private boolean warned;
    private boolean barShown;

    /** A console for tests and embedding, without progress. */
    public Console(PrintStream out, PrintStream err) {
        this(out, err, ProgressStyle.OFF);
    }

    /** A console with the given style of progress. */
    public Console(PrintStream out, PrintStream err, ProgressStyle style) {
        this.out = out;
        this.err = err;
        this.style = style;
    }

    /** How progress is shown. */
    public ProgressStyle progressStyle() {
        return style;
    }

    /**
     * The same, but every line of output begins with {@code P}, its number and a space if it is printed, with {@code N} and a space if it is noted: the launcher
     * sees which have come out.
     *
     * @param taken waits until the launcher says that it has passed on so many lines; false if it does not say so in time
     */
    public Console framed(LongPredicate taken) {
        Console console = asking(taken);
        console.framed = true;
        return console;
    }

    /** The same, but before a checkpoint counts the launcher is asked whether the lines before it have come out: it may be killed, too. @param taken as above */
    public Console asking(LongPredicate taken) {
        Console console = new Console(out, err, style);
        console.taken = taken;
        return console;
    }

    /** Waits until so many lines are where they stay, whatever is killed; false if that cannot be had. */
    boolean commit(long lines) {
        LongPredicate launcher = taken;
        if (launcher == null || lines == 0) {
            return true;
        }
        write(framed ? "Q" + lines : LINES + lines);
        return launcher.test(lines);
    }

    /** One line (or several, with inner newlines) of program output. */
    public void print(String line) {
        write(line);
    }

    /** As {@link #print(String)}; {@code number} is that of its first line among all that the program prints, from 1. */
    public void print(String line, long number) {
        if (!framed) {
            write(line);
            return;
        }
        StringBuilder text = new StringBuilder();
        long n = number;
        for (String part : line.split("\n", -1)) {
            text.append(text.isEmpty() ? "" : "\n").append('P').append(n++).append(' ').append(part);
        }
        write(text.toString());
    }

    /** A line from one rank, whose place among the others is not fixed. */
    public void note(String line) {
        write(framed ? "N " + line.replace("\n", "\nN ") : line);
    }

    private synchronized void write(String line) {
        clearBar();
        out.print(line + "\n");
        if (out.checkError() && !warned) {
            warned = true;
            err.println("pelrun: warning: standard output is closed; the job goes on without it");
            err.flush();
        }
    }

    /** A message about the job, on standard error. */
    public synchronized void report(String text) {
        clearBar();
        err.print(text.endsWith("\n") ? text : text + "\n");
        err.flush();
    }

    synchronized void bar(String text) {
        err.print("\r" + text + "\u001b[K");
        err.flush();
        barShown = true;
    }

    /** Removes the progress bar, if one is shown. */
    public synchronized void clearBar() {
        if (barShown) {
            barShown = false;
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}

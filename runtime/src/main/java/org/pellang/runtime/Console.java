package org.pellang.runtime;

import java.io.PrintStream;

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

    private final PrintStream out;
    private final PrintStream err;
    private final ProgressStyle style;
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

    /** One line (or several, with inner newlines) of program output. */
    public synchronized void print(String line) {
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

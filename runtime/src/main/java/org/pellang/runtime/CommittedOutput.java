package org.pellang.runtime;

/**
 * What a program prints, counted by lines, so that a program that continues from a checkpoint says nothing twice: while it repeats what came before, nothing is
 * shown; lines that have been shown already are left out.
 */
public final class CommittedOutput {
    private final Console console;
    private long lines;
    private long hidden;
    private boolean replaying;

    CommittedOutput(Console console) {
        this.console = console;
    }

    /** Lines printed so far, hidden ones included. */
    public long lines() {
        return lines;
    }

    /** The program repeats what it did before its checkpoint; of its lines so many have been shown. */
    public void replay(long shown) {
        hidden = shown;
        replaying = true;
    }

    /** The program starts anew; so many of its lines have been shown. */
    public void hide(long shown) {
        hidden = shown;
    }

    /** The program is where it was after so many lines. */
    public void moveTo(long printed) {
        lines = printed;
    }

    /** Waits until so many lines have come out for good; false if that cannot be had. */
    public boolean commit(long count) {
        return console.commit(count);
    }

    /** Whether the program repeats what it did before its checkpoint. */
    public boolean replaying() {
        return replaying;
    }

    /** From now on the program does what it has not done before. */
    public void live() {
        replaying = false;
    }

    void print(String text) {
        long before = lines;
        lines += 1 + text.chars().filter(c -> c == '\n').count();
        if (before >= hidden) {
            console.print(text, before + 1);
            return;
        }
        String rest = text;
        for (long k = before; k < Math.min(hidden, lines); k++) {
            int end = rest.indexOf('\n');
            if (end < 0) {
                return;
            }
            rest = rest.substring(end + 1);
        }
        console.print(rest, Math.min(hidden, lines) + 1);
    }

    void note(String text) {
        if (!replaying) {
            console.note(text);
        }
    }
}

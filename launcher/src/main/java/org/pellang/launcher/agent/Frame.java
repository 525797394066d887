package org.pellang.launcher.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What launcher and agent say to each other over the standard streams of ssh: kind (a byte), number of the JVM (int), length (int), contents. The agent
 * begins with {@link #GREETING}, so that what a login shell says before does no harm.
 *
 * @param jvm number of the JVM in the job, 0 if none is meant
 */
@SuppressWarnings("ArrayRecordComponent")
public record Frame(Kind kind, int jvm, byte[] contents) {
    /** First bytes of the agent. */
    public static final String GREETING = "\u001fpel agent 3\n";

    /** Longest contents of a piece of a file or of output. */
    public static final int PIECE = 32 << 10;

    private static final int LONGEST = 16 << 20;
    private static final byte[] NOTHING = {};

    /** Kinds; the ordinal travels. */
    public enum Kind {
        /** Agent: {@link HostFacts}. */
        HELLO,
        /** Launcher: what the job needs, {@link Needs}. */
        CHECK,
        /** Agent: numbers of the files that are missing or differ. */
        WANT,
        /** Launcher: a piece of the file that was wanted next; an empty one ends it. */
        FILE,
        /** Agent: folder to run in, folder of segments, paths of the files. */
        READY,
        /** Launcher: environment and command of a JVM. */
        START,
        /** Agent: the process id. */
        STARTED,
        /** Launcher: bytes for a JVM's standard input. */
        INPUT,
        /** Launcher: end of a JVM's standard input. */
        CLOSE,
        /** Launcher: end a JVM in order. */
        TERM,
        /** Launcher: end a JVM at once. */
        KILL,
        /** Agent: bytes of a JVM's standard output. */
        OUT,
        /** Agent: bytes of a JVM's standard error. */
        ERR,
        /** Agent: the file of a flight recorder of the host, before the end of a JVM that was killed; name and a null byte, then its bytes. */
        FLIGHT,
        /** Agent: exit code of a JVM, after all its output; if it was killed also what speaks for or against lack of memory. */
        ENDED,
        /** Both: nothing to say, but alive. */
        ALIVE,
        /** Agent: the host cannot take part, in words. */
        FAULT
    }

    /** A frame without contents. */
    public Frame(Kind kind, int jvm) {
        this(kind, jvm, NOTHING);
    }

    /** Writes it; the caller flushes and sees to it that nobody else writes meanwhile. */
    public void write(DataOutputStream out) throws IOException {
        out.writeByte(kind.ordinal());
        out.writeInt(jvm);
        out.writeInt(contents.length);
        out.write(contents);
        // Some carriers, as Slurm's srun, pass on whole lines only.
        out.writeByte('\n');
    }

    /** Waits for the next one. @throws IOException at the end, or if it is none */
    public static Frame read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        int jvm = in.readInt();
        int length = in.readInt();
        if (kind >= Kind.values().length || length < 0 || length > LONGEST) {
            throw new IOException("what comes is not of the agent: " + kind + " " + length);
        }
        byte[] contents = new byte[length];
        in.readFully(contents);
        if (in.readUnsignedByte() != '\n') {
            throw new IOException("what comes is not of the agent: a frame does not end");
        }
        return new Frame(Kind.values()[kind], jvm, contents);
    }
}

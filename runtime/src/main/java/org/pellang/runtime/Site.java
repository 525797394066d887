package org.pellang.runtime;

/**
 * Where an operation stands in the PEL text; carried by collectives for the guard hash, by reports and by the flight recorder.
 *
 * @param file name of the {@code .pel} file
 * @param line line in that file, from 1; 0 if unknown
 * @param construct what stands there, for instance {@code "sum … forall"} or {@code "allreduce"}
 */
public record Site(String file, int line, String construct) {
    /** The site of calls from plain Java that name none. */
    public static final Site NONE = new Site("", 0, "");

    /** A hash that is the same in every JVM (unlike that of a record). */
    public int stableHash() {
        return (file.hashCode() * 31 + line) * 31 + construct.hashCode();
    }

    /** Whether a file is named at all. */
    public boolean known() {
        return !file.isEmpty();
    }

    /** {@code file:line}. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}

package org.pellang.runtime;

/**
 * What the compiler generates: one class with a public constructor without parameters. Every rank gets an instance of its
 * own; there is no static state, so ranks may be threads of one JVM.
 */
public interface PelProgram {
    /** Name, documentation and options of the program. */
    ProgramInfo info();

    /**
     * The program, run by every rank.
     *
     * @param rank this rank
     * @throws Throwable whatever ends the job with a report
     */
    void run(Rank rank) throws Throwable;
}

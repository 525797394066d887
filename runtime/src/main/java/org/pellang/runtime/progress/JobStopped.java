package org.pellang.runtime.progress;

/** Unwinds a rank whose job has been stopped by another one. Its stack trace tells where the rank was. */
public final class JobStopped extends Error {
    private static final long serialVersionUID = 1L;

    JobStopped() {
        super("the job was stopped");
    }
}

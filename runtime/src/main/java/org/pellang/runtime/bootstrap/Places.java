package org.pellang.runtime.bootstrap;

import org.jspecify.annotations.Nullable;

/** Finds {@code .pel} locations in stack traces: the compiler rewrites the debug information of generated classes. */
final class Places {
    private Places() {}

    /** {@code file.pel:line} of the innermost frame of the program; null if there is none. */
    static @Nullable String of(StackTraceElement[] frames) {
        for (StackTraceElement frame : frames) {
            String file = frame.getFileName();
            if (file != null && file.endsWith(".pel")) {
                return file + ":" + frame.getLineNumber();
            }
        }
        return null;
    }
}

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
            if (file != null && file.contains(".pel|")) {
                return ofModules(file.split("\\|"), frame.getLineNumber());
            }
        }
        return null;
    }

    /** A program of several files: {@code main.pel|shapes.pel:120}, where lines above 120 are those of the second file. */
    private static String ofModules(String[] files, int line) {
        for (int k = files.length - 1; k > 0; k--) {
            int colon = files[k].lastIndexOf(':');
            int before = Integer.parseInt(files[k], colon + 1, files[k].length(), 10);
            if (line > before) {
                return files[k].substring(0, colon) + ":" + (line - before);
            }
        }
        return files[0] + ":" + line;
    }
}

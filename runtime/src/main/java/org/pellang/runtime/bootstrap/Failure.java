package org.pellang.runtime.bootstrap;

import org.pellang.runtime.AbortSignal;
import org.pellang.runtime.CommException;
import org.pellang.runtime.PelTrap;

/** Puts what a rank threw into the words of the language. */
final class Failure {
    private static final int FRAMES = 12;

    private Failure() {}

    static int exitCode(Throwable thrown) {
        return thrown instanceof AbortSignal abort ? abort.exitCode() : 1;
    }

    /** The message and, on the following lines, where. */
    static String text(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        String place = Places.of(cause.getStackTrace());
        String at = place == null ? "" : "\nat " + place;
        return message(cause) + at + (isOurs(cause) ? "" : javaFrames(cause));
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapper = thrown instanceof java.lang.reflect.InvocationTargetException
                || thrown instanceof java.util.concurrent.ExecutionException
                || thrown instanceof ExceptionInInitializerError;
        return wrapper && cause != null ? unwrapped(cause) : thrown;
    }

    private static String message(Throwable thrown) {
        String text = String.valueOf(thrown.getMessage());
        return switch (thrown) {
            case PelTrap trap -> text;
            case CommException comm -> text;
            case AbortSignal abort -> text;
            case StackOverflowError deep -> "stack overflow: the recursion is too deep";
            case OutOfMemoryError full -> "out of memory: " + text + "; the heap of this process is limited to "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB";
            case ArithmeticException arithmetic when text.equals("/ by zero") -> "integer division by zero";
            case ArrayIndexOutOfBoundsException bounds -> "subscript out of bounds: " + text;
            case NegativeArraySizeException negative -> "negative extent: " + text;
            default -> ofUser(thrown) ? "the Java method " + frame(thrown) + " threw " + thrown : "internal error: " + thrown;
        };
    }

    /** Whether it comes out of Java that the program has called: the innermost frame that is not of the JDK is neither ours nor the program's. */
    private static boolean ofUser(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            boolean jdk = frame.getClassName().startsWith("java.") || frame.getClassName().startsWith("jdk.");
            if (!jdk) {
                return !frame.getClassName().startsWith("org.pellang.") && !frame.getClassName().startsWith("pel.");
            }
        }
        return false;
    }

    private static String frame(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("jdk.")) {
                return frame.getClassName() + "." + frame.getMethodName();
            }
        }
        return "";
    }

    private static boolean isOurs(Throwable thrown) {
        return !message(thrown).startsWith("internal error");
    }

    private static String javaFrames(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            text.append("\n  in ").append(frames[i]);
        }
        return text.toString();
    }
}

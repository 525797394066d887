package org.pellang.compiler.syntax;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** Text to syntax tree. */
public final class Parser {
    /** Longest text that is read, in characters. */
    public static final int MAX_LENGTH = 16 << 20;

    /** The grammar recurses about twenty Java frames per bracket; only touched pages of the stack cost memory. */
    private static final long STACK_BYTES = 512L << 20;

    private Parser() {}

    /**
     * Parses a file. Never throws and never returns null: what cannot be understood becomes a hole in the tree and a message
     * (family PEL00xx, at most ten per file).
     */
    public static Program parse(SourceFile file, Diagnostics diagnostics) {
        SyntaxReport report = new SyntaxReport();
        Program program = refuse(file, report) ? empty(file) : onBigStack(file, report);
        report.flush(diagnostics);
        return program;
    }

    private static boolean refuse(SourceFile file, SyntaxReport report) {
        Span start = new Span(file, 0, 0);
        if (file.text().length() > MAX_LENGTH) {
            report.add(Diagnostic.error("PEL0015", start, "the file is too large")
                    .note("it has " + file.text().length() + " characters, at most " + MAX_LENGTH + " are read"));
            return true;
        }
        int nul = file.text().indexOf('\0');
        if (nul >= 0) {
            report.add(Diagnostic.error("PEL0016", new Span(file, nul, nul), "this is no PEL text")
                    .note("it contains a NUL byte; is it a binary file?"));
            return true;
        }
        return false;
    }

    private static Program empty(SourceFile file) {
        return new Program(file, null, List.of(), null);
    }

    private static Program onBigStack(SourceFile file, SyntaxReport report) {
        AtomicReference<Program> result = new AtomicReference<>(empty(file));
        AtomicReference<Error> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.set(new ItemParser(file, report).program());
                    } catch (StackOverflowError tooDeep) {
                        report.add(TooDeep.at(new Span(file, 0, 0)));
                    } catch (Error error) {
                        failure.set(error);
                    }
                },
                "pel-parser",
                STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        join(thread);
        Error error = failure.get();
        if (error != null) {
            throw error;
        }
        return java.util.Objects.requireNonNull(result.get());
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.pellang.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PEL9999: a fault of ours becomes a file that a user can send, and one message without a Java trace. */
final class CrashReport {
    private CrashReport() {}

    /** Writes the file and returns the message. */
    static String write(Throwable fault, List<String> arguments) {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            out.println("PEL " + Version.text());
            out.println("java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
            out.println("arguments " + arguments);
            fault.printStackTrace(out);
            arguments.stream().filter(a -> a.endsWith(".pel")).forEach(a -> program(a, out));
        }
        String where;
        try {
            Path file = Files.createTempFile("pel-internal-error-", ".txt");
            Files.writeString(file, text.toString());
            where = "please report it with the file " + file;
        } catch (IOException e) {
            where = "no report file could be written (" + e.getMessage() + "): " + fault;
        }
        return "error[PEL9999]: PEL itself has failed, not your program; " + where;
    }

    /** The program itself, so that the fault can be seen again. */
    private static void program(String path, PrintWriter out) {
        out.println("---- " + path);
        try {
            out.println(Files.readString(Path.of(path)));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            out.println("cannot be read: " + e.getMessage());
        }
    }
}

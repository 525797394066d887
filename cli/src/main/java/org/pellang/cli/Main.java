package org.pellang.cli;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.pellang.cli.run.Places;

/** The entry of {@code bin/pel}, {@code bin/pelc} and {@code bin/pelrun}: {@code Main pelc prog.pel -o prog.jar}. */
public final class Main {
    /** Room for deeply nested programs: the front end recurses over the tree. */
    private static final long STACK = 512L << 20;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> all = Arrays.asList(arguments);
        String name = all.isEmpty() ? "pel" : all.getFirst();
        List<String> rest = all.isEmpty() ? all : all.subList(1, all.size());
        AtomicInteger code = new AtomicInteger(ExitCode.INTERNAL);
        Thread command = new Thread(null, () -> code.set(run(name, rest)), "pel-command", STACK);
        command.start();
        command.join();
        System.exit(code.get());
    }

    private static int run(String name, List<String> arguments) {
        Places places = Places.ofProcess(System.getenv());
        Supplier<FrontEnd> frontEnd = () -> new CompilerFrontEnd(places.runtimePath());
        Invocation invocation =
                new Invocation(name, arguments, Terminal.ofProcess(System.getenv()), places, System.getenv(), frontEnd);
        try {
            return new CommandRunner(invocation).run();
        } catch (LinkageError fault) {
            String message = Installation.damage().map(d -> name + ": " + d).orElseGet(() -> CrashReport.write(fault, arguments));
            System.err.println(message);
            return message.startsWith(name) ? ExitCode.IO : ExitCode.INTERNAL;
        }
    }
}

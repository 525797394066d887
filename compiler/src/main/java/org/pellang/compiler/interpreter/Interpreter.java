package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TTest;
import org.pellang.compiler.source.Span;

/** Runs typed programs. The ranks take turns, so a run is deterministic; it is slow and meant as the oracle of tests. */
public final class Interpreter {
    /** Deep recursion of a program is deep recursion here, with some twenty Java frames per call. */
    private static final long STACK_BYTES = 256L << 20;

    private final ExternBridge library;

    /** @param loader finds the classes of the standard library and the runtime */
    public Interpreter(ClassLoader loader) {
        this.library = new ExternBridge(loader);
    }

    /**
     * Runs a program.
     *
     * @param ranks number of ranks, at least 1
     * @param options the program's options, such as {@code --n=10}
     * @return 0; 1 after a trap, a failed assertion or a deadlock; 2 after a wrong option; the code of {@code abort}
     * @throws InterpreterFault for what no checked program can do
     */
    public int run(TypedProgram program, int ranks, List<String> options, Output output) {
        return run(program, null, ranks, options, output);
    }

    /** Runs the top-level statements of a program and then one of its tests. */
    public int runTest(TypedProgram program, TTest test, int ranks, Output output) {
        return run(program, test, ranks, List.of(), output);
    }

    private int run(TypedProgram program, @Nullable TTest test, int ranks, List<String> options, Output output) {
        Map<String, String> values;
        try {
            values = Options.parse(program, options);
        } catch (Options.Wrong wrong) {
            output.error(String.valueOf(wrong.getMessage()));
            return 2;
        }
        Job job = new Job(ranks, output, values, library);
        Team world = new Team(job, null, job.machines);
        for (int r = 0; r < ranks; r++) {
            job.machines.add(new Machine(job, program, r, world));
        }
        runAll(job, machine -> {
            machine.statements().all(machine.program.body());
            if (test != null) {
                machine.statements().all(test.body().statements());
            }
        });
        int code = outcome(job.failure(), output);
        if (code == 0) {
            leftOver(program, job, output);
        }
        return code;
    }

    /** A message that nobody took is worth a word. */
    private static void leftOver(TypedProgram program, Job job, Output output) {
        job.leftOver().forEach((channel, count) -> output.error("warning: " + count + (count == 1 ? " message" : " messages")
                + " on channel " + Channels.name(program, channel) + " sent and never received"));
    }

    /** Every rank does the work, in turns; returns when all have ended. */
    static void runAll(Job job, Consumer<Machine> work) {
        List<Thread> threads = new ArrayList<>();
        for (Machine machine : job.machines) {
            Thread thread = new Thread(null, () -> rank(machine, work), "pel-interpreter-" + machine.rank, STACK_BYTES);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        threads.forEach(Interpreter::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program runs", e);
        }
    }

    private static void rank(Machine machine, Consumer<Machine> work) {
        RuntimeException why = null;
        try {
            machine.job.begin(machine.rank);
            work.accept(machine);
        } catch (RuntimeException e) {
            why = e;
        } catch (Error e) {
            why = overflow(e) ? new Trap(machine.deepest(), "stack overflow: the recursion is too deep") : new IllegalStateException("rank " + machine.rank, e);
        } finally {
            machine.job.end(machine.rank, why);
        }
    }

    /** Whether the stack was too short: for the program, or for what the JVM does at the first use of something down there. */
    private static boolean overflow(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof StackOverflowError) {
                return true;
            }
        }
        return false;
    }

    static int outcome(@Nullable RuntimeException failure, Output output) {
        return switch (failure) {
            case null -> 0;
            case JobEnd end -> {
                output.error(String.valueOf(end.getMessage()));
                yield end.exitCode();
            }
            case Trap trap -> {
                Span span = trap.span();
                output.error((span == null ? "" : span.file().name() + ":" + span.line() + ": ") + trap.getMessage());
                yield 1;
            }
            default -> throw failure;
        };
    }
}

package org.pellang.runtime.embed;

import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.bootstrap.Outcome;
import org.pellang.runtime.bootstrap.ThreadsEngine;
import org.pellang.runtime.progress.JobStopped;

/**
 * The compiled program behind a facade, found by name: Java that calls PEL can be compiled before the PEL that calls Java is. Each call is a job of its own, so any
 * number of threads may call.
 */
public final class Kernel {
    private static final String VECTORS = "jdk.incubator.vector";

    private final Class<?> facade;
    private final String program;
    private final Map<Integer, Constructor<? extends Exported>> functions = new ConcurrentHashMap<>();

    /**
     * For facades.
     *
     * @param facade the class that calls; its class loader has the program, too
     * @param program qualified name of the program's class
     */
    public Kernel(Class<?> facade, String program) {
        this.facade = facade;
        this.program = program;
    }

    /**
     * Calls a function on all ranks and waits for its end. All ranks get the arguments themselves, but an argument that the function may change: that is rank 0's, the
     * others have copies.
     *
     * @param number of the exported function, from 1
     * @param name of the function, for messages
     * @param mutable the places of the arguments that it may change
     * @return rank 0's result
     * @throws KernelFailure if the function did not return
     * @throws NullPointerException if an argument is null
     */
    public @Nullable Object call(Ranks ranks, int number, String name, Object[] arguments, int... mutable) {
        for (int k = 0; k < arguments.length; k++) {
            Objects.requireNonNull(arguments[k], "argument " + (k + 1) + " of " + name + " is null");
        }
        Constructor<? extends Exported> function = functions.computeIfAbsent(number, this::find);
        Object[][] given = Arguments.forRanks(ranks.count(), arguments, mutable);
        AtomicReference<@Nullable Object> result = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Outcome outcome = ThreadsEngine.run(
                () -> new Call(create(function), given, result, thrown), ranks.count(), ranks.threads(), ranks.arguments(), ranks.console());
        if (outcome.exitCode() != 0) {
            String report = outcome.report().isEmpty() ? "exit code " + outcome.exitCode() : outcome.report().replaceFirst("^pelrun: ", "").strip();
            throw new KernelFailure(name + " on " + ranks + ": " + report, outcome.exitCode(), thrown.get());
        }
        return Arguments.apart(result.get(), arguments);
    }

    private Constructor<? extends Exported> find(int number) {
        String name = program + (ModuleLayer.boot().findModule(VECTORS).isPresent() ? "" : "_Plain") + "$Call" + number;
        try {
            return load(name).asSubclass(Exported.class).getConstructor();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalStateException("the PEL program behind " + facade.getName() + " is missing or another one than the facade was made for; "
                    + "compile both (pel:compile): " + e, e);
        }
    }

    private Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, true, facade.getClassLoader());
    }

    private static Exported create(Constructor<? extends Exported> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create the program", e);
        }
    }

    /** One rank's part of a call. */
    private record Call(Exported function, Object[][] given, AtomicReference<@Nullable Object> result, AtomicReference<@Nullable Throwable> thrown)
            implements PelProgram {
        @Override
        public ProgramInfo info() {
            return function.info();
        }

        @Override
        public void run(Rank rank) throws Throwable {
            try {
                Object value = function.call(rank, given[rank.rank()]);
                if (rank.rank() == 0) {
                    result.set(value);
                }
            } catch (JobStopped stopped) {
                throw stopped;
            } catch (Throwable t) {
                thrown.compareAndSet(null, t);
                throw t;
            }
        }
    }
}

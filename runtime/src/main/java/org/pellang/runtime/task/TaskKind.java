package org.pellang.runtime.task;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one function have in common: how it is called and, if another rank may run them, how arguments, result and the top-level values that it
 * reads travel. Generated code makes one for each function that it spawns, in the same order on all ranks.
 */
public final class TaskKind {
    private final String name;
    private final Body body;
    private @Nullable Ways ways;
    private @Nullable Reads reads;

    /** The function as it is called by whoever runs the task. */
    @FunctionalInterface
    public interface Body {
        /** @param program the instance whose top-level values it reads; returns null if the function gives nothing */
        @Nullable Object call(Object program, Object[] arguments);
    }

    private record Ways(UnaryOperator<Object> fresh, Travel result, Travel parameters) {}

    private record Reads(Function<Object, Object[]> from, BiConsumer<Object, Object[]> into, Travel values) {}

    /** A function whose tasks stay on their rank. @param name of the function, for reports */
    public TaskKind(String name, Body body) {
        this.name = name;
        this.body = body;
    }

    /**
     * Other ranks may run its tasks.
     *
     * @param fresh a new instance of a program, for the rank of the given one
     * @param result one value, or none if the function gives nothing
     * @param parameters in order
     */
    public TaskKind travels(UnaryOperator<Object> fresh, Travel result, Travel parameters) {
        ways = new Ways(fresh, result, parameters);
        return this;
    }

    /** The top-level values that it reads travel with the first of its tasks: taken out of one instance of the program, put into another. */
    public TaskKind reads(Function<Object, Object[]> from, BiConsumer<Object, Object[]> into, Travel values) {
        reads = new Reads(from, into, values);
        return this;
    }

    @Nullable Object call(Object program, Object[] arguments) {
        return body.call(program, arguments);
    }

    boolean travels() {
        return ways != null;
    }

    private Ways ways() {
        if (ways == null) {
            throw new IllegalStateException("tasks of " + name + " stay on their rank");
        }
        return ways;
    }

    boolean readsGlobals() {
        return reads != null;
    }

    /** An instance of the program that is to hold another rank's top-level values. */
    Object fresh(Object program) {
        return ways().fresh.apply(program);
    }

    byte[] packGlobals(Object program) {
        return reads == null ? new byte[0] : reads.values.pack(reads.from.apply(program));
    }

    void unpackGlobals(byte[] bytes, Object program) {
        if (reads != null) {
            reads.into.accept(program, reads.values.unpack(bytes, 0));
        }
    }

    byte[] packArguments(Object[] arguments) {
        return ways().parameters.pack(arguments);
    }

    Object[] unpackArguments(byte[] bytes, int from) {
        return ways().parameters.unpack(bytes, from);
    }

    byte[] packResult(@Nullable Object value) {
        return ways().result.pack(value == null ? new Object[0] : new Object[] {value});
    }

    @Nullable Object unpackResult(byte[] bytes, int from) {
        Object[] values = ways().result.unpack(bytes, from);
        return values.length == 0 ? null : values[0];
    }

    @Override
    public String toString() {
        return name;
    }
}

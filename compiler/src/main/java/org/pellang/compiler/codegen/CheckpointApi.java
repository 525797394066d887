package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;

/** Every name of the runtime that checkpointed loops use; a part of {@code RuntimeApi} and under the same test. */
public final class CheckpointApi {
    private CheckpointApi() {}

    private static final List<RuntimeMethod> METHODS = new ArrayList<>();

    static final String LOOP = "org.pellang.runtime.checkpoint.CheckpointLoop";
    static final String SPEC = "org.pellang.runtime.checkpoint.LoopSpec";

    static final RuntimeMethod NEW_SPEC = method(SPEC, "new(int, String, int, boolean, boolean)");
    static final RuntimeMethod EVERY_PASSES = method(LOOP, "static CheckpointLoop of(Rank, LoopSpec, long)");
    static final RuntimeMethod EVERY_TIME = method(LOOP, "static CheckpointLoop of(Rank, LoopSpec, String)");
    static final RuntimeMethod PASS = method(LOOP, "boolean pass()");
    static final RuntimeMethod SKIPS = method(LOOP, "boolean skips()");
    static final RuntimeMethod VALUE = method(LOOP, "Object value(String, Codec, Object)");
    static final RuntimeMethod ARRAY = method(LOOP, "void array(String, PelArray)");
    static final RuntimeMethod DONE = method(LOOP, "void done()");
    static final RuntimeMethod EXIT = method(LOOP, "void exit()");

    private static RuntimeMethod method(String owner, String signature) {
        RuntimeMethod method = RuntimeMethod.of(owner, signature);
        METHODS.add(method);
        return method;
    }

    /** All methods, for the contract test. */
    public static List<RuntimeMethod> methods() {
        return List.copyOf(METHODS);
    }
}

package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** The function, lambda, test or top level that is being checked. */
final class Frame {
    /** What a frame belongs to. */
    enum Kind {
        TOP,
        FUNCTION,
        LAMBDA,
        TEST
    }

    final Kind kind;
    /** Where a lambda was written; null for the others. */
    final @Nullable Scope enclosing;
    /** Captured variable of the enclosing frame to parameter of the lambda, in order of first use. */
    final Map<Var, Var> captured = new LinkedHashMap<>();
    /** The declared result, or null while it is inferred. */
    final @Nullable Type result;
    /** Results of {@code return} statements while the result is inferred. */
    final List<Returned> returned = new ArrayList<>();
    /** Top-level variables with a larger number are not declared yet when this frame runs. */
    final int visibleGlobals;

    /** A {@code return}: where, with what; VOID if without value. */
    record Returned(Span span, Type type, TStmt.Return statement) {}

    /** The specialisation whose body this is, or null. */
    final Functions.@Nullable Instance instance;

    Frame(Kind kind, @Nullable Scope enclosing, @Nullable Type result, int visibleGlobals) {
        this(kind, enclosing, result, visibleGlobals, null);
    }

    Frame(
            Kind kind,
            @Nullable Scope enclosing,
            @Nullable Type result,
            int visibleGlobals,
            Functions.@Nullable Instance instance) {
        this.instance = instance;
        this.kind = kind;
        this.enclosing = enclosing;
        this.result = result;
        this.visibleGlobals = visibleGlobals;
    }

    /** The function that a parameter of that name stands for, or null. */
    @Nullable Symbol bound(String name) {
        return instance == null ? null : instance.function.bound.get(name);
    }

    /** The specialisation in which this runs, around lambdas; null at top level and in tests. */
    Functions.@Nullable Instance specialisation() {
        return enclosing == null ? instance : enclosing.frame.specialisation();
    }
}

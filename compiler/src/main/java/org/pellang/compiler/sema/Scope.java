package org.pellang.compiler.sema;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;

/** The local names of a block; its parents reach up to the function's parameters. Top-level names are in {@link Globals}. */
final class Scope {
    final @Nullable Scope parent;
    final Frame frame;
    /** Whether {@code break} and {@code continue} have a loop here. */
    final boolean inLoop;

    private final Map<String, Var> names = new HashMap<>();

    private Scope(@Nullable Scope parent, Frame frame, boolean inLoop) {
        this.parent = parent;
        this.frame = frame;
        this.inLoop = inLoop;
    }

    /** The outermost scope of a frame. */
    static Scope of(Frame frame) {
        return new Scope(null, frame, false);
    }

    /** A block inside. */
    Scope child() {
        return new Scope(this, frame, inLoop);
    }

    /** The body of a loop inside. */
    Scope loop() {
        return new Scope(this, frame, true);
    }

    /** Whether declarations here are top-level ones. */
    boolean isTop() {
        return parent == null && frame.kind == Frame.Kind.TOP;
    }

    void declare(Var var) {
        names.put(var.name(), var);
    }

    /** A local of this frame. */
    @Nullable Var local(String name) {
        for (Scope s = this; s != null; s = s.parent) {
            Var found = s.names.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** A local of this frame or of those around a lambda. */
    @Nullable Var visible(String name) {
        Var found = local(name);
        Scope outer = frame.enclosing;
        return found != null || outer == null ? found : outer.visible(name);
    }

    /** All local names that can be seen from here. */
    Set<String> names() {
        Set<String> all = new LinkedHashSet<>();
        for (Scope s = this; s != null; s = s.parent) {
            all.addAll(s.names.keySet());
        }
        if (frame.enclosing != null) {
            all.addAll(frame.enclosing.names());
        }
        return all;
    }

    /** The variables of this block alone. */
    Collection<Var> variables() {
        return names.values();
    }
}

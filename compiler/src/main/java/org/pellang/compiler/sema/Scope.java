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

    /** The keyword of the block that this is the body of, if {@code break} and {@code return} may not leave it; else null. */
    final @Nullable String sealed;

    private final Map<String, Var> names = new HashMap<>();

    private Scope(@Nullable Scope parent, Frame frame, boolean inLoop) {
        this(parent, frame, inLoop, null);
    }

    private Scope(@Nullable Scope parent, Frame frame, boolean inLoop, @Nullable String sealed) {
        this.parent = parent;
        this.frame = frame;
        this.inLoop = inLoop;
        this.sealed = sealed;
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

    /** The body of {@code on}, {@code epoch} or {@code sync}: control leaves it at its end only. */
    Scope sealed(String keyword) {
        return new Scope(this, frame, false, keyword);
    }

    /** Whether this stands in the body of such a block, in the same function. */
    boolean within(String keyword) {
        return keyword.equals(sealed) || (parent != null && parent.within(keyword));
    }

    /** Whether this stands in the body of a divided loop or comprehension, in the same function. */
    boolean divided() {
        return names.values().stream().anyMatch(v -> v.kind() == Var.Kind.FORALL_INDEX) || (parent != null && parent.divided());
    }

    /** The innermost such block that a jump from here would leave, or null. */
    @Nullable String leaves(boolean loopsCatch) {
        if (sealed != null) {
            return sealed;
        }
        boolean caught = loopsCatch && parent != null && inLoop && !parent.inLoop;
        return parent == null || caught ? null : parent.leaves(loopsCatch);
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

package org.pellang.compiler.codegen;

import java.util.HashSet;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** Java names that are unique in their scope, avoid Java's keywords, and stay as close to the hint as can be. */
public final class Names {
    private final @Nullable Names outer;
    private final Set<String> taken = new HashSet<>();

    /** The names of a class. */
    public Names() {
        this.outer = null;
    }

    private Names(Names outer) {
        this.outer = outer;
    }

    /** The names of a method: none of them hides one of this class. */
    public Names inner() {
        return new Names(this);
    }

    /** A new name: the hint itself, or the hint with a number. */
    public String fresh(String hint) {
        String base = SourceVersion.isKeyword(hint) || hint.equals("_") ? hint + "_" : hint;
        String name = base;
        for (int k = 2; isTaken(name); k++) {
            name = base + "_" + k;
        }
        taken.add(name);
        return name;
    }

    /** Keeps a name from being given out. */
    public void reserve(String name) {
        taken.add(name);
    }

    /** Whether a name has not been given out. */
    public boolean isFree(String name) {
        return !isTaken(name) && !SourceVersion.isKeyword(name);
    }

    private boolean isTaken(String name) {
        return taken.contains(name) || (outer != null && outer.isTaken(name));
    }
}

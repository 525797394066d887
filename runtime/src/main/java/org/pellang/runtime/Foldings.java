package org.pellang.runtime;

import org.pellang.runtime.collective.Folding;
import org.pellang.runtime.memory.Kind;

/** Operators on parts, whose kind of elements no type tells. */
final class Foldings {
    private Foldings() {}

    /** @throws CommException if the operator is one of the user's on elements of another kind */
    static void check(Folding op, Part part) {
        if (op instanceof Op) {
            return;
        }
        Kind kind = part.kind();
        Object none = kind.allocate(0);
        try {
            op.run(none, 0, none, 0, none, 0, 0);
        } catch (ClassCastException e) {
            throw new CommException("an operator of another kind than the part's elements, which are of kind " + kind);
        }
    }
}

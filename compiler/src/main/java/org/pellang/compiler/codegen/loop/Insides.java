package org.pellang.compiler.codegen.loop;

import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;

/** Which accesses need a test, once per loop, that all their subscripts lie in the array's domain. */
final class Insides {
    private Insides() {}

    /** Whether a use can never leave the domain: the loop runs over (part of) the array's own domain. */
    static boolean proved(Use use, View view, OwnedLoop loop) {
        return view.sameOrigin() && use.isOwn(loop.axes());
    }

    /** Whether some subscript has known bounds that must be compared with the domain. */
    static boolean testable(Use use, View view, OwnedLoop loop) {
        return !proved(use, view, loop) && !(Kernel.periodic(view) && view.mode() != View.Mode.LOCAL && view.mode() != View.Mode.MERGED)
                && use.subscripts().stream().anyMatch(s -> s.interval() != null);
    }
}

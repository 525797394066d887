package org.pellang.compiler.codegen.loop;

import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.View;

/** Names of loops in generated code, and facts that several writers need. */
final class Captions {
    private Captions() {}

    /** The name of the outlined method: the construct and its line. */
    static String method(OwnedLoop loop) {
        String word = loop.construct().replaceAll("[^a-z]+", " ").trim().replace(' ', '_');
        return (word.isEmpty() || word.equals("forall") && !loop.construct().equals("forall") ? "array" : word) + "_" + loop.span().line();
    }

    /** Whether the last axis of the loop indexes an array, whose storage bounds the length of a row. */
    static boolean stored(OwnedLoop loop) {
        return loop.views().stream()
                .filter(v -> v.mode() == View.Mode.ALIGNED)
                .flatMap(v -> v.uses().stream())
                .anyMatch(u -> u.subscripts().stream().anyMatch(s -> s.near() == loop.axes() - 1));
    }
}

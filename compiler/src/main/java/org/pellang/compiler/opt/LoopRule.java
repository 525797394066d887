package org.pellang.compiler.opt;

import org.pellang.compiler.ir.OwnedLoop;

/** An improvement of one loop. Returns the same object if there is nothing to do. */
@FunctionalInterface
interface LoopRule {
    OwnedLoop apply(OwnedLoop loop);
}

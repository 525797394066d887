package org.pellang.compiler.opt;

import org.pellang.compiler.ir.IrProgram;

/** An improvement that looks at where loops stand. Returns the same object if there is nothing to do. */
@FunctionalInterface
interface ProgramRule {
    IrProgram apply(IrProgram program);
}

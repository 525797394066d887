/** The typed tree: names resolved, functions specialised, conversions explicit. Interpreter and lowering walk it. */
@NullMarked
package org.pellang.compiler.sema.typed;

import org.jspecify.annotations.NullMarked;

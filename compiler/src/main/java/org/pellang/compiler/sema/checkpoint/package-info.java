/** What a loop with a {@code checkpoint} clause must save: found by liveness and effects. Used by the compiler's passes and the code generator. */
@NullMarked
package org.pellang.compiler.sema.checkpoint;

import org.jspecify.annotations.NullMarked;

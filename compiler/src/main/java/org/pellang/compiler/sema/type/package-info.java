/** Types of expressions. */
@NullMarked
package org.pellang.compiler.sema.type;

import org.jspecify.annotations.NullMarked;

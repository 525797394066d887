/** What the communication of divided loops moves, from the text of the program alone: {@code pelc --report=comm}. */
@NullMarked
package org.pellang.compiler.ir.comm;

import org.jspecify.annotations.NullMarked;

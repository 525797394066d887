/** Which values may differ between ranks, and whether anything collective depends on them (families 0400 of the messages). */
@NullMarked
package org.pellang.compiler.sema.flow;

import org.jspecify.annotations.NullMarked;

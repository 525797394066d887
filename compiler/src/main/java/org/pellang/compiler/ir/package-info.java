/** Divided loops with their accesses and communication: what lowering makes of the typed tree, and the printed form of it. */
@NullMarked
package org.pellang.compiler.ir;

import org.jspecify.annotations.NullMarked;

/** Which array elements the iterations of a divided loop touch, and whether two iterations touch the same one (family 0300). */
@NullMarked
package org.pellang.compiler.sema.dependence;

import org.jspecify.annotations.NullMarked;

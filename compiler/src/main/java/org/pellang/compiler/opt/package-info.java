/** Rules that improve divided loops, one class each. */
@NullMarked
package org.pellang.compiler.opt;

import org.jspecify.annotations.NullMarked;

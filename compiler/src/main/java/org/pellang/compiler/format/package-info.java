/** {@code pel fmt}: writes a program in the one style, with its comments and its tree as they were. */
@NullMarked
package org.pellang.compiler.format;

import org.jspecify.annotations.NullMarked;

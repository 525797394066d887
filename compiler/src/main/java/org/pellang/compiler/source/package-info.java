/** Source texts and positions in them; everything in the compiler may use it. */
@NullMarked
package org.pellang.compiler.source;

import org.jspecify.annotations.NullMarked;

/** Random programs and the examples: compiled code against the reference interpreter, on any number of ranks. */
@NullMarked
package org.pellang.quality.differential;

import org.jspecify.annotations.NullMarked;

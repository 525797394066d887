/** Primitive arrays as message contents, and atomic words in shared memory. Used by everything above. */
@NullMarked
package org.pellang.runtime.memory;

import org.jspecify.annotations.NullMarked;

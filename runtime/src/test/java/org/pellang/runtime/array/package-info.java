/** Tests of this package. */
@NullMarked
package org.pellang.runtime.array;

import org.jspecify.annotations.NullMarked;

/** Tests of this package. */
@NullMarked
package org.pellang.runtime.value;

import org.jspecify.annotations.NullMarked;

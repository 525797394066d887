/** Tests of this package. */
@NullMarked
package org.pellang.runtime.loop;

import org.jspecify.annotations.NullMarked;

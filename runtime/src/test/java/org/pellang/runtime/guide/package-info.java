/** The programs in the guide compile and run. */
@NullMarked
package org.pellang.runtime.guide;

import org.jspecify.annotations.NullMarked;
